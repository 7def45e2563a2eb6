import PostalMime from "postal-mime"
import { expect, test } from "vitest"
import { isWritten, type NewCaseByUs, startCase } from "#app/models/mail/start.server.ts"
import { undoReply } from "#app/models/mail/undo.server.ts"
import { db } from "#db/connection.server.ts"
import { cases, participants } from "#db/tables/cases.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { customerAddresses } from "#db/tables/people.ts"
import { ratingRequests } from "#db/tables/ratings.ts"
import { billing, bo, cy, dana, help, noon } from "#test/fixtures/desk.ts"
import { caseNow, mailNow, replied } from "#test/support/replies.ts"
import { viewer } from "#test/support/viewer.ts"

const first = (changes: Partial<NewCaseByUs> = {}): NewCaseByUs => ({
  mailboxId: help.id,
  agentId: bo.id,
  to: { name: "Gus Hart", address: "Gus@new.example" },
  subject: "Your order",
  text: "We found it.",
  files: [],
  again: true,
  opId: null,
  undoSeconds: 10,
  ...changes,
})
const start = async (changes: Partial<NewCaseByUs> = {}) => {
  const started = await startCase(viewer(bo), first(changes), noon)
  if (typeof started === "string" || isWritten(started)) throw new Error(`refused: ${JSON.stringify(started)}`)
  return started
}

test("writing first makes a case of the writer's that waits on them", async () => {
  const { caseNumber } = await start()
  expect(await caseNow(caseNumber)).toMatchObject({ agentId: bo.id, waitingSince: null, subject: "Your order" })
  expect(await db.select().from(participants)).toMatchObject([{ address: "gus@new.example", standing: "requester" }])
  expect(await db.select().from(customerAddresses)).toHaveLength(4)
})

test("the first mail asks nothing and answers nothing", async () => {
  const { mailId } = await start()
  const email = await PostalMime.parse((await mailNow(mailId)).rendered)
  expect(email.subject).toBe("Your order")
  expect(email.inReplyTo).toBeUndefined()
  expect(email.text).not.toMatch(/\/r\/|wrote:/)
  expect(await db.select().from(ratingRequests)).toEqual([])
})

test("more words before they answer ask nothing either", async () => {
  const { caseNumber, mailId } = await start()
  const more = await replied(caseNumber)
  const email = await PostalMime.parse((await mailNow(more.mailId)).rendered)
  expect(email.inReplyTo).toBe((await mailNow(mailId)).rfcMessageId)
  expect(email.subject).toBe("Re: Your order")
  expect(email.text).not.toMatch(/\/r\/|wrote:/)
})

test("a customer we know is the same customer", async () => {
  const { caseNumber } = await start({ to: { name: "", address: dana.address } })
  expect((await caseNow(caseNumber)).customerId).toBe(dana.id)
})

test("pressed twice it is one case", async () => {
  const [one, two] = await Promise.all([start({ opId: "press-1" }), start({ opId: "press-1" })])
  expect(one).toEqual(two)
  expect(await db.select().from(cases)).toHaveLength(1)
})

test("undone, the words are a draft in the case, which is sent as the first mail later", async () => {
  const { caseNumber, mailId } = await start()
  expect(await undoReply(viewer(bo), mailId, noon)).toBe("undone")
  expect(await caseNow(caseNumber)).toMatchObject({ agentId: bo.id, messageCount: 0 })
  const { mailId: later } = await replied(caseNumber)
  expect((await PostalMime.parse((await mailNow(later)).rendered)).subject).toBe("Your order")
})

test("what cannot be started says why", async () => {
  const refusal = (changes: Partial<NewCaseByUs>, who = viewer(bo)) => startCase(who, first(changes), noon)
  expect(await refusal({ text: "" })).toBe("empty")
  expect(await refusal({ subject: " \r\n" })).toBe("no subject")
  expect(await refusal({ to: { name: "", address: "gus" } })).toBe("bad address")
  expect(await refusal({ to: { name: "", address: billing.address } })).toBe("no recipient")
  expect(await refusal({ mailboxId: billing.id }, viewer(cy))).toBe("not your mailbox")
  expect(await db.select().from(mailToSend)).toEqual([])
  expect(await db.select().from(cases)).toEqual([])
})
