import fc from "fast-check"
import { expect, test } from "vitest"
import { closeCase } from "#app/models/cases/case.server.ts"
import { appendMessage } from "#app/models/cases/message.server.ts"
import { changeSetting } from "#app/models/people/settings.server.ts"
import { assignCase } from "#app/models/sharing/assignment.server.ts"
import { drainPool } from "#app/models/sharing/drain.server.ts"
import { handOver, releaseCase } from "#app/models/sharing/hand-over.server.ts"
import { setPresence } from "#app/models/sharing/load.server.ts"
import { stoodThen } from "#app/models/sharing/why.ts"
import { db } from "#db/connection.server.ts"
import { assignments } from "#db/tables/sharing.ts"
import { ann, dana, eli, fay, help, later, resetDesk } from "#test/fixtures/desk.ts"
import { caseOf, fromAgent, fromCustomer } from "#test/support/cases.ts"
import { addCrowd, allIsWell } from "#test/support/crowd.ts"
import { patience, sized } from "#test/support/sizes.ts"
import { viewer } from "#test/support/viewer.ts"

type Step = { kind: (typeof kinds)[number]; who: number; which: number }
const kinds = [
  ...(["arrives", "arrives", "arrives", "is answered", "is answered", "comes back", "comes back"] as const),
  ...(["is handed over", "is closed", "goes", "comes", "usual"] as const),
]
const step: fc.Arbitrary<Step> = fc.record({ kind: fc.constantFrom(...kinds), who: fc.nat(3), which: fc.nat(30) })

/** A day that goes every way; chance adds the others. */
const everyWay: Step[] = [
  ...[0, 1, 2, 3].map((who) => ({ kind: "goes", who, which: 0 }) as const),
  { kind: "arrives", who: 0, which: 0 },
  { kind: "comes", who: 0, which: 0 },
  { kind: "arrives", who: 0, which: 1 },
  { kind: "is answered", who: 0, which: 0 },
  { kind: "comes back", who: 0, which: 0 },
  { kind: "is closed", who: 0, which: 1 },
  { kind: "usual", who: 0, which: 1 },
  { kind: "arrives", who: 0, which: 0 },
  { kind: "is handed over", who: 1, which: 0 },
]

const writers = [dana, eli, fay]
const lead = viewer(ann)

async function play({ kind, who, which }: Step, numbers: number[], people: { id: number }[], now: Date) {
  const person = people[who] ?? { id: 0 }
  const number = numbers[which % Math.max(1, numbers.length)]
  if (kind === "arrives") {
    const arrived = await caseOf("Where?", now, writers[which % 3], help.id)
    await db.transaction((tx) => assignCase(tx, arrived, now))
    return void numbers.push(arrived)
  }
  if (kind === "usual") return void (await changeSetting("sharing.usualAgent", which % 2 ? "on" : "off", now))
  if (kind === "goes" || kind === "comes")
    return void (await setPresence(lead, person.id, kind === "goes" ? "off" : "present", null, now))
  if (number === undefined) return
  if (kind === "is answered")
    await db.transaction((tx) => appendMessage(tx, fromAgent(number, "There", now, person.id), now))
  if (kind === "is handed over") await handOver(lead, number, person.id, undefined, now)
  if (kind === "is closed") await closeCase(lead, number, now)
  if (kind !== "comes back") return
  await db.transaction((tx) => appendMessage(tx, fromCustomer(number, "And?", now), now))
  await releaseCase(lead, number, undefined, now)
  await drainPool(now)
}

/** Which of the ways to a choice a row went; people's own decisions are "by hand". */
function wayOf({ rule, asked, toAgentId, reason }: typeof assignments.$inferSelect) {
  if (!asked) return "by hand"
  if (reason.includes("behind")) return "behind older ones"
  return rule === "knows it" ? (asked.knowsIt === toAgentId ? "replied last" : "usual agent") : rule
}

test(
  "whichever way a case is given, its explanation is what its kept facts come to, and the table names the one",
  async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 50 }), async (steps) => {
        await resetDesk()
        const people = await addCrowd(4)
        const numbers: number[] = []
        for (const [minute, one] of steps.entries()) await play(one, numbers, people, later(minute))
        await allIsWell()
        for (const row of await db.select().from(assignments)) {
          seen.add(wayOf(row))
          const chosen = stoodThen(row, { timeZone: "UTC", now: row.at }).filter(({ isChosen }) => isChosen)
          expect(chosen.map(({ agentId }) => agentId)).toEqual(
            row.toAgentId !== null && row.candidates.length > 0 ? [row.toAgentId] : [],
          )
        }
      }),
      { numRuns: sized({ push: 15, night: 150, release: 2000 }), endOnFailure: true, examples: [[everyWay]] },
    )
    expect([...seen].toSorted()).toEqual(
      ["behind older ones", "by hand", "pool", "replied last", "spare room", "usual agent"].toSorted(),
    )
  },
  patience(60_000),
)
