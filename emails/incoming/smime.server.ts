import { Constructed, fromBER, ObjectIdentifier, OctetString, Sequence } from "asn1js"
import type { Part } from "./body.ts"
import type { Mark } from "./email.ts"

const isSealed = ({ type }: Part) => /^application\/(?:x-)?pkcs7-mime$/.test(type)
const signedData = "1.2.840.113549.1.7.2"
const most = 40 * 1024 * 1024

/** A mail that lies inside an S/MIME envelope: its bytes when it is only signed, a word about it when it is encrypted. */
export function opaqueIn(parts: readonly Part[]): { content: Buffer | null; mark: Mark } | null {
  const sealed = parts.find(isSealed)
  if (!sealed || parts.length > 1) return null
  const content = contentOf(sealed.bytes)
  return content
    ? { content, mark: { kind: "signed", words: "Signed (S/MIME, not checked)" } }
    : {
        content: null,
        mark: {
          kind: "encrypted",
          words: "Encrypted (S/MIME): open the attachment where its key is, or ask the sender to write in clear",
        },
      }
}

/** RFC 5652: ContentInfo, in it SignedData, in it the content; in definite or indefinite lengths. Nothing is verified. */
function contentOf(bytes: Uint8Array): Buffer | null {
  if (bytes.length > most) return null
  const { result, offset } = fromBER(Uint8Array.from(bytes).buffer)
  if (offset < 0 || !(result instanceof Sequence)) return null
  const [type, wrapped] = result.valueBlock.value
  if (!(type instanceof ObjectIdentifier) || type.valueBlock.toString() !== signedData) return null
  const signed = childrenOf(wrapped)[0]
  const info = childrenOf(signed)[2]
  const [content] = childrenOf(childrenOf(info)[1])
  return content instanceof OctetString ? Buffer.concat(piecesOf(content)) : null
}

function childrenOf(node: unknown) {
  return node instanceof Sequence || node instanceof Constructed ? node.valueBlock.value : []
}

/** A long content comes in pieces. */
function piecesOf(string: OctetString): Buffer[] {
  const pieces = string.valueBlock.value
  if (pieces.length === 0) return [Buffer.from(string.valueBlock.valueHexView)]
  return pieces.flatMap((piece) => (piece instanceof OctetString ? piecesOf(piece) : []))
}
