import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { saveDraft } from "#app/models/cases/draft.server.ts"
import { tellLeads } from "#app/models/mail/notice.server.ts"
import { assignCase } from "#app/models/sharing/assignment.server.ts"
import { drainPool } from "#app/models/sharing/drain.server.ts"
import { handOver } from "#app/models/sharing/hand-over.server.ts"
import { setPresence } from "#app/models/sharing/load.server.ts"
import { returnUnanswered, unansweredTwice } from "#app/models/sharing/unanswered.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { assignments } from "#db/tables/sharing.ts"
import { ann, bo, cy, ida, later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { replied } from "#test/support/replies.ts"
import { viewer } from "#test/support/viewer.ts"

const staff = [ann, bo, cy]
const hours = (n: number) => later(n * 60)
const sweep = (at: Date) => returnUnanswered(tellLeads, at)
const only = async (...here: { id: number }[]) => {
  for (const { id } of staff) {
    const state = here.some((one) => one.id === id) ? "present" : "away"
    await setPresence(viewer(ann), id, state, null, later(-600))
  }
}
const given = async (to: { id: number }) => {
  await only(to)
  const number = await caseOf("Where?")
  await db.transaction((tx) => assignCase(tx, number, noon))
  return number
}
const caseNow = async (number: number) => (await db.select().from(cases).where(eq(cases.number, number)))[0]
const notices = async () =>
  (await db.select().from(mailToSend).where(eq(mailToSend.kind, "notice"))).map(({ subject }) => subject)

test("unanswered for four business hours it goes back to the pool, and on to somebody else", async () => {
  const number = await given(bo)
  await only(bo, cy)
  expect(await sweep(hours(3.9))).toBe(0)
  expect(await sweep(hours(4))).toBe(1)
  const [last] = (await db.select().from(assignments).where(eq(assignments.caseNumber, number))).toReversed()
  expect(last).toMatchObject({ rule: "unanswered", fromAgentId: bo.id, toAgentId: null, byAgentId: null })
  expect(last?.reason).toBe("Back to the pool: unanswered for 4 business hours with Bo Diaz.")
  expect(await drainPool(hours(4))).toBe(1)
  expect(await caseNow(number)).toMatchObject({ agentId: cy.id })
})

test("the night counts for nothing: given at five in the afternoon it is due the next morning", async () => {
  const number = await given(bo)
  await db
    .update(cases)
    .set({ agentSince: hours(4), waitingSince: hours(4) })
    .where(eq(cases.number, number))
  await only(bo, cy)
  expect(await sweep(hours(12))).toBe(0)
  expect(await sweep(hours(23.9))).toBe(0)
  expect(await sweep(hours(24))).toBe(1)
})

test("the second time a lead is told, once, and the case stays", async () => {
  const number = await given(bo)
  await only(bo, cy)
  await sweep(hours(4))
  await drainPool(hours(4))
  expect(await sweep(hours(8))).toBe(0)
  expect(await sweep(hours(23))).toBe(0)
  expect(await notices()).toEqual([])
  expect(await sweep(hours(25))).toBe(0)
  await sweep(hours(26))
  expect(await caseNow(number)).toMatchObject({ agentId: cy.id, leadToldAt: hours(25) })
  expect(await notices()).toEqual(["Unanswered: Invoice"])
  expect((await db.select().from(mailRecipients)).map(({ address }) => address).sort()).toEqual([ann.email, ida.email])
  expect(await unansweredTwice(hours(26))).toMatchObject([{ number, agent: cy.name }])
})

test("with nobody else there it stays with whoever has it, and a lead is told", async () => {
  const number = await given(bo)
  expect(await sweep(hours(4))).toBe(0)
  expect(await caseNow(number)).toMatchObject({ agentId: bo.id, leadToldAt: hours(4) })
})

test("handed over it is off the list, and left unanswered there too a lead is told anew", async () => {
  const number = await given(bo)
  await sweep(hours(4))
  await handOver(viewer(ann), number, cy.id, bo.id, hours(5))
  await only(cy)
  expect(await unansweredTwice(hours(5))).toEqual([])
  await sweep(hours(23))
  expect(await notices()).toHaveLength(1)
  await sweep(hours(26))
  expect(await notices()).toHaveLength(2)
  expect(await unansweredTwice(hours(26))).toMatchObject([{ number, agent: cy.name }])
})

test("an answer ends it, and the next wait begins anew", async () => {
  const number = await given(bo)
  await sweep(hours(4))
  await replied(number, { undoSeconds: 0 })
  expect(await unansweredTwice(hours(5))).toEqual([])
})

test("whoever is writing keeps the case", async () => {
  const number = await given(bo)
  await only(bo, cy)
  await saveDraft(viewer(bo), number, "Dear Dana", [], hours(3.8))
  expect(await sweep(hours(4))).toBe(0)
  expect(await sweep(hours(4.5))).toBe(1)
})
