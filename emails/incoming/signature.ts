import { isDevice } from "./device.ts"
import { isSigned, reaches, signOffAt } from "./sign-off.ts"

/** What people and programs put under a mail, below which nothing new is said. */

const name = /^[-–—]{1,2}\s?\p{Lu}[\p{L}.'’-]*(?:\s\p{Lu}[\p{L}.'’-]*){0,3}$/u
const drawn = /^\s{0,3}(?:[-_=*~#+—–ᐧ]\s?){2,80}$|^\s{0,3}[ᐧ—–]\s*$/u
const listed = /unsubscribe|mailing list|listinfo|abbestellen|désabonner/i
/** A number, a link or an address, with all that hangs together with it. */
const reach = /\+?\d[\d\s()/.-]{5,}\d|(?:https?:\/\/|www\.)\S+|[\w.+-]+@[\w.-]+/gi
const linked = /https?:\/\/|mailto:|[\w.+-]@[\w-]+\.\w/i

/** The lines up to the signature, if there is one. Only short ends count: a long one is more likely said than signed. */
export function withoutSignature(lines: readonly string[]): readonly string[] {
  const kept = withoutDevice(cutAtMark(lines))
  const end = lastText(kept)
  if (end < 1) return kept
  return isOwnName(kept, end) ? kept.slice(0, end) : kept
}

/** The name under "Best regards,". Beside a quote that is part of the words, unless it says how to reach its writer. */
export function withoutSignOff(lines: readonly string[], beside: "a quote" | "nothing"): readonly string[] {
  const end = signOffAt(lines)
  return end && (beside === "nothing" || end.tellsHowToReach) ? lines.slice(0, end.at) : lines
}

export const isDrawn = (line: string) => line.length <= 180 && drawn.test(line)

function cutAtMark(lines: readonly string[]) {
  for (let i = fromEnd(lines, 61); i < lines.length; i++) {
    const below = mark(lines, i)
    if (below > 0 && countText(lines, i + 1, below) <= below) return lines.slice(0, i)
  }
  return lines
}

/** The first of the last lines, `most` of them with words. */
function fromEnd(lines: readonly string[], most: number) {
  let at = lines.length
  for (let seen = 0; at > 0 && seen < most; at--) if (!isBlankLine(lines[at - 1])) seen++
  return at
}

const isBlankLine = (line: string | undefined) => line === undefined || line === "" || line.trim() === ""

/** At most how many lines may stand under this mark for it to be one; 0 for any other line. */
function mark(lines: readonly string[], at: number) {
  const line = lines[at] ?? ""
  if (line === "-- ") return 60
  if (line.length > 180 || line === "") return 0
  const bare = line.trim()
  if (bare === "--") return 25
  if (bare === "—" || bare === "–" || bare === "__" || bare === "---")
    return saysWho(lines, at + 1) || isFooter(lines, at + 1) ? 10 : 0
  return bare.length >= 5 && /^[-_=*]+$/.test(bare) && isFooter(lines, at + 1) ? 10 : 0
}

/** People draw such lines between two thoughts as well: a signature names somebody, or tells where to find them. */
function saysWho(lines: readonly string[], from: number) {
  const near = lines.slice(from, from + 12).filter((line) => !isBlankLine(line))
  const [first = ""] = near
  return (fullName.test(first.trim().slice(0, 80)) || near.some(reaches)) && near.every(isOfSignature)
}

const fullName = /^\p{Lu}[\p{L}.'’-]*(?:\s\p{Lu}[\p{L}.'’-]*){1,3}$/u

/** What is left of a line without its numbers and links is a label or a name, not a sentence about them. */
function isOfSignature(line: string) {
  if (line.length > 200) return false
  const bare = line
    .replace(reach, " ")
    .replace(/[:：|·•,]\s*$/, "")
    .trim()
  return bare === "" || (isSigned(bare) && !/:\s/.test(bare) && (!/[.!?…。]$/.test(bare) || company.test(bare)))
}

const company = /(?:^|\s)(?:ltd|inc|co|corp|llc|e\.\s?v|jr|sr|s\.?a|k\.?k)\.$/i

/** What a mailing list puts below everything: a drawn line, and where to go to leave it. */
function isFooter(lines: readonly string[], from: number) {
  const near = lines.slice(from, from + 12).map((line) => line.slice(0, 500))
  if (near.some((line) => line.startsWith(">")) || !near.some((line) => linked.test(line))) return false
  return near.some((line) => listed.test(line)) || saysWho(lines, from)
}

/** The lines of a device, wherever near the end they stand; what somebody wrote below one stays. */
function withoutDevice(lines: readonly string[]): readonly string[] {
  const end = lastText(lines)
  const from = Math.max(1, end - 10)
  const found = lines.findIndex((line, i) => i >= from && i <= end && isDevice(line))
  if (found < 0) return lines
  let below = found + 1
  while (below <= end && goesOn(lines[below] ?? "")) below++
  return below > end ? lines.slice(0, found) : [...lines.slice(0, found), ...withoutDevice(lines.slice(below))]
}

const goesOn = (line: string) =>
  line.trim() === "" ||
  isDevice(line) ||
  isDrawn(line) ||
  /^\s*[<([]?(?:https?:\/\/|www\.)\S*\s*$/.test(line.slice(0, 300))

/** `-Dana Reyes` below the words; a list of things may look like it, so `- Dana` needs a blank line above. */
function isOwnName(lines: readonly string[], end: number) {
  const line = (lines[end] ?? "").slice(0, 120).trim()
  if (!name.test(line)) return false
  return !/^[-–—]{1,2}\s/.test(line) || ((lines[end - 1] ?? "").trim() === "" && !isAsked(lines, end))
}

const isAsked = (lines: readonly string[], end: number) =>
  /[:?]\s*$/.test((lines[lastText(lines.slice(0, end))] ?? "").slice(-200))

function lastText(lines: readonly string[]) {
  for (let i = lines.length - 1; i >= 0; i--) if ((lines[i] ?? "").trim() !== "") return i
  return -1
}

/** Lines with words from `from` on; counting stops once it is more than `most`. */
function countText(lines: readonly string[], from: number, most: number) {
  let count = 0
  for (let i = from; i < lines.length && count <= most; i++) if ((lines[i] ?? "").trim() !== "") count++
  return count
}
