import { expect, test } from "vitest"
import { recountDays } from "#app/desk/rebuild.ts"
import { runNextJob } from "#app/jobs.server.ts"
import { happinessReport, loadReport } from "#app/models/happiness/report.server.ts"
import { changeSetting } from "#app/models/people/settings.server.ts"
import { rebuildRatings } from "#app/models/ratings/rebuild.server.ts"
import { db } from "#db/connection.server.ts"
import { asked } from "#test/fixtures/asked.ts"
import { help, noon } from "#test/fixtures/desk.ts"

/** In UTC still the last day of 2025, in Berlin the first of 2026. */
const late = new Date("2025-12-31T23:30:00Z")
const years = { from: "2025-01-01", to: "2027-01-01", by: "year" as const }

async function report() {
  const question = { ...years, mailboxId: null, agentId: null, basis: "sent" as const }
  const { timeZone, nextTimeZone, periods } = await happinessReport(question, noon)
  return { timeZone, nextTimeZone, asked: periods.map(({ asked }) => asked) }
}

test("after a change of zone the old figures stand under the old zone's name until the new ones are there", async () => {
  await asked({ sentAt: late })
  expect(await report()).toEqual({ timeZone: "UTC", nextTimeZone: null, asked: [1, 0] })
  await changeSetting("desk.timeZone", "Europe/Berlin", noon)
  const meanwhile = { timeZone: "UTC", nextTimeZone: "Europe/Berlin" }
  expect(await report()).toEqual({ ...meanwhile, asked: [1, 0] })
  await asked({ sentAt: late })
  expect(await report()).toEqual({ ...meanwhile, asked: [2, 0] })
  expect(await loadReport(years, noon)).toMatchObject(meanwhile)
  expect(await runNextJob("test")).toBe(true)
  expect(await report()).toEqual({ timeZone: "Europe/Berlin", nextTimeZone: null, asked: [0, 2] })
  await asked({ sentAt: late })
  expect(await report()).toEqual({ timeZone: "Europe/Berlin", nextTimeZone: null, asked: [0, 3] })
})

test("killed half-way nothing has changed, and it is begun again", async () => {
  await asked({ sentAt: late })
  await changeSetting("desk.timeZone", "Europe/Berlin", noon)
  const killed = db.transaction(async (tx) => {
    await rebuildRatings(tx)
    throw new Error("killed")
  })
  await expect(killed).rejects.toThrow("killed")
  expect(await report()).toEqual({ timeZone: "UTC", nextTimeZone: "Europe/Berlin", asked: [1, 0] })
  expect([await recountDays(), await recountDays()]).toEqual([true, false])
  expect(await report()).toMatchObject({ timeZone: "Europe/Berlin", asked: [0, 1] })
})

test("while the days are counted anew no report and no line mixes those of two zones", async () => {
  for (let count = 0; count < 30; count += 1) await asked({ sentAt: late, mailboxId: help.id })
  await changeSetting("desk.timeZone", "Europe/Berlin", noon)
  const seen: Awaited<ReturnType<typeof report>>[] = []
  let isOver = false
  const looking = (async () => {
    while (!isOver) seen.push(await report())
  })()
  await Promise.all([recountDays(), asked({ sentAt: late }), asked({ sentAt: late })])
  isOver = true
  await looking
  expect(seen.every(({ timeZone, asked: [old, next] }) => (timeZone === "UTC" ? next === 0 : old === 0))).toBe(true)
  expect(await report()).toEqual({ timeZone: "Europe/Berlin", nextTimeZone: null, asked: [0, 32] })
  expect(await db.transaction(rebuildRatings)).toEqual([])
})

test("a desk that has counted nothing yet is in its new zone at once", async () => {
  await changeSetting("desk.timeZone", "Europe/Berlin", noon)
  expect(await report()).toEqual({ timeZone: "Europe/Berlin", nextTimeZone: null, asked: [0, 0] })
})
