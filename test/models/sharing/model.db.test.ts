import { sql } from "drizzle-orm"
import fc from "fast-check"
import { beforeEach, expect, test } from "vitest"
import { closeCase, reopenCase, snoozeCase, wakeCase } from "#app/models/cases/case.server.ts"
import { mergeCase, unmergeCase } from "#app/models/cases/merge.server.ts"
import { wouldGet } from "#app/models/sharing/assignment.server.ts"
import { drainPool } from "#app/models/sharing/drain.server.ts"
import { handOver, releaseCase, takeCase } from "#app/models/sharing/hand-over.server.ts"
import { setLimit, setPresence } from "#app/models/sharing/load.server.ts"
import { releaseStranded } from "#app/models/sharing/release.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { ann, later, noon, resetDesk } from "#test/fixtures/desk.ts"
import { addCrowd, allIsWell, arrives, crowd } from "#test/support/crowd.ts"
import { patience, sized } from "#test/support/sizes.ts"
import { viewer } from "#test/support/viewer.ts"

const people = crowd
beforeEach(async () => void (await addCrowd()))

type State = "open" | "snoozed" | "closed" | "merged"
type Step = { kind: (typeof kinds)[number]; who: number; which: number; other: number }
const kinds = [
  ...(["arrives", "arrives", "takes", "hands over", "gives back", "closes", "reopens", "snoozes", "wakes"] as const),
  ...(["merges", "comes", "goes", "limit", "sweep"] as const),
]
const step: fc.Arbitrary<Step> = fc.record({
  ...{ kind: fc.constantFrom(...kinds), who: fc.nat(19), which: fc.nat(60), other: fc.nat(60) },
})

/** What the case is by what was done to it, beside the desk: who has it is only foretold where a person decides. */
type Model = { state: State; agentId: number | null }

async function play(given: Step, models: Map<number, Model>, now: Date) {
  const numbers = [...models.keys()]
  const number = numbers[given.which % numbers.length] ?? 0
  const person = people[given.who] ?? people[0]!
  const [me, lead] = [viewer(person), viewer(ann)]
  const model = models.get(number)
  if (given.kind === "arrives") return void models.set(await arrives(now), { state: "open", agentId: null })
  if (given.kind === "comes") return void (await setPresence(me, person.id, "present", null, now))
  if (given.kind === "goes") return void (await setPresence(me, person.id, "off", null, now))
  if (given.kind === "limit") return void (await setLimit(lead, person.id, 1 + (given.other % 5), now))
  if (given.kind === "sweep") return sweep(now)
  if (!model || model.state === "merged") return
  if (given.kind === "takes") {
    const answer = await takeCase(me, number, now)
    if (model.agentId === null || model.agentId === person.id) expect(answer).toBe("done")
    else expect(answer).toEqual({ with: people.find(({ id }) => id === model.agentId)?.name })
    if (answer === "done") model.agentId = person.id
  }
  if (given.kind === "hands over") {
    expect(await handOver(lead, number, person.id, undefined, now)).toBe("done")
    model.agentId = person.id
  }
  if (given.kind === "gives back") {
    expect(await releaseCase(lead, number, undefined, now)).toBe("done")
    model.agentId = null
  }
  if (given.kind === "closes") {
    expect(await closeCase(lead, number, now)).toBe("done")
    model.state = "closed"
  }
  if (given.kind === "reopens" && model.state === "closed") {
    expect(await reopenCase(lead, number, now)).toBe("done")
    model.state = "open"
  }
  if (given.kind === "snoozes") {
    const answer = await snoozeCase(lead, number, later(100_000), now)
    expect(answer).toBe(model.state === "closed" ? "not possible now" : "done")
    if (answer === "done") model.state = "snoozed"
  }
  if (given.kind === "wakes" && model.state === "snoozed") {
    expect(await wakeCase(lead, number, now)).toBe("done")
    model.state = "open"
  }
  if (given.kind === "merges") {
    const into = numbers[given.other % numbers.length] ?? 0
    const other = models.get(into)
    const isPossible = into !== number && other?.state !== "merged"
    expect(await mergeCase(lead, number, into, now)).toBe(isPossible ? "done" : "not possible now")
    if (!isPossible || !other) return
    // Whoever waits in the one waits in the other: it is before the team again.
    if (model.state !== "closed") other.state = "open"
    model.state = "merged"
  }
}

async function sweep(now: Date) {
  await releaseStranded(now)
  await drainPool(now)
}

/** After a sweep nobody waits in the pool who could be given to somebody. */
async function poolIsJust(now: Date) {
  const pool = await db.select({ number: cases.number }).from(cases).where(isPool)
  for (const { number } of pool) expect((await wouldGet(viewer(ann), number, now))?.agentId).toBeNull()
}
const isPool = sql`agent_id is null and waiting_since is not null and closed_at is null and merged_into is null
  and snoozed_until is null`

test(
  "whatever is pressed, each case is what was done to it, has one owner, and a reason that follows from its facts (Q4)",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 40 }), async (steps) => {
        await resetDesk()
        await addCrowd()
        const models = new Map<number, Model>()
        for (const [minute, one] of steps.entries()) {
          const now = later(minute)
          await play(one, models, now)
          const rows = await allIsWell()
          for (const { number, closedAt, snoozedUntil, mergedInto, agentId } of rows) {
            const model = models.get(number)!
            expect(mergedInto !== null, `case ${number} merged`).toBe(model.state === "merged")
            if (model.state === "merged") continue
            expect(closedAt !== null).toBe(model.state === "closed")
            expect(snoozedUntil !== null).toBe(model.state === "snoozed")
            model.agentId = agentId
          }
        }
        await sweep(later(steps.length))
        await poolIsJust(later(steps.length))
      }),
      { numRuns: sized({ push: 12, night: 150, release: 3000 }), endOnFailure: true },
    )
  },
  patience(60_000),
)

test(
  "many press at the same moment: nothing waits for ever, and all is well after it (Q4)",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 5, maxLength: 12 }), { maxLength: 5 }), async (rounds) => {
        await resetDesk()
        await addCrowd()
        const numbers = await Promise.all(Array.from({ length: 12 }, () => arrives(noon)))
        for (const [minute, steps] of rounds.entries()) {
          await Promise.all(steps.map((one) => press(one, numbers, later(minute))))
          await allIsWell()
        }
        await sweep(later(10))
        await poolIsJust(later(10))
      }),
      { numRuns: sized({ push: 8, night: 100, release: 2000 }), endOnFailure: true },
    )
  },
  patience(60_000),
)

/** As `play`, without knowing what comes of it. */
async function press({ kind, who, which, other }: Step, numbers: number[], now: Date) {
  const number = numbers[which % numbers.length] ?? 0
  const person = people[who] ?? people[0]!
  const [me, lead] = [viewer(person), viewer(ann)]
  const acts: Record<Step["kind"], () => Promise<unknown>> = {
    arrives: () => arrives(now),
    takes: () => takeCase(me, number, now),
    "hands over": () => handOver(lead, number, person.id, undefined, now),
    "gives back": () => releaseCase(lead, number, undefined, now),
    closes: () => closeCase(lead, number, now),
    reopens: () => reopenCase(lead, number, now),
    snoozes: () => snoozeCase(lead, number, later(100_000), now),
    wakes: () => wakeCase(lead, number, now),
    merges: () =>
      other % 4 === 0
        ? unmergeCase(lead, number, now)
        : mergeCase(lead, number, numbers[other % numbers.length] ?? 0, now),
    comes: () => setPresence(me, person.id, "present", null, now),
    goes: () => setPresence(me, person.id, "off", null, now),
    limit: () => setLimit(lead, person.id, 1 + (other % 5), now),
    sweep: () => sweep(now),
  }
  await acts[kind]()
}
