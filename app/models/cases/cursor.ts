/** Where a page of a list ended: the moment it is ordered by, and the number that breaks a tie. */
export type Cursor = { at: Date; number: number }

/** Opaque to callers, so that the order of a list can change without breaking a link's meaning for long. */
export function writeCursor({ at, number }: Cursor) {
  return btoa(`${at.getTime()}.${number}`).replaceAll("=", "")
}

export const isCursor = (text: string) => readCursor(text) !== null

/** Null for anything we did not write: the list then starts at its beginning. */
export function readCursor(text: string | null | undefined): Cursor | null {
  // A length of one past a multiple of four is no base64 at all.
  if (!text || !/^[A-Za-z0-9+/]{4,60}$/.test(text) || text.length % 4 === 1) return null
  const [, at, number] = /^(-?\d{1,13})\.(\d{1,15})$/.exec(atob(text)) ?? []
  return at && number ? { at: new Date(Number(at)), number: Number(number) } : null
}
