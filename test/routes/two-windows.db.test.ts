import { expect, test } from "vitest"
import { action as draft } from "#app/routes/cases.$number.draft.ts"
import { action as note } from "#app/routes/cases.$number.notes.ts"
import { action as reply } from "#app/routes/cases.$number.replies.ts"
import { action as start } from "#app/routes/cases.new.tsx"
import { action as call } from "#app/routes/frowns.$frownId.call.ts"
import { db } from "#db/connection.server.ts"
import { attachments, cases, drafts, messages, notes } from "#db/tables/cases.ts"
import { frownEvents } from "#db/tables/frowns.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { bo, cy } from "#test/fixtures/desk.ts"
import { everything } from "#test/fixtures/everything.ts"
import { caseOf } from "#test/support/cases.ts"
import { caseNow } from "#test/support/replies.ts"
import { cookieOf, requestAs } from "#test/support/signed-in.ts"

type Fields = Record<string, string>
type Action = (args: never) => Promise<unknown>

const press = async (action: Action, path: string, params: Fields, form: Fields, who: { id: number } = bo) =>
  (await action({ request: await requestAs(who, path, { form }), params, context: {} } as never)) as Response
const onCase = (action: Action, name: string) => (number: number, form: Fields, who?: { id: number }) =>
  press(action, `/cases/${number}/${name}`, { number: String(number) }, { next: "/cases/7", ...form }, who)
const send = onCase(reply, "replies")
const leave = onCase(note, "notes")
const where = (answer: Response) => answer.headers.get("location")
const sent = async () => (await db.select().from(mailToSend)).length

/** A page of the case as it is now, in a window of its own. */
async function open(number: number, opId: string) {
  return { seenMessageId: String((await caseNow(number)).lastMessageId ?? 0), seenNoteId: "0", seenMergeId: "0", opId }
}

test("a draft open in two windows goes out from one of them, also when both are pressed at once", async () => {
  const number = await caseOf("Where?")
  const [one, other] = [await open(number, "one"), await open(number, "other")]
  const text = "It left on Monday.\n\nBo"
  const answers = await Promise.all([one, other].map((page) => send(number, { ...page, text })))
  expect(answers.map(where).sort()).toEqual([`/cases/${number}?said=sent-already#write`, "/cases/7"])
  expect(await sent()).toBe(1)
  expect(await db.select().from(drafts)).toMatchObject([{ agentId: bo.id, body: text }])
})

test("a reply from another window stops other words as well, until its writer has seen it", async () => {
  const number = await caseOf("Where?")
  const other = await open(number, "other")
  await send(number, { ...(await open(number, "one")), text: "It left on Monday." })
  const stopped = await send(number, { ...other, text: "It leaves on Tuesday." })
  expect(where(stopped)).toBe(`/cases/${number}?said=replied-meanwhile#write`)
  expect(where(await send(number, { ...(await open(number, "now")), text: "It leaves on Tuesday." }))).toBe("/cases/7")
  expect(await sent()).toBe(2)
})

test("the same words again, however they are spaced, go out only on purpose", async () => {
  const number = await caseOf("Where?")
  await send(number, { ...(await open(number, "one")), text: "It left.\nBo" })
  const again = { ...(await open(number, "two")), text: "It  left. \r\n\r\n Bo" }
  expect(where(await send(number, again))).toBe(`/cases/${number}?said=sent-already#write`)
  expect(where(await send(number, { text: again.text }, cy))).toBe("/cases/7")
  expect(where(await send(number, { ...(await open(number, "two")), text: again.text, again: "1" }))).toBe("/cases/7")
  expect((await db.select().from(messages)).filter(({ kind }) => kind === "reply")).toHaveLength(3)
})

test("a note left in two windows is one note, and two where that is meant", async () => {
  const number = await caseOf("Where?")
  const body = "Ask the depot"
  const answers = await Promise.all(["one", "other"].map((opId) => leave(number, { opId, body, back: "" })))
  expect(answers.map(where).some((to) => to?.includes("said=noted-already"))).toBe(true)
  expect(await db.select().from(notes)).toHaveLength(1)
  await leave(number, { opId: "third", body, again: "1" })
  await leave(number, { opId: "fourth", body }, cy)
  expect(await db.select().from(notes)).toHaveLength(3)
})

test("a case begun in two windows is one case, and the second window says which", async () => {
  const form = { mailbox: "1", to: "gus@customer.example", name: "", subject: "Your order", text: "It is here." }
  const begin = (opId: string, changes: Fields = {}) => press(start, "/cases/new", {}, { ...form, opId, ...changes })
  const answers = await Promise.all(["one", "other"].map((opId) => begin(opId)))
  expect(answers.map(({ status }) => status).sort()).toEqual([302, 422])
  const [kase] = await db.select().from(cases)
  const refusal = answers.find(({ status }) => status === 422)
  expect(await refusal?.json()).toMatchObject({ writtenIn: kase?.number, typed: form })
  expect((await begin("third", { subject: "Another order" })).status).toBe(302)
  expect((await begin("fourth", { again: "1" })).status).toBe(302)
  expect(await sent()).toBe(3)
})

test("a call logged in two windows stands in the story once", async () => {
  await everything()
  const log = (form: Fields) =>
    press(call, "/frowns/2/call", { frownId: "2" }, { words: "She is glad", told: "happier", ...form })
  const answers = await Promise.all(["one", "other"].map((opId) => log({ opId })))
  expect(answers.map(where).sort()).toEqual(["/frowns/2", "/frowns/2?said=logged-already"])
  await log({ opId: "third", again: "1" })
  expect((await db.select().from(frownEvents)).filter(({ kind }) => kind === "called")).toHaveLength(2)
})

test("a file chosen in two windows at once is kept with the draft once", async () => {
  const number = await caseOf("Where?")
  const keep = async () => {
    const body = new FormData()
    body.set("file", new File(["x"], "plan.txt"))
    const headers = { cookie: await cookieOf(bo) }
    const request = new Request(`http://localhost:3000/cases/${number}/draft`, { method: "POST", headers, body })
    return (await draft({ request, params: { number: String(number) }, context: {} } as never)) as Response
  }
  const answers = await Promise.all([keep(), keep(), keep()])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(await db.select().from(attachments)).toHaveLength(1)
})
