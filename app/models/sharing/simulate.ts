import { rampMinutes } from "./eligible.ts"
import { type EventQueue, eventQueue } from "./event-queue.ts"
import {
  type CaseState,
  candidateOf,
  insertByWait,
  type Outcome,
  type PersonState,
  removeFrom,
  type SharingRules,
  type SimulatedCase,
  type SimulatedDesk,
  stateOf,
} from "./simulated.ts"
import { type Shift, shiftsIn, someoneWorks } from "./simulated-shifts.ts"

type DeskEvent =
  | { kind: "writes"; kase: CaseState }
  | { kind: "answers"; kase: CaseState; person: PersonState }
  | { kind: "unanswered"; kase: CaseState; givings: number }
  | { kind: "ramp over" }
  | Shift

export type Run = {
  desk: SimulatedDesk
  rules: SharingRules
  people: PersonState[]
  pool: CaseState[]
  events: EventQueue<DeskEvent>
  today: number
  outcome: Outcome
}

/** Plays the desk from its first case to `until`: the same desk and the same rules always end the same. */
export function simulate(desk: SimulatedDesk, rules: SharingRules): Outcome {
  const people = desk.people.map(stateOf)
  const cases = desk.cases.map(({ rounds }, number) => caseOf(number, rounds))
  const outcome = { people, cases, waits: [], strandedMinutes: 0, moves: 0, unanswered: 0, leadTold: 0 }
  const run: Run = { desk, rules, people, pool: [], events: eventQueue(), today: 0, outcome }
  for (const shift of shiftsIn(desk, people)) run.events.add(shift.at, shift)
  for (const kase of cases) run.events.add(desk.cases[kase.number]?.at ?? desk.until, { kind: "writes", kase })
  for (let now = 0, at = run.events.nextAt(); at < desk.until; now = at, at = run.events.nextAt()) {
    outcome.strandedMinutes += strandedNow(people) * ((at - now) / 60_000)
    const event = run.events.take()
    if (event) happens(run, event, at)
  }
  return outcome
}

const caseOf = (number: number, rounds: SimulatedCase["rounds"]): CaseState => ({
  ...{ number, rounds, answers: 0, owner: null, waitingSince: null, firstWait: null, knowsIt: null, inHand: false },
  ...{ givings: 0, wasUnanswered: false },
})

function happens(run: Run, event: DeskEvent, now: number) {
  if (event.kind === "day") newDay(run, now)
  else if (event.kind === "comes") comes(run, event.person, now)
  else if (event.kind === "away") leave(run, event.person, "away", now)
  else if (event.kind === "goes") goes(run, event, now)
  else if (event.kind === "writes") writes(run, event.kase, now)
  else if (event.kind === "answers") answers(run, event, now)
  else if (event.kind === "unanswered") unanswered(run, event)
  drain(run, now)
  for (const person of run.people) begin(run, person, now)
}

function strandedNow(people: readonly PersonState[]) {
  if (!people.some(({ state }) => state === "present")) return 0
  const off = people.filter(({ state }) => state === "off")
  return off.reduce((sum, { held, busy }) => sum + held.length - (busy ? 1 : 0), 0)
}

function newDay(run: Run, now: number) {
  run.today = now
  for (const person of run.people) {
    person.givenToday = 0
    person.earlierToday = 0
  }
}

function comes(run: Run, person: PersonState, now: number) {
  Object.assign(person, { state: "present", cameAt: now, givenSinceCame: 0 })
  run.events.add(now + rampMinutes * 60_000, { kind: "ramp over" })
}

function leave(run: Run, person: PersonState, state: "away" | "off", now: number) {
  person.earlierToday += now - Math.max(person.cameAt, run.today)
  person.state = state
}

/** The mail in hand is finished first; the rest goes back if somebody else works before this person does again. */
function goes(run: Run, { person, back }: { person: PersonState; back: number }, now: number) {
  leave(run, person, "off", now)
  if (!run.rules.releases || !someoneWorks(run.people, person, { from: now, to: back })) return
  for (const kase of person.held.filter(({ inHand }) => !inHand)) backToPool(run, kase)
}

/** Mail opens a case, or the customer writes again: then rule 1 decides as for any other, through the pool. */
function writes(run: Run, kase: CaseState, now: number) {
  kase.waitingSince = now
  kase.wasUnanswered = false
  const owner = run.rules.keepsOwner ? kase.owner : null
  if (owner) insertByWait(owner.held, kase)
  else backToPool(run, kase)
}

function backToPool(run: Run, kase: CaseState) {
  if (kase.owner) removeFrom(kase.owner.held, kase)
  kase.owner = null
  kase.givings++
  insertByWait(run.pool, kase)
}

/** The pool drains longest waiting first; a new email never overtakes it. */
function drain(run: Run, now: number) {
  const { rules, people, pool } = run
  for (let kase = pool[0]; kase && people.some(({ state }) => state === "present"); kase = pool[0]) {
    const candidates = people.map((person) => candidateOf(person, now, run.today))
    const chosen = rules.choose(candidates, kase.knowsIt, new Date(now))
    const person = people.find(({ agentId }) => agentId === chosen)
    if (!person) return
    pool.shift()
    give(run, kase, person, now)
  }
}

function give(run: Run, kase: CaseState, person: PersonState, now: number) {
  const { rules, desk, events, outcome } = run
  Object.assign(kase, { owner: person, givings: kase.givings + 1 })
  insertByWait(person.held, kase)
  person.lastGivenAt = now
  person.givenToday++
  person.givenSinceCame++
  outcome.moves++
  if (rules.unansweredMinutes === null) return
  const due = desk.clock.after(now, rules.unansweredMinutes)
  if (due < desk.until) events.add(due, { kind: "unanswered", kase, givings: kase.givings })
}

/** Whoever is there and free takes up what has waited longest with them, and finishes it even past the end of a shift. */
function begin(run: Run, person: PersonState, now: number) {
  const kase = person.held[0]
  if (!kase || person.busy || person.state !== "present") return
  person.busy = true
  kase.inHand = true
  const minutes = (kase.rounds[kase.answers]?.minutes ?? 0) * person.pace
  run.events.add(now + minutes * 60_000, { kind: "answers", kase, person })
}

function answers(run: Run, { kase, person }: { kase: CaseState; person: PersonState }, now: number) {
  const { clock } = run.desk
  const since = kase.waitingSince ?? now
  run.outcome.waits.push(clock.minutesAt(now) - clock.minutesAt(since))
  kase.firstWait ??= { from: since, to: now }
  removeFrom(person.held, kase)
  Object.assign(kase, { waitingSince: null, inHand: false, knowsIt: person.agentId, answers: kase.answers + 1 })
  Object.assign(person, { busy: false, emails: person.emails + 1 })
  const again = kase.rounds[kase.answers]
  if (again) run.events.add(now + again.after, { kind: "writes", kase })
}

function unanswered(run: Run, { kase, givings }: { kase: CaseState; givings: number }) {
  if (kase.givings !== givings || kase.waitingSince === null || kase.inHand) return
  if (kase.wasUnanswered) {
    run.outcome.leadTold++
    return
  }
  kase.wasUnanswered = true
  run.outcome.unanswered++
  backToPool(run, kase)
}
