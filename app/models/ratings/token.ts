import { withoutEnd } from "#emails/incoming/text.ts"
import { type Face, isFace } from "./face.ts"

export { redactRatingLinks } from "./link-redaction.ts"

/** Each of the three links in a mail. Short and ending in a word, so that quoting and auto-linking leave it whole. */
export function ratingUrl(baseUrl: string, token: string, face: Face) {
  return `${baseUrl}/r/${token}/${face}`
}

/** All three, as a mail carries them. */
export const ratingLinks = (baseUrl: string, token: string): Record<Face, string> => ({
  happy: ratingUrl(baseUrl, token, "happy"),
  ok: ratingUrl(baseUrl, token, "ok"),
  frown: ratingUrl(baseUrl, token, "frown"),
})

/** The token of a link as it arrived: mail programs change case and swallow the full stop behind it. */
export function tokenFrom(text: string | undefined) {
  const token = withoutTail(text)
  return /^[a-z2-7]{26}$/.test(token) ? token : null
}

/** The face of a link as it arrived; null when it names none of the three. */
export function faceFrom(text: string | undefined): Face | null {
  const face = withoutTail(text)
  return isFace(face) ? face : null
}

const tail = ".,;:)>]'\""

function withoutTail(text = "") {
  let bare = text.toLowerCase()
  for (let before = ""; before !== bare; ) {
    before = bare
    bare = withoutEnd(bare, tail)
    if (bare.endsWith("%3e")) bare = bare.slice(0, -3)
  }
  return bare
}
