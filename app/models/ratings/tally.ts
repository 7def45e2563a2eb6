import type { Face } from "./face.ts"

/** What is counted of one reply. `ratedAt`, `first` and `standing` are null until a rating has settled, and when it was voided. */
export type Counted = {
  mailboxId: number
  agentId: number
  sentAt: Date | null
  bouncedAt: Date | null
  leftOffBy: number | null
  recoveryFrownId: number | null
  rating: { first: Face; standing: Face; firstAt: Date } | null
}

export const columns = ["asked", "leftOff", "happy", "ok", "frown", "lastHappy", "lastOk", "lastFrown"] as const
export type Columns = Record<(typeof columns)[number], number>

export type Basis = "sent" | "rated"
export type TallyLine = Columns & { basis: Basis; day: string; mailboxId: number; agentId: number }

export const nothing: Columns = {
  asked: 0,
  leftOff: 0,
  happy: 0,
  ok: 0,
  frown: 0,
  lastHappy: 0,
  lastOk: 0,
  lastFrown: 0,
}

const last = { happy: "lastHappy", ok: "lastOk", frown: "lastFrown" } as const

/**
 * The lines one reply adds to the daily tallies. A follow-up to a frown adds none: recovery never polishes the
 * headline. Asks are counted under the day the reply was sent only, so that a response rate is of one cohort.
 * A bounced ask was not asked, unless it was answered all the same.
 */
export function tallyLines(reply: Counted, dayIn: (at: Date) => string): TallyLine[] {
  const { sentAt, rating, mailboxId, agentId } = reply
  if (!sentAt || reply.recoveryFrownId !== null) return []
  const sent = { ...nothing, basis: "sent" as const, day: dayIn(sentAt), mailboxId, agentId }
  if (reply.leftOffBy !== null) return [{ ...sent, leftOff: 1 }]
  if (!rating) return reply.bouncedAt ? [] : [{ ...sent, asked: 1 }]
  const rated = { [rating.first]: 1, [last[rating.standing]]: 1 }
  return [
    { ...sent, asked: 1, ...rated },
    { ...sent, basis: "rated", day: dayIn(rating.firstAt), ...rated },
  ]
}

/** Lines of one day, mailbox and person as one; in the order every transaction locks them. */
export function gathered(lines: readonly TallyLine[]): TallyLine[] {
  const found = new Map<string, TallyLine>()
  for (const line of lines) {
    const key = keyOf(line)
    const before = found.get(key)
    found.set(key, before ? plus(before, line) : line)
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line)
}

/** What has to be added to `before` to have `after`; only what differs. */
export function difference(before: readonly TallyLine[], after: readonly TallyLine[]): TallyLine[] {
  return gathered([...after, ...before.map(minus)]).filter((line) => columns.some((column) => line[column] !== 0))
}

export const keyOf = (line: Pick<TallyLine, "basis" | "day" | "mailboxId" | "agentId">) =>
  `${line.basis} ${line.day} ${String(line.mailboxId).padStart(16, "0")} ${String(line.agentId).padStart(16, "0")}`

const plus = (a: TallyLine, b: TallyLine) => ({ ...a, ...mapped((column) => a[column] + b[column]) })
const minus = (line: TallyLine) => ({ ...line, ...mapped((column) => -line[column]) })

function mapped(value: (column: (typeof columns)[number]) => number): Columns {
  const made = { ...nothing }
  for (const column of columns) made[column] = value(column)
  return made
}
