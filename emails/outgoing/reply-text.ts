import { faces, faceWords } from "#app/models/ratings/face.ts"
import { faceQuestion } from "./faces.tsx"
import { bodyText, withoutBlankEnds } from "./headers.ts"
import { attribution, quotedText } from "./quote.ts"
import type { ReplyBody } from "./reply.tsx"

/** The same reply for whoever reads plain text: made by hand, not stripped from the HTML. */
export function replyText({ text, signature, faces: links, quote, marker }: ReplyBody) {
  const asked = links && [faceQuestion, ...faces.map((face) => `${faceWords[face]}: ${links[face]}`)].join("\n")
  const signed = signature.trim() === "" ? null : `-- \n${bodyText(signature).trim()}`
  const quoted =
    quote &&
    `${attribution(quote)}\n${quotedText(quote)
      .split("\n")
      .map((line) => (line === "" || line.startsWith(">") ? `>${line}` : `> ${line}`))
      .join("\n")}`
  const parts = [withoutBlankEnds(text), signed, asked, quoted, marker]
  return `${parts.filter((part) => part !== null).join("\n\n")}\n`
}
