import type { Presence } from "#app/models/people/agent.ts"
import { startOfDay, type WeekRow } from "#app/models/people/hours.ts"
import type { Candidate } from "#app/models/sharing/eligible.ts"
import { nextAgent } from "#app/models/sharing/next-agent.ts"
import { hoursToday } from "#app/models/sharing/today.ts"
import { type BoxKey, boxes } from "./cast.ts"
import type { DemoGiven } from "./story.ts"

/** Somebody who could be given a case of the present. */
export type Mate = {
  /** Not on shift before; null: always there. */
  since: Date | null
  key: string
  agentId: number
  name: string
  limit: number
  boxes: readonly BoxKey[]
  away: Away | null
  /** None: always there. */
  week: readonly WeekRow[]
}
export type Away = { since: Date; until: Date }

/** A case as the rules of sharing see it: when it waited on us, and until when; null: it still does. */
export type Stretch = { from: Date; until: Date | null }
export type Arrival = { mailbox: BoxKey; stretches: Stretch[] }

const onShift = { switchedTo: "present", switchedAt: null, switchedUntil: null } as const

type Held = { key: string; stretch: Stretch }

/**
 * Gives out the cases of the present one after the other, with the desk's own rule and what everybody carried at that
 * moment. So the reasons and tables beside them are the facts.
 */
export function sharing(mates: readonly Mate[], rampCases: number, timeZone: string) {
  const held: Held[] = []
  const given: { key: string; at: Date }[] = []
  const stand = (mate: Mate, mailbox: BoxKey, at: Date): Candidate => {
    const today = startOfDay(at, timeZone)
    const own = held.filter(({ key, stretch }) => key === mate.key && carries(stretch, at))
    const mine = given.filter(({ key }) => key === mate.key)
    return {
      ...{ agentId: mate.agentId, name: mate.name, answersHere: mate.boxes.includes(mailbox) },
      presence: presenceAt(mate, at),
      ...{ load: own.length, limit: mate.limit, mailboxLoad: own.length, mailboxLimit: null, givenSinceCame: null },
      givenToday: mine.filter((one) => one.at >= today).length,
      hoursToday: hoursToday(onShift, { timeZone, week: mate.week, holidays: [], absences: [] }, { today, now: at }),
      ...{ lastGivenAt: mine.at(-1)?.at ?? null, gaveItBack: false, leftItUnanswered: false, skills: [] },
    }
  }
  return {
    /** Who gets it at that moment, and not whoever let it lie. Nobody: the pool. */
    give({ mailbox, stretches }: Arrival, at: Date, letItLie: string | null): DemoGiven {
      const candidates = mates.map((mate) => ({ ...stand(mate, mailbox, at), gaveItBack: mate.key === letItLie }))
      const asked = { knowsIt: null, usual: null, rampCases, timeZone, mailbox: boxes[mailbox].name, asksFor: [] }
      const choice = nextAgent(candidates, asked, at)
      const to = mates.find(({ agentId }) => agentId === choice.agentId)?.key ?? null
      if (to !== null) {
        given.push({ key: to, at })
        held.push(...stretches.map((stretch) => ({ key: to, stretch })))
      }
      const { rule, reason, rows } = choice
      return { at, from: null, to, by: null, rule, reason, candidates: rows, asked }
    },
    lastGivenAt: (key: string) => given.findLast((one) => one.key === key)?.at ?? null,
  }
}

function presenceAt({ since, away }: Mate, at: Date): Presence {
  if (since !== null && at < since) return { state: "off", until: since.toISOString() }
  const isAway = away !== null && away.since <= at && at < away.until
  return isAway ? { state: "away", until: away.until.toISOString() } : { state: "present", until: null }
}

const carries = ({ from, until }: Stretch, at: Date) => from < at && (until === null || until > at)
