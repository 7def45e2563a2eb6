import type { AloneFrown, frowns } from "#db/tables/frowns.ts"
import type { FrownFacts } from "./frown.ts"

export type FrownRow = typeof frowns.$inferSelect

const moments = [
  ...(["dueAt", "claimedAt", "firstContactAt", "lastContactAt"] as const),
  ...(["outcomeAt", "toldImprovedAt", "closedAt", "reopenedAt"] as const),
]
const plain = ["ownerId", "contactedBy", "outcome", "causeId", "closedBy", "whatWeDid", "reopenedCount"] as const

/** What happens to a frown after it was opened, without what came of a merge. */
export type OwnFacts = Pick<FrownRow, (typeof moments)[number] | (typeof plain)[number]>

export function ownFacts(frown: FrownRow): OwnFacts {
  return frown.alone ? readFacts(frown.alone.facts) : { ...pick(frown, moments), ...pick(frown, plain) }
}

export function keptFacts(facts: Partial<OwnFacts>): AloneFrown["facts"] {
  const entries = Object.entries(facts).filter(([key]) => [...moments, ...plain].some((known) => known === key))
  return Object.fromEntries(entries.map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value]))
}

/** What people did to a frown while it was merged, in order. */
export type Act = { at: Date; by: number | null; set: Partial<OwnFacts> }
export const actsOn = ({ alone }: FrownRow): Act[] =>
  (alone?.acts ?? []).map(({ at, by, set }) => ({ at: new Date(at), by, set: readFacts(set) }))

/** The same done to it alone, where nobody may have had it or been in touch yet. */
export function afterAct<F extends FrownFacts>(frown: F, { at, by, set }: Act): F {
  const isContact = set.lastContactAt !== undefined
  const owner = set.ownerId ?? (isContact ? by : null)
  const { ownerId, claimedAt, firstContactAt, contactedBy } = frown
  const taken = owner === null ? {} : ownerId === null ? { ownerId: owner, claimedAt: at } : { ownerId, claimedAt }
  const first = firstContactAt ? { firstContactAt, contactedBy } : { firstContactAt: at, contactedBy: "call" as const }
  return { ...frown, ...set, ...taken, ...(isContact ? first : {}) }
}

/** What people said of it, which nothing else follows from. */
export function wordsIn(acts: readonly Act[]) {
  const { toldImprovedAt, causeId, whatWeDid }: Partial<OwnFacts> = Object.assign({}, ...acts.map(({ set }) => set))
  return { toldImprovedAt, causeId, whatWeDid }
}

function readFacts(facts: AloneFrown["facts"]): OwnFacts {
  const isMoment = (key: string) => moments.some((known) => known === key)
  const entries = Object.entries(facts).map(([key, value]) => {
    return [key, isMoment(key) && value !== null ? new Date(value) : value]
  })
  return Object.fromEntries(entries) as OwnFacts
}

function pick<T, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>
}

/** What was done for any of them was done for the customer: the first owner, cause and contact stand. */
export function together(frowns: readonly OwnFacts[]) {
  const owned = frowns.find(({ ownerId }) => ownerId !== null)
  const contacted = frowns.filter(({ firstContactAt }) => firstContactAt !== null).toSorted(byFirstContact)[0]
  return {
    dueAt: new Date(Math.min(...frowns.map(({ dueAt }) => dueAt.getTime()))),
    ownerId: owned?.ownerId ?? null,
    claimedAt: owned?.claimedAt ?? null,
    causeId: frowns.find(({ causeId }) => causeId !== null)?.causeId ?? null,
    firstContactAt: contacted?.firstContactAt ?? null,
    contactedBy: contacted?.contactedBy ?? null,
    lastContactAt: latest(frowns.map(({ lastContactAt }) => lastContactAt)),
    toldImprovedAt: latest(frowns.map(({ toldImprovedAt }) => toldImprovedAt)),
  }
}

const byFirstContact = (a: OwnFacts, b: OwnFacts) => Number(a.firstContactAt) - Number(b.firstContactAt)

function latest(moments: readonly (Date | null)[]) {
  return moments.reduce((last, at) => (at && (!last || at > last) ? at : last), null)
}
