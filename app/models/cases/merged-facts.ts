import type { KeptFacts } from "#db/tables/case-facts.ts"

/** What the verbs change about a case: who waits, what was put off or closed. */
export type Facts = { waitingSince: Date | null; snoozedUntil: Date | null; closedAt: Date | null }

/** A case among those it was merged with. `factsIn`: as kept, by the number of itself and of each case it went into. */
export type Member = Facts & {
  number: number
  mergedInto: number | null
  customerId: number | null
  mailboxId: number
  factsIn: Record<string, KeptFacts> | null
}

/** What the case `number` is, or adds, in the case `level`. */
export type Part = { number: number; level: number; facts: Facts }

const nothing: Facts = { waitingSince: null, snoozedUntil: null, closedAt: null }

/** What each verb does to the facts of a case that stands alone, and so to each part of a merged one that it is about. */
export const spokenTo = (at: Date) => (facts: Facts) => ({ ...nothing, waitingSince: facts.waitingSince ?? at })
export const waitsAgain = (at: Date) => (facts: Facts) => ({ ...spokenTo(at)(facts), snoozedUntil: facts.snoozedUntil })
export const answered = (facts: Facts) => ({ ...nothing, closedAt: facts.closedAt })
export const closed = (now: Date) => (facts: Facts) => (facts.closedAt ? facts : { ...nothing, closedAt: now })
export const putOff = (until: Date | null) => (facts: Facts) =>
  facts.closedAt ? facts : { ...facts, snoozedUntil: until }

/**
 * Every part changed, and each case as it is with what is merged into it. Each keeps the facts it would have alone, so
 * that taking cases apart only takes parts away.
 */
export function withParts(members: readonly Member[], change: (part: Part) => Facts): Member[] {
  const parts = members.flatMap((member) =>
    levelsOf(members, member).map((level) => {
      const part = { number: member.number, level, facts: partOf(member, level) }
      return { ...part, facts: change(part) }
    }),
  )
  return members.map((member) => {
    const here = parts.filter(({ level }) => level === member.number)
    const own = here.find(({ number }) => number === member.number)?.facts ?? nothing
    const others = here.filter(({ number }) => number !== member.number).map(({ facts }) => facts)
    const its = parts.filter(({ number }) => number === member.number)
    const isMerged = its.length > 1 || others.length > 0
    const factsIn = Object.fromEntries(its.map(({ level, facts }) => [level, kept(facts)]))
    return { ...member, ...together(own, others), factsIn: isMerged ? factsIn : null }
  })
}

/** What goes into another case waits there awake, whoever had put it off before. */
export function mergedInto(members: readonly Member[], from: number, into: number): Member[] {
  const joined = members.map((member) => (member.number === from ? { ...member, mergedInto: into } : member))
  const brought = new Map(
    members.filter((member) => levelsOf(members, member).includes(from)).map((one) => [one.number, partOf(one, from)]),
  )
  return withParts(joined, ({ number, level, facts }) => {
    const part = level === into ? brought.get(number) : undefined
    return part ? { ...part, snoozedUntil: part.waitingSince ? null : part.snoozedUntil } : facts
  })
}

/** Taken out of the case it went into, with all that was merged into it: nothing of it stays there. */
export const unmerged = (members: readonly Member[], number: number): Member[] =>
  withParts(
    members.map((member) => (member.number === number ? { ...member, mergedInto: null } : member)),
    ({ facts }) => facts,
  )

/** Its own number, and those of the cases it went into, one after the other. */
function levelsOf(members: readonly Member[], member: Member): number[] {
  const above = members.find(({ number }) => number === member.mergedInto)
  return [member.number, ...(above ? levelsOf(members, above) : [])]
}

function partOf(member: Member, level: number): Facts {
  const { factsIn, number } = member
  const part = factsIn?.[level]
  if (part) return read(part)
  if (level !== number) return nothing
  const { waitingSince, snoozedUntil, closedAt } = member
  return { waitingSince, snoozedUntil, closedAt }
}

/** Whoever waits in one of them waits in all: since the first, and before the team unless each of them was put off. */
function together(own: Facts, others: readonly Facts[]): Facts {
  const all = [own, ...others]
  const waiting = all.filter(({ waitingSince, closedAt }) => waitingSince && !closedAt)
  if (waiting.length === 0) {
    const closedAt = own.closedAt && latest(all.map((one) => one.closedAt))
    return { waitingSince: own.waitingSince, snoozedUntil: closedAt ? null : own.snoozedUntil, closedAt }
  }
  const isAwake = waiting.some(({ snoozedUntil }) => snoozedUntil === null)
  return {
    waitingSince: earliest(waiting.map((one) => one.waitingSince)),
    snoozedUntil: isAwake ? null : earliest(waiting.map((one) => one.snoozedUntil)),
    closedAt: null,
  }
}

const inOrder = (moments: (Date | null)[]) => moments.filter((at) => at !== null).sort((a, b) => +a - +b)
const earliest = (moments: (Date | null)[]) => inOrder(moments)[0] ?? null
const latest = (moments: (Date | null)[]) => inOrder(moments).at(-1) ?? null

export const kept = ({ waitingSince, snoozedUntil, closedAt }: Facts): KeptFacts => ({
  waitingSince: waitingSince?.toISOString() ?? null,
  snoozedUntil: snoozedUntil?.toISOString() ?? null,
  closedAt: closedAt?.toISOString() ?? null,
})

export function read({ waitingSince, snoozedUntil, closedAt }: KeptFacts): Facts {
  const moment = (text: string | null) => (text === null ? null : new Date(text))
  return { waitingSince: moment(waitingSince), snoozedUntil: moment(snoozedUntil), closedAt: moment(closedAt) }
}
