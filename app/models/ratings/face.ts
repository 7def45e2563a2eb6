/** The one question each reply asks has these three answers, always in this order. */
export const faces = ["happy", "ok", "frown"] as const
export type Face = (typeof faces)[number]

export function isFace(x: unknown): x is Face {
  return faces.some((face) => face === x)
}

/** As the customer reads them: in the mail and on the rating page. */
export const faceWords: Record<Face, string> = { happy: "Happy", ok: "OK", frown: "Unhappy" }

/** As the team says them: on screens and in reports. */
export const teamWords: Record<Face, string> = { happy: "happy", ok: "OK", frown: "frown" }
