import type { PresenceState } from "../people/agent.ts"
import type { BusinessClock, Span } from "./business-clock.ts"
import { type Candidate, rampMinutes } from "./eligible.ts"

/** One email: the minutes of work it asks of a person of usual pace, and how long after the answer before it was written. */
export type Round = { minutes: number; after: number }
/** A case and everything its customer will ever write. Moments are milliseconds since 1970. */
export type SimulatedCase = { at: number; rounds: readonly Round[] }

export type SimulatedPerson = {
  agentId: number
  name: string
  limit: number
  /** 1 is usual, 1.3 takes 1.3 times as long. */
  pace: number
  shifts: readonly Span[]
  /** Within the shifts: switched to away, two hours at the most, so that nothing is given back. */
  breaks: readonly Span[]
}

export type CaseState = {
  number: number
  rounds: readonly Round[]
  /** Answers so far: the place of the email that waits or will. */
  answers: number
  owner: PersonState | null
  waitingSince: number | null
  firstWait: { from: number; to: number } | null
  knowsIt: number | null
  inHand: boolean
  /** Counts every giving, so that a clock set for an earlier one knows it is late. */
  givings: number
  wasUnanswered: boolean
}

export type PersonState = SimulatedPerson & {
  state: PresenceState
  cameAt: number
  givenSinceCame: number
  givenToday: number
  /** Milliseconds on shift today before they came this time. */
  earlierToday: number
  lastGivenAt: number | null
  /** Cases waiting on us that they hold, the longest waiting first. */
  held: CaseState[]
  busy: boolean
  emails: number
}

/** How a desk shares its work. What is ours stands in our-rules.ts; a benchmark brings others. */
export type SharingRules = {
  /** Who gets it, or null: it stays in the pool. */
  choose(candidates: Candidate[], knowsIt: number | null, now: Date): number | null
  /** A customer who writes again stays with the owner, whether that person is there or not. */
  keepsOwner: boolean
  /** Whoever goes off gives back what waits on us, if somebody else works before they return. */
  releases: boolean
  /** Business minutes after which a given but unanswered case goes back, once; null: never. */
  unansweredMinutes: number | null
}

export type SimulatedDesk = {
  cases: readonly SimulatedCase[]
  people: readonly SimulatedPerson[]
  clock: BusinessClock
  /** Midnights in the desk's zone. */
  days: readonly number[]
  until: number
}

export type Outcome = {
  people: PersonState[]
  cases: CaseState[]
  /** Business minutes each answered email waited, in the order of the answers. */
  waits: number[]
  /** Minutes cases waiting on us were with somebody off shift while somebody else was present. */
  strandedMinutes: number
  moves: number
  /** Went back as unanswered; and would have gone back again, so that the lead is told. */
  unanswered: number
  leadTold: number
}

export const stateOf = (person: SimulatedPerson): PersonState => ({
  ...person,
  state: "off",
  cameAt: 0,
  givenSinceCame: 0,
  givenToday: 0,
  earlierToday: 0,
  lastGivenAt: null,
  held: [],
  busy: false,
  emails: 0,
})

/**
 * The one place where the simulated people become what the real rules look at. "Until" is left out: it only words the
 * reason, and wording it costs more than all the rest.
 */
export function candidateOf(person: PersonState, now: number, today: number): Candidate {
  const { agentId, name, limit, held, state, cameAt, lastGivenAt } = person
  const isNew = state === "present" && now - cameAt < rampMinutes * 60_000
  const sinceCame = state === "present" ? now - Math.max(cameAt, today) : 0
  return {
    agentId,
    name,
    answersHere: true,
    presence: { state, until: null },
    load: held.length,
    limit,
    mailboxLoad: held.length,
    mailboxLimit: null,
    givenSinceCame: isNew ? person.givenSinceCame : null,
    givenToday: person.givenToday,
    hoursToday: Math.max(0.25, (person.earlierToday + sinceCame) / 3_600_000),
    lastGivenAt: lastGivenAt === null ? null : new Date(lastGivenAt),
    gaveItBack: false,
    leftItUnanswered: false,
    skills: [],
  }
}

/** Puts a case among others by how long it has waited. */
export function insertByWait(list: CaseState[], kase: CaseState) {
  const since = kase.waitingSince ?? 0
  let place = list.length
  while (place > 0 && (list[place - 1]?.waitingSince ?? 0) > since) place--
  list.splice(place, 0, kase)
}

export function removeFrom(list: CaseState[], kase: CaseState) {
  const place = list.indexOf(kase)
  if (place >= 0) list.splice(place, 1)
}
