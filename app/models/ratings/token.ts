import { type Face, isFace } from "./face.ts"

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

function withoutTail(text = "") {
  return text.toLowerCase().replace(/(?:[.,;:)>\]'"]|%3e)+$/, "")
}

const slash = "(?:/|_|=2f|%(?:25)*2f|&#0*47;|&#x0*2f;|&sol;)"
const softBreak = "(?:=[ \\t]*\\r?\\n|<wbr\\s*/?>|&shy;|\\u00ad|\\u200b)*"
const lineBreak = "(?:=?[ \\t]*\\r?\\n[> |\\t]*|<wbr\\s*/?>|<br\\s*/?>|&shy;|\\u00ad|\\u200b)*"
const letters = (between: string) => `[a-z2-7](?:${between}[a-z2-7]){25}`
const path = (between: string) => [slash, "r", slash].join(between) + between
const word = (between: string) => ["happy", "ok", "frown"].map((face) => [...face].join(between)).join("|")

const whole = new RegExp(`(${path(softBreak)})${letters(softBreak)}(?!${softBreak}[a-z0-9])`, "gi")
// Broken over plain lines it could be any two words of a letter, so there the face must follow.
const wrapped = new RegExp(
  `(${path(lineBreak)})${letters(lineBreak)}(?=${lineBreak}${slash}${lineBreak}(?:${word(lineBreak)}))`,
  "gi",
)

/**
 * Makes every rating link in text or HTML useless, the words around it untouched: as written, URL-encoded once or more
 * (link scanners), in entities, broken by quoted-printable, wrapped over quoted lines. A customer's reply quotes our
 * mail, and whoever reads that quote could otherwise rate in their name.
 */
export function redactRatingLinks(text: string) {
  return text.replace(whole, "$1redacted").replace(wrapped, "$1redacted")
}
