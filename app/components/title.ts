/** The title of a page: where one is, then the desk. */
export function titleOf(place: string, desk: unknown) {
  const name = deskName(desk)
  return [{ title: name ? `${place} · ${name}` : place }]
}

function deskName(desk: unknown) {
  if (typeof desk !== "object" || desk === null || !("frame" in desk)) return null
  const { frame } = desk
  return typeof frame === "object" && frame !== null && "desk" in frame ? String(frame.desk) : null
}
