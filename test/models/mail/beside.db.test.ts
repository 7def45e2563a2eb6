import { desc } from "drizzle-orm"
import { expect, test } from "vitest"
import { db } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { noon } from "#test/fixtures/desk.ts"
import { arrive, letter, storyOf } from "#test/support/arrive.ts"
import { replied } from "#test/support/replies.ts"

const ours = "We are sorry that the lid broke on its way.\nA new one leaves our house tomorrow."

test("an answer that repeats our reply under words no table knows adds only what was typed", async () => {
  const { caseNumber } = await arrive(letter({ id: "<b1@customer.example>" }))
  await replied(caseNumber!, { text: ours }, noon)
  const [reply] = await db.select().from(messages).orderBy(desc(messages.id)).limit(1)
  const text = `Ngiyabonga!\n\nNgoLwesibili Help ubhalile:\n\n${ours.replace("\n", " ")}\n\nBo`
  const row = await arrive(letter({ text, more: [`In-Reply-To: ${reply!.rfcMessageId}`] }))
  expect(row.caseNumber).toBe(caseNumber)
  const { last } = await storyOf(caseNumber!)
  expect(last.newText).toBe("Ngiyabonga!")
  expect(last.text).toContain("A new one leaves our house tomorrow.")
})

test("the same words in a new case are all new", async () => {
  const row = await arrive(letter({ id: "<b2@customer.example>", text: `Look:\n\n${ours}` }))
  expect((await storyOf(row.caseNumber!)).last.newText).toContain("A new one leaves our house tomorrow.")
})
