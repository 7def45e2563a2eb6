import type { frownEvents } from "#db/tables/frowns.ts"
import { addBusinessDays, type Calendar } from "../people/hours.ts"
import { type Act, afterAct } from "./alone.ts"
import { type FrownFacts, nextStep } from "./frown.ts"
import { lastFrown, outcomeOf, type RatedReply } from "./outcome.ts"

export type FrownEvent = Required<Pick<typeof frownEvents.$inferInsert, "kind" | "at" | "agentId" | "detail">>
export type Followed = FrownFacts & { closedBy: number | null; joinedInto?: number | null }

/** What has happened around a frown, as the other rooms' tables have it. */
export type Seen = {
  /** Replies of ours that left after it opened, oldest first. */
  contacts: readonly { at: Date; agentId: number }[]
  rated: readonly RatedReply[]
  spokeAt: Date | null
  reachable: boolean
  ownerLeft: boolean
  /** The last thing the owner did about it: a draft, a cause, a call. */
  ownerActiveAt: Date | null
}

export type Rules = { calendar: Calendar; dueBusinessDays: number }
/** Business days after which a claim nobody works on goes back. */
const idleBusinessDays = 2

type Story = { frown: Followed; events: FrownEvent[] }

/** What a frown is by now, and what has to be written down for it. Said again of the result, it changes nothing. */
export function follow(frown: Followed, seen: Seen, rules: Rules, now: Date): Story {
  // What came back may have been answered before we looked, so contacts are looked for twice.
  const steps = [reopened, contacted, relapsed, contacted, judged, revived, finished, freed]
  return steps.reduce((story: Story, step) => step(story, seen, rules, now), { frown, events: [] })
}

/** The same for a frown nobody looked at since: step by step, with what people did, as if it had been looked at all the time. */
export function catchUp(frown: Followed, seen: Seen, { since, acts }: Missed, rules: Rules, now: Date): Story {
  const votes = seen.rated.flatMap((one) => one.votes)
  const known = votes.filter(({ at }) => at <= since).map(({ settledAt }) => settledAt)
  const from = latest([since, ...known])
  const moments = [...seen.contacts.map(({ at }) => at), ...votes.map(({ settledAt }) => settledAt)]
  const looks = moments.filter((at) => at > from && at < now).map((at) => ({ at, act: null }))
  const steps = [...looks, ...acts.map((act) => ({ at: act.at, act }))].toSorted((a, b) => +a.at - +b.at)
  return [...steps, { at: now, act: null }].reduce(
    (story: Story, { at, act }) => {
      if (act) return { frown: afterAct(story.frown, act), events: story.events }
      const next = follow(story.frown, asOf(seen, at), rules, at)
      return { frown: next.frown, events: [...story.events, ...next.events] }
    },
    { frown, events: [] },
  )
}

export type Missed = { since: Date; acts: readonly Act[] }

const asOf = (seen: Seen, moment: Date): Seen => ({
  ...seen,
  contacts: seen.contacts.filter(({ at }) => at <= moment),
  rated: seen.rated.map((one) => ({ ...one, votes: one.votes.filter(({ settledAt }) => settledAt <= moment) })),
  spokeAt: seen.spokeAt && seen.spokeAt <= moment ? seen.spokeAt : null,
})

/** A frown that settles after we closed it: whatever we thought, this customer is not done with us. */
function reopened(story: Story, { rated }: Seen, rules: Rules): Story {
  const { closedAt } = story.frown
  const pressed = lastFrown(rated)
  return closedAt && pressed && pressed.settledAt > closedAt ? back(story, pressed.at, rules) : story
}

/** The first reply a person sent is the contact; whoever wrote it has the frown, if nobody had. */
function contacted({ frown, events }: Story, { contacts }: Seen): Story {
  const since = latest([frown.openedAt, frown.lastContactAt, frown.reopenedAt])
  const fresh = contacts.filter(({ at }) => at > since)
  const [first] = fresh
  const last = fresh.at(-1)
  if (frown.closedAt || !first || !last) return { frown, events }
  const taken = frown.ownerId === null ? { ownerId: first.agentId, claimedAt: first.at } : {}
  const firstContactAt = frown.firstContactAt ?? first.at
  const contactedBy = frown.contactedBy ?? "reply"
  return {
    frown: { ...frown, ...taken, firstContactAt, contactedBy, lastContactAt: last.at },
    events: [
      ...events,
      ...(frown.ownerId === null ? [event("claimed", first.at, "by writing", first.agentId)] : []),
      ...fresh.map(({ at, agentId }) => event("contacted", at, "reply", agentId)),
    ],
  }
}

/** A frown after a flip: the flip did not hold. */
function relapsed(story: Story, seen: Seen, rules: Rules, now: Date): Story {
  const { frown } = story
  const { relapsedAt } = outcomeOf({ ...frown, ...seen }, now)
  return relapsedAt && relapsedAt > (frown.reopenedAt ?? frown.openedAt) ? back(story, relapsedAt, rules) : story
}

/** Silence and lost addresses say nothing any more once a person has closed it; the customer's face always does. */
function judged({ frown, events }: Story, seen: Seen, _rules: Rules, now: Date): Story {
  const verdict = outcomeOf({ ...frown, ...seen }, now)
  const mute = verdict.outcome === null || verdict.outcome === "unreachable"
  const isKept = frown.closedAt && mute && frown.outcome !== "void"
  const outcome = isKept ? frown.outcome : verdict.outcome
  if (outcome === frown.outcome) return { frown, events }
  const at = verdict.at ?? now
  return {
    frown: { ...frown, outcome, outcomeAt: outcome && at },
    events: [...events, event("outcome", at, outcome ?? "open again")],
  }
}

/** A rating that counts again, as when a case turns out to be no spam: what the desk closed for it is to be worked on. */
function revived({ frown, events }: Story, _seen: Seen, { calendar, dueBusinessDays }: Rules, now: Date): Story {
  const isItsOwn = frown.closedAt !== null && frown.closedBy === null && frown.joinedInto === null
  if (!isItsOwn || frown.outcome === "withdrawn" || frown.outcome === "void") return { frown, events }
  const dueAt = latest([frown.dueAt, addBusinessDays(now, dueBusinessDays, calendar)])
  return { frown: { ...frown, closedAt: null, dueAt }, events: [...events, event("reopened", now, "counts again")] }
}

/** Nothing is left to do for a misclick corrected before we wrote, nor for a rating that was voided. */
function finished({ frown, events }: Story, _seen: Seen, _rules: Rules, now: Date): Story {
  const { outcome } = frown
  if (frown.closedAt || (outcome !== "withdrawn" && outcome !== "void")) return { frown, events }
  return { frown: { ...frown, closedAt: now }, events: [...events, event("closed", now, outcome)] }
}

/** Nobody keeps a customer waiting by holding a frown they cannot or do not work on. */
function freed({ frown, events }: Story, { ownerLeft, ownerActiveAt }: Seen, { calendar }: Rules, now: Date): Story {
  if (frown.closedAt || frown.ownerId === null) return { frown, events }
  const since = latest([frown.claimedAt, ownerActiveAt, frown.reopenedAt])
  const idle = nextStep(frown) === "contact" && addBusinessDays(since, idleBusinessDays, calendar) <= now
  if (!ownerLeft && !idle) return { frown, events }
  return {
    frown: { ...frown, ownerId: null, claimedAt: null },
    events: [...events, event("unclaimed", now, ownerLeft ? "left the desk" : "idle for two business days")],
  }
}

/** Into the queue again, with a contact due. Only one we had worked on has come back; else it never left. */
function back({ frown, events }: Story, at: Date, { calendar, dueBusinessDays }: Rules): Story {
  return {
    frown: {
      ...frown,
      reopenedAt: at,
      reopenedCount: frown.reopenedCount + (frown.firstContactAt ? 1 : 0),
      dueAt: addBusinessDays(at, dueBusinessDays, calendar),
      closedAt: null,
      closedBy: null,
    },
    events: [...events, event("reopened", at, "frown again")],
  }
}

const latest = (moments: readonly (Date | null)[]) => new Date(Math.max(...moments.map(Number)))

const event = (kind: FrownEvent["kind"], at: Date, detail: string, agentId: number | null = null): FrownEvent => ({
  kind,
  at,
  agentId,
  detail,
})
