import { expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import { appendMessage } from "#app/models/cases/message.server.ts"
import { expectedWeek } from "#app/models/sharing/expected.server.ts"
import { mailByHour } from "#app/models/sharing/mail-hours.server.ts"
import { loader as forecast } from "#app/routes/load.forecast.tsx"
import { db } from "#db/connection.server.ts"
import { cases, messages } from "#db/tables/cases.ts"
import { holidays } from "#db/tables/people.ts"
import { ann, bo, cy, dana, help, later, noon } from "#test/fixtures/desk.ts"
import { caseOf, fromAgent, fromCustomer } from "#test/support/cases.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

const day = 1440
const ask = async (who: { id: number }, query = "") =>
  (await forecast({ request: await requestAs(who, `/load/forecast${query}`), params: {}, context: {} })) as Response

/** Three weeks of ten emails a day before now, each answered by Bo five minutes after the one before. */
async function threeWeeks() {
  const from = { name: dana.name, address: dana.address }
  const moments = Array.from({ length: 210 }, (_, place) =>
    later(-(1 + Math.floor(place / 10)) * day + (place % 10) * 5, deskNow()),
  )
  const rows = moments.map((at) => ({
    mailboxId: help.id,
    customerId: dana.id,
    subject: "Hi",
    openedAt: at,
    lastMessageAt: at,
  }))
  const made = await db.insert(cases).values(rows).returning({ number: cases.number })
  const said = made.map(({ number }, place) => ({ at: moments[place] ?? noon, number }))
  const wrote = said.map(({ at, number }) => ({ caseNumber: number, kind: "email" as const, at: later(-60, at), from }))
  const answered = said.map(({ at, number }) => ({
    caseNumber: number,
    kind: "reply" as const,
    at,
    from,
    agentId: bo.id,
  }))
  await db.insert(messages).values(wrote)
  await db.insert(messages).values(answered)
}

test("a lead sees what one person fewer and one more would make of our mail, an agent does not", async () => {
  await threeWeeks()
  const shown = await (await ask(ann)).json()
  expect(shown).toMatchObject({ people: 3, minutes: 5, measured: { minutes: 5 }, wrong: {} })
  expect(shown.rows.map(({ people }: { people: number }) => people)).toEqual([2, 3, 4])
  expect(shown.bars).toHaveLength(3)
  expect((await thrown(ask(cy))).status).toBe(403)
})

test("the question is changed in the address, and refused where it makes no sense", async () => {
  await threeWeeks()
  const shown = await (await ask(ann, "?people=1&minutes=30")).json()
  expect(shown).toMatchObject({ people: 1, minutes: 30 })
  expect(shown.rows.map(({ people }: { people: number }) => people)).toEqual([1, 2])
  const refused = await ask(ann, "?people=none&minutes=5")
  expect(refused.status).toBe(422)
  expect((await refused.json()).wrong.people).toMatch(/whole number/)
})

test("with too little mail nothing is forecast", async () => {
  await caseOf("Hi", later(-day, deskNow()))
  expect(await (await ask(ann)).json()).toMatchObject({ rows: [], emails: 1, measured: null })
})

test("customers' emails are counted by hour, ours and machines' are not, nor today's", async () => {
  const number = await caseOf("Hi", later(-2 * day))
  await db.transaction(async (tx) => {
    await appendMessage(tx, fromCustomer(number, "Again", later(-day + 60)), noon)
    await appendMessage(tx, { ...fromCustomer(number, "Out of office", later(-day)), machine: "auto" }, noon)
    await appendMessage(tx, fromAgent(number, "Hello", later(-day), bo.id), noon)
    await appendMessage(tx, fromCustomer(number, "Today", later(-30)), noon)
  })
  const counted = await mailByHour(noon)
  expect(counted).toMatchObject({ from: "2026-03-08", to: "2026-03-10" })
  expect(counted.hours.toSorted((a, b) => a.day.localeCompare(b.day))).toEqual([
    { day: "2026-03-08", hour: 11, emails: 1 },
    { day: "2026-03-09", hour: 12, emails: 1 },
  ])
})

test("the week ahead begins today and knows the days we are closed", async () => {
  await caseOf("Hi", later(-7 * day))
  await db.insert(holidays).values({ day: "2026-03-12", name: "Founders' day" })
  const [today, , thursday] = await expectedWeek(noon)
  expect(today).toMatchObject({ day: "2026-03-10", counted: 1, emails: 1 })
  expect(thursday).toMatchObject({ day: "2026-03-12", isHoliday: true })
})
