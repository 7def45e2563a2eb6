import { beforeEach, expect, test } from "vitest"
import { leaveNote } from "#app/models/cases/note.server.ts"
import { makeToken } from "#app/models/people/api-token.server.ts"
import { action as apiReply } from "#app/routes/api.v1.cases.$number.replies.ts"
import { action as reply } from "#app/routes/cases.$number.replies.ts"
import { action as undo } from "#app/routes/cases.$number.undo.ts"
import { db } from "#db/connection.server.ts"
import { drafts, messages } from "#db/tables/cases.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { billing, bo, cy, dana, help, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { caseNow } from "#test/support/replies.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"
import { viewer } from "#test/support/viewer.ts"

const press = async (number: number, form: Record<string, string | string[]>, who: { id: number } = bo) => {
  const request = await requestAs(who, `/cases/${number}/replies`, { form: { text: "On its way", ...form } })
  return reply({ request, params: { number: String(number) }, context: {} } as never)
}
const where = (answer: unknown) => (answer as Response).headers.get("location")

test("sent from the page, the next case opens", async () => {
  const number = await caseOf("Where?")
  expect(where(await press(number, { next: "/cases/7", close: "1" }))).toBe("/cases/7")
  expect((await caseNow(number)).closedAt).not.toBeNull()
  expect(where(await press(number, { text: "Sent now", next: "https://evil.example/" }))).toBe("/")
})

test("the people ticked get it, the typed ones too", async () => {
  const number = await caseOf("Where?")
  await press(number, { cc: ["eli@customer.example", " fay@elsewhere.example, "] })
  const rows = await db.select().from(mailRecipients)
  expect(rows.map(({ address, as }) => [as, address])).toEqual([
    ["to", dana.address],
    ["cc", "eli@customer.example"],
    ["cc", "fay@elsewhere.example"],
  ])
})

test("what cannot be sent is a draft, and the page says why", async () => {
  const number = await caseOf("Where?")
  expect(where(await press(number, { cc: "nobody" }))).toBe(`/cases/${number}?said=bad-address#write`)
  const note = await leaveNote(viewer(cy), number, { body: "Wait", again: false }, noon)
  expect(note).toBeTruthy()
  const seen = { seenMessageId: String((await caseNow(number)).lastMessageId), seenNoteId: "0" }
  expect(where(await press(number, seen))).toBe(`/cases/${number}?said=something-new#write`)
  expect(await db.select().from(drafts)).toMatchObject([{ agentId: bo.id, body: "On its way" }])
  expect(await db.select().from(mailToSend)).toEqual([])
})

test("a case of a mailbox one does not answer is not there", async () => {
  const number = await caseOf("Where?", noon, dana, billing.id)
  expect((await thrown(press(number, {}, cy))).status).toBe(404)
})

test("undone from the bar, one is back in the case; later it says so; a stranger may not", async () => {
  const number = await caseOf("Where?")
  await press(number, {})
  const [mail] = await db.select({ id: mailToSend.id }).from(mailToSend)
  const back = async (who: { id: number }) => {
    const request = await requestAs(who, `/cases/${number}/undo`, { form: { mailId: String(mail?.id) } })
    return undo({ request, params: { number: String(number) }, context: {} } as never)
  }
  expect((await thrown(back(cy))).status).toBe(403)
  expect(where(await back(bo))).toBe(`/cases/${number}#write`)
  expect(where(await back(bo))).toBe(`/cases/${number}?said=too-late`)
})

let token = ""
beforeEach(async () => {
  token = await makeToken("robot", ["read", "write"], noon)
})
const call = async (number: number, body: unknown, query = "", headers = {}) => {
  const request = new Request(`http://desk.example/api/v1/cases/${number}/replies${query}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  })
  const answer = (await apiReply({ request, params: { number: String(number) }, context: {} } as never)) as Response
  return { status: answer.status, body: await answer.json() }
}

test("a program answers in an agent's name, with time to undo unless it says now", async () => {
  const number = await caseOf("Where?")
  const said = { agent: bo.email, text: "On its way", close: true }
  const { status, body } = await call(number, said)
  expect(status).toBe(201)
  const [message] = (await db.select().from(messages)).filter(({ kind }) => kind === "reply")
  expect(body).toEqual({ id: message?.id })
  expect(message).toMatchObject({ agentId: bo.id, from: { address: help.address } })
  await call(number, said, "?now=1")
  const windows = (await db.select().from(mailToSend).orderBy(mailToSend.id)).map(
    ({ dueAt, writtenAt }) => dueAt.getTime() - writtenAt.getTime(),
  )
  expect(windows).toEqual([10_000, 0])
})

test("a call repeated with its key is one reply", async () => {
  const number = await caseOf("Where?")
  const said = { agent: bo.email, text: "On its way" }
  const key = { "Idempotency-Key": "call-1" }
  const answers = [await call(number, said, "", key), await call(number, said, "", key)]
  expect(answers[0]).toEqual(answers[1])
  expect(await db.select().from(mailToSend)).toHaveLength(1)
})

test("what a program asks for in vain is refused in words", async () => {
  const number = await caseOf("Where?")
  expect(await call(number, { agent: bo.email, text: " " })).toMatchObject({ status: 422, body: { title: "Not sent" } })
  expect(await call(number, { agent: "x@desk.example", text: "Hi" })).toMatchObject({ status: 422 })
  expect(await call(9999, { agent: bo.email, text: "Hi" })).toMatchObject({ status: 404 })
  expect(await call(number, { agent: bo.email, text: "Hi", seen: 0 })).toMatchObject({ status: 409 })
})
