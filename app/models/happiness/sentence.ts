import type { Face } from "../ratings/face.ts"
import type { Basis } from "../ratings/tally.ts"
import type { Difference } from "./change.ts"
import { wilson } from "./interval.ts"
import { type Counts, enough, grouped, isEnough, many, percentWords, sharePercent, totalOf } from "./percent.ts"
import { inWords } from "./period.ts"
import { type Change, changeBetween, type PeriodTally, responseRate } from "./report.ts"

/** The sentence in pieces, so that a page can colour each number and link it to the days it counts. */
export type Piece = string | { text: string; face: Face; from: string; to: string }

export type Told = {
  last: PeriodTally
  before: PeriodTally | null
  /** The last half of a year, quarter of a half, month of a quarter; null where there is none worth telling. */
  part: PeriodTally | null
  /** Emails per agent per day. */
  load: { last: number | null; before: number | null }
  basis: Basis
}

export type Sentence = { pieces: Piece[]; detail: string }

const spoken: Record<Face, string> = { happy: "happy", ok: "OK", frown: "frown" }
const order = ["happy", "ok", "frown"] as const

/**
 * "84 happy / 9 OK / 7 frown in 2010 → 90 / 7 / 3 in 2011; 92 / 5 / 3 in the last half; emails per agent per day 80 → 40."
 * The year as one sentence, with what it rests on in `detail`.
 */
export function sentenceOf(told: Told): Sentence {
  const { last, before, part } = told
  const earlier = before && totalOf(before) > 0 ? before : null
  const clauses: Piece[][] = totalOf(last) === 0 ? [[`No ratings ${inWords(last)}`]] : []
  const ratios = [...(earlier ? [earlier] : []), ...(totalOf(last) > 0 ? [last] : [])]
  const named = ratios.findIndex((ratio) => totalOf(ratio) >= enough)
  // An arrow compares, and a handful of ratings is not to be compared with anything.
  const between = ratios.every(isEnough) ? " → " : "; "
  const shares = earlier && isRounding(earlier, last) ? tenthWords : percentWords
  const arrow = ratios.flatMap((ratio, at) => [
    ...(at === 0 ? [] : [between]),
    ...ratioOf(ratio, { named: at === named, when: inWords(ratio), shares }),
  ])
  if (arrow.length > 0) clauses.push(arrow)
  if (part && isEnough(part)) clauses.push(ratioOf(part, { named: named < 0, when: lastWords(part), shares }))
  const load = loadClause(told.load)
  if (load) clauses.push([load])
  const pieces = clauses.flatMap((clause, at) => (at === 0 ? clause : ["; ", ...clause]))
  return { pieces: [...pieces, "."], detail: detailOf(told, earlier) }
}

const lastWords = ({ kind, isUnderWay }: PeriodTally) => `in the last ${kind}${isUnderWay ? " so far" : ""}`

export const wordsOf = ({ pieces, detail }: Sentence) =>
  `${pieces.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("")} ${detail}`.trim()

/** Whether whole percents would tell of a change that only their rounding makes: less than half a point, and not the same. */
function isRounding(before: PeriodTally, last: PeriodTally) {
  if (!isEnough(before) || !isEnough(last)) return false
  const [was, is] = [percentWords(before), percentWords(last)]
  const apart = (face: Face) => Math.abs(before[face] / totalOf(before) - last[face] / totalOf(last))
  return order.some((face) => was[face] !== is[face] && apart(face) < 0.005)
}

const tenthWords = (counts: Counts) => {
  const words = (face: Face) => (sharePercent({ count: counts[face], of: totalOf(counts) }) ?? "").replace("%", "")
  return { happy: words("happy"), ok: words("ok"), frown: words("frown") }
}

type Spoken = { named: boolean; when: string; shares: typeof percentWords }

/** "84 happy / 9 OK / 7 frown in 2010", the words only where `named`; below ten ratings faces and counts alone. */
function ratioOf(tally: PeriodTally, { named, when, shares: wordsFor }: Spoken): Piece[] {
  const all = totalOf(tally)
  const piece = (face: Face, text: string): Piece => ({ text, face, from: tally.from, to: tally.to })
  if (all < enough)
    return [
      ...order.flatMap((face, at) => [at ? ", " : "", piece(face, grouped(tally[face])), ` ${spoken[face]}`]),
      ` ${when}`,
    ]
  const words = wordsFor(tally)
  const shares = order.flatMap((face, at) => [
    at ? " / " : "",
    piece(face, words[face]),
    named ? ` ${spoken[face]}` : "",
  ])
  return [...shares, ` ${when}`, all < many ? ` (few ratings: ${all})` : ""]
}

function loadClause({ last, before }: Told["load"]) {
  if (last === null) return null
  const each = before === null ? `${Math.round(last)}` : `${Math.round(before)} → ${Math.round(last)}`
  return `emails per agent per day ${each}`
}

function detailOf({ last, basis }: Told, earlier: PeriodTally | null) {
  const all = totalOf(last)
  if (all === 0) return ""
  const asked = responseRate(last, basis)
  const share = asked === null ? "" : `, ${Math.round(asked * 100)}% of ${grouped(last.asked)} asked`
  const answered = all < enough && basis === "sent" ? ` of ${grouped(last.asked)} asked` : share
  const ratings = `${grouped(all)} ${all === 1 ? "rating" : "ratings"}${answered}${basis === "rated" ? ", by the day they were given" : ""}.`
  if (all < enough) return `${ratings} Too few for percentages.`
  const change = earlier && changeBetween(last, earlier)
  return `${ratings} ${faceDetail("happy", last, change)} ${faceDetail("frown", last, change)}`
}

function faceDetail(face: "happy" | "frown", tally: Counts, change: Change | null) {
  const [low, high] = wilson({ count: tally[face], of: totalOf(tally) })
  const name = face === "happy" ? "Happy" : "Frown"
  const share = `${name} ${percentWords(tally)[face]}% (${tenth(low)} to ${tenth(high)})`
  return change ? `${share}: ${verdictOf(change[face])}, ${changeWords(change[face])}.` : `${share}.`
}

/**
 * Chance is ruled out, or it is not. What looks like three points or more and may yet be chance is called that;
 * less than that is no change anybody should speak of.
 */
export function verdictOf({ difference, clear }: Difference) {
  if (clear) return "a clear change"
  return Math.abs(difference) >= 0.03 ? "could be chance" : "no clear change"
}

/** "+6.0 points (+3.4 to +8.7)": the difference and what it may be with 95% confidence. */
export const changeWords = ({ difference, low, high }: Omit<Difference, "clear">) =>
  `${signed(difference)} points (${signed(low)} to ${signed(high)})`

const tenth = (share: number) => (share * 100).toFixed(1)
const signed = (share: number) => {
  const points = tenth(Math.abs(share))
  return Number(points) === 0 ? points : `${share < 0 ? "−" : "+"}${points}`
}
