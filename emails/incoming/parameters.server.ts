import libmime from "libmime"
import { decodeBytes, guess } from "./charset.server.ts"
import { pgLine } from "./text.ts"
import { decodeWords } from "./words.server.ts"

const longestName = 255

/**
 * `value; name=…` from header bytes, given as a latin1 string. A parameter may be spread over several and written in
 * any charset (RFC 2231), or hold encoded words or raw 8-bit, which it should not.
 */
export function parameters(header: string) {
  const { value, params, decodedParams } = libmime.parseHeaderValue(header, { stripComments: true })
  const get = (name: string) => {
    const found = params[name] ?? ""
    if (found === "") return ""
    const extended = extendedIn(header, name)
    if (extended !== null) return cleanName(extended)
    return cleanName(decodedParams.includes(name) ? found : decodeWords(found))
  }
  return { value: pgLine(value), get }
}

type Piece = { place: number; isEscaped: boolean; words: string }

/** `name*=charset'language'…`, or `name*0*=…; name*1*=…`: joined before decoding, for a cut may go through a letter. */
function extendedIn(header: string, name: string): string | null {
  const pieces = piecesOf(header, name)
  const [first] = pieces
  if (!first?.isEscaped) return null
  const [, charset, rest] = /^([^']{0,60})'[^']{0,60}'(.*)$/s.exec(first.words) ?? []
  const words = pieces.map((piece, i) => (i === 0 && rest !== undefined ? { ...piece, words: rest } : piece))
  const bytes = Buffer.from(words.map(bytesOf).join(""), "latin1")
  // Some writers forget to say in which charset.
  return charset === undefined ? guess(bytes, "") : decodeBytes(bytes, charset, "")
}

function piecesOf(header: string, name: string): Piece[] {
  const pieces: Piece[] = []
  const one = new RegExp(`[;\\s]${name}\\*(\\d{0,3})(\\*?)\\s?=\\s?(?:"([^"]*)"?|([^;"]*))`, "gi")
  for (const [, digits = "", star, quoted, bare] of header.matchAll(one))
    pieces.push({
      place: Number(digits),
      isEscaped: star !== "" || digits === "",
      words: quoted ?? (bare ?? "").trim(),
    })
  return pieces.sort((a, b) => a.place - b.place)
}

const bytesOf = ({ isEscaped, words }: Piece) =>
  isEscaped
    ? words.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : words

function cleanName(name: string) {
  const clean = pgLine(name)
  return clean.length <= longestName ? clean : `${clean.slice(0, longestName - 20)}…${clean.slice(-19)}`
}
