import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { deskNow, setClock } from "#app/clock.server.ts"
import { addDays, dayOf, momentOn } from "#app/models/people/hours.ts"
import { weekdayOf } from "#app/models/sharing/mail-hours.ts"
import { loader as ahead } from "#app/routes/load.week-ahead.tsx"
import { db } from "#db/connection.server.ts"
import { absences, agents, agentWeeks, holidays, mailboxAgents } from "#db/tables/people.ts"
import { ann, bo, cy, ida } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

const zone = "UTC"
const ask = async (who: { id: number }) =>
  (await ahead({ request: await requestAs(who, "/load/week-ahead"), params: {}, context: {} })) as Response
const shown = async () => (await ask(ann)).json()
const tomorrow = () => addDays(dayOf(deskNow(), zone), 1)

/** Ann and Bo work tomorrow from nine to five, Cy never. */
async function oneDay() {
  await setClock(false)
  const weekday = weekdayOf(tomorrow())
  const never = weekdayOf(addDays(tomorrow(), -2))
  const row = { weekday, startsAt: 540, endsAt: 1020 }
  await db.insert(agentWeeks).values([ann, bo].map(({ id }) => ({ agentId: id, ...row })))
  await db.insert(agentWeeks).values({ agentId: cy.id, weekday: never, startsAt: 0, endsAt: 60 })
  await db
    .insert(absences)
    .values({ agentId: cy.id, startsAt: deskNow(), endsAt: new Date(deskNow().getTime() + 20 * 86_400_000) })
}

test("a lead sees who is on in the next seven days against the mail to expect, an agent does not", async () => {
  await oneDay()
  await caseOf("Hi", momentOn(addDays(tomorrow(), -7), 600, zone))
  await caseOf("Hi", momentOn(addDays(tomorrow(), -7), 1200, zone))
  const { days, alwaysOn, people } = await shown()
  expect({ days: days.length, alwaysOn, people }).toEqual({ days: 7, alwaysOn: [], people: 3 })
  expect(days[1]).toMatchObject({
    day: tomorrow(),
    shifts: [{ hours: "09:00–17:00", names: [ann.name, bo.name] }],
    emails: 2,
    gaps: [{ from: 20, to: 21, emails: 1, isOpen: false }],
  })
  expect(days[1].hours[10]).toMatchObject({ hour: 10, emails: 1, people: 2 })
  expect((await thrown(ask(bo))).status).toBe(403)
})

test("nobody is on who is away, on a holiday, has left or answers no mailbox", async () => {
  await oneDay()
  await db.update(agents).set({ deactivatedAt: deskNow() }).where(eq(agents.id, bo.id))
  expect((await shown()).days[1].shifts).toEqual([{ hours: "09:00–17:00", names: [ann.name] }])
  await db.insert(holidays).values({ day: tomorrow(), name: "Founders' day" })
  expect((await shown()).days[1]).toMatchObject({ isHoliday: true, shifts: [] })
  await db.delete(mailboxAgents)
  expect(await shown()).toMatchObject({ people: 0, alwaysOn: [] })
})

test("whoever has no hours of their own is on at all times, and is named", async () => {
  await setClock(false)
  const { days, alwaysOn } = await shown()
  expect(alwaysOn.map(({ name }: { name: string }) => name)).toEqual([ann.name, bo.name, cy.name])
  expect(days[3]).toMatchObject({ people: 3, shifts: [] })
  expect(alwaysOn).not.toContainEqual(expect.objectContaining({ name: ida.name }))
})
