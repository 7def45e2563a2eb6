import { withoutEnd } from "#emails/incoming/text.ts"

/** A request target as the guard, the router and the log all read it; null for what is no address of a desk. */
export type AskedPath = { path: string; search: string; isNormal: boolean }

const printable = /^\/[!-~]*$/
const escapes = /%([0-9a-f]{2})/gi
const unreserved = /[\w.~-]/
/** What a URL parser leaves as it is in a path (RFC 3986 pchar, and what browsers send beside it). */
const literal = /[^\w.~!$&'()*+,;=:@[\]|%-]/g

/**
 * The one reading of a request target. Dot segments, backslashes, escaped slashes and control characters are read
 * differently by every layer, and no browser sends them: such a target is nobody's address. What merely has another
 * spelling (capitals, doubled or trailing slashes, needless escapes) has one normal form, to which a visit is sent on.
 */
export function readTarget(target: string): AskedPath | null {
  const cut = target.indexOf("?")
  const [given, search] = cut < 0 ? [target, ""] : [target.slice(0, cut), target.slice(cut)]
  if (!printable.test(target) || /[\\#]/.test(target) || /%00/.test(search) || !isReadable(given)) return null
  const segments = given.split("/").filter(Boolean).map(spelled)
  if (segments.some((segment) => segment === "." || segment === "..")) return null
  // Rating links and invitations begin with a word; capitals in it come from mail programs.
  const path = `/${[(segments[0] ?? "").toLowerCase(), ...segments.slice(1)].join("/")}`
  return { path, search, isNormal: path === given }
}

/**
 * How a target that is no address is answered. Escapes of what is no text are an id that is none, or a query that cannot
 * be understood; whatever else no browser sends is no request at all.
 */
export function statusOfUnread(target: string): 400 | 404 | 422 {
  const spelledOut = target.replace(noText, "x")
  if (spelledOut === target || !readTarget(spelledOut)) return 400
  return readTarget(target.split("?")[0] ?? "") ? 422 : 404
}

/** Control characters, and bytes past ASCII, which may be no UTF-8. */
const noText = /%[01][0-9a-f]|%7f|%[89a-f][0-9a-f]/gi

/** Whether every escape stands for a character that can be part of a name. */
function isReadable(path: string) {
  if (/%(?![0-9a-f]{2})|%2f|%5c|%[01][0-9a-f]|%7f/i.test(path)) return false
  try {
    decodeURIComponent(path)
    return true
  } catch {
    // Escapes that are no UTF-8 stand for no name.
    return false
  }
}

const spelled = (segment: string) =>
  segment
    .replace(escapes, (whole, hex: string) => {
      const character = String.fromCharCode(Number.parseInt(hex, 16))
      return unreserved.test(character) ? character : whole.toUpperCase()
    })
    .replace(literal, (character) => encodeURIComponent(character))

/** Two spellings of one address that differ by slashes at the end: no form is turned away for those. */
export const isSameButSlash = (target: string, { path, search }: AskedPath) =>
  withoutSlash(target) === (path === "/" ? "" : path) + search

function withoutSlash(target: string) {
  const query = target.includes("?") ? target.indexOf("?") : target.length
  return withoutEnd(target.slice(0, query), "/") + target.slice(query)
}

const secretBefore = new Set(["r", "invitation", "base-url"])
const wordsOfRatings = new Set(["happy", "ok", "frown", "thanks"])
const plain = /^[a-z0-9][\w.-]{0,23}$/i
const asset = /^[\w.-]{1,100}\.(js|css|svg|ico|png|woff2|map)$/

/**
 * A path as it may be written down. Tokens stand behind the words that carry them and are longer than any word of an
 * address; a piece that is neither a word nor a number may be a letter, an address or a token under another form.
 */
export function shownPath(path: string): string {
  const segments = path.split("/").slice(1, 12)
  const isShown = (segment: string, place: number) => {
    if (segments.slice(0, place).some((before) => secretBefore.has(before.toLowerCase())))
      return wordsOfRatings.has(segment)
    return plain.test(segment) || (segments[0] === "assets" && asset.test(segment))
  }
  return `/${segments.map((segment, place) => (segment === "" || isShown(segment, place) ? segment : "…")).join("/")}`
}
