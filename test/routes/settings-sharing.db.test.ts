import type { ActionFunctionArgs } from "@remix-run/node"
import { eq, ne } from "drizzle-orm"
import { expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import { setting } from "#app/models/people/settings.server.ts"
import { assignCase } from "#app/models/sharing/assignment.server.ts"
import * as sharing from "#app/routes/settings.sharing.tsx"
import { db } from "#db/connection.server.ts"
import { agents } from "#db/tables/people.ts"
import { assignments } from "#db/tables/sharing.ts"
import { ann, bo, cy, ida, later } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

type Who = { id: number } | null
const told = { "sharing.rampCases": "3", "sharing.usualAgent": "on", "sharing.unansweredHours": "6" }

const args = (request: Request) => ({ request, params: {}, context: {} }) as ActionFunctionArgs
const press = async (who: Who, form: Record<string, string>) =>
  sharing.action(args(await requestAs(who, "/settings/sharing", { form })))
const visit = async (who: Who, query: Record<string, string> = {}) =>
  sharing.loader(args(await requestAs(who, `/settings/sharing?${new URLSearchParams(query)}`)))
const tried = async (cap: string, more: Record<string, string> = {}) =>
  (await visit(ida, { "sharing.rampCases": cap, "sharing.unansweredHours": "4", ...more, try: "1" })).json()

test("sharing is set, and tried, by admins only", async () => {
  for (const [who, status] of [[ann, 403] as const, [bo, 403] as const, [null, 302] as const]) {
    expect((await thrown(visit(who, { ...told, try: "1" }))).status).toBe(status)
    expect((await thrown(press(who, told))).status).toBe(status)
  }
  expect(await setting("sharing.rampCases")).toBe(5)
})

test("the rules of sharing are told on one page; a box not ticked is off", async () => {
  expect((await press(ida, told)).status).toBe(200)
  const keys = ["sharing.rampCases", "sharing.usualAgent", "sharing.unansweredHours"] as const
  expect(await Promise.all(keys.map(setting))).toEqual([3, true, 6])
  expect((await (await visit(ida)).json()).text).toEqual(told)
  const { "sharing.usualAgent": _unticked, ...rest } = told
  await press(ida, rest)
  expect(await setting("sharing.usualAgent")).toBe(false)
})

test.each([
  ["sharing.rampCases", "0", "must be at least 1"],
  ["sharing.rampCases", "many", "must be a number from 1 to 100"],
  ["sharing.unansweredHours", "201", "must be at most 200"],
])("%s cannot be %s, saved or tried, and the page says why", async (key, value, words) => {
  const saved = await press(ida, { ...told, [key]: value })
  expect([saved.status, (await saved.json()).refused]).toEqual([422, { key, words }])
  const played = await visit(ida, { ...told, [key]: value, try: "1" })
  expect([played.status, await played.json()]).toMatchObject([422, { refused: { key, words }, played: null }])
  expect(await setting("sharing.unansweredHours")).toBe(4)
})

test("last week's mail is tried on other settings before they are saved", async () => {
  const now = deskNow()
  await db.update(agents).set({ switchedTo: "off" }).where(ne(agents.id, bo.id))
  await db
    .update(agents)
    .set({ switchedAt: later(-1, now) })
    .where(eq(agents.id, bo.id))
  for (let one = 0; one < 6; one++) {
    const number = await caseOf("Where?", now)
    await db.transaction((tx) => assignCase(tx, number, now))
  }
  expect((await tried("5")).played).toMatchObject({ played: 6, changed: 0, pool: { given: 1, would: 1 } })
  expect((await tried("2")).played).toMatchObject({
    ...{ played: 6, notKept: 0, changed: 3, isCut: false, turnsUsualOn: false },
    pool: { given: 1, would: 4 },
    people: [{ name: bo.name, given: 5, would: 2 }],
  })
  expect((await tried("9")).played).toMatchObject({ changed: 1, pool: { given: 1, would: 0 } })
  expect((await tried("5", { "sharing.usualAgent": "on" })).played).toMatchObject({ changed: 0, turnsUsualOn: true })
  expect(await setting("sharing.rampCases")).toBe(5)
})

test("what is older than a week, and what people decided, is not tried", async () => {
  const now = deskNow()
  const number = await caseOf("Where?", now)
  const row = { caseNumber: number, toAgentId: cy.id, reason: "So it was." }
  await db.insert(assignments).values([
    { ...row, rule: "spare room", at: later(-8 * 24 * 60, now) },
    { ...row, rule: "handed over", at: now },
    { ...row, rule: "spare room", at: later(-60, now) },
  ])
  expect((await tried("5")).played).toMatchObject({ played: 0, notKept: 1 })
})
