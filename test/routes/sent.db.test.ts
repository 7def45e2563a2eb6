import { eq } from "drizzle-orm"
import { afterEach, expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { loader as list } from "#app/routes/sent._index.tsx"
import { loader as one } from "#app/routes/sent.$mailId._index.tsx"
import { loader as body } from "#app/routes/sent.$mailId.body.ts"
import { action as confirm } from "#app/routes/sent.$mailId.confirmation.ts"
import { action as retry } from "#app/routes/sent.$mailId.retry.ts"
import { action as resume } from "#app/routes/sent.resume.$mailboxId.ts"
import { db } from "#db/connection.server.ts"
import { mailboxes } from "#db/tables/people.ts"
import { ann, billing, bo, cy, dana, help, ida, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { type Sink, startSink } from "#test/support/mail-sink.ts"
import { mailNow, replied } from "#test/support/replies.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

const link = /\/r\/[a-z2-7]{26}\//
const sinks: Sink[] = []
afterEach(async () => {
  for (const sink of sinks.splice(0)) await sink.close()
})
const visit = async <T>(
  loader: (args: never) => T,
  path: string,
  params: Record<string, string> = {},
  who: { id: number } = bo,
) => loader({ request: await requestAs(who, path), params, context: {} } as never)
const pressed = async <T>(action: (args: never) => T, params: Record<string, string>, who: { id: number } = bo) =>
  action({ request: await requestAs(who, "/sent", { form: {} }), params, context: {} } as never)
const listed = async (query = "", who: { id: number } = bo) =>
  (await (await visit(list, `/sent${query}`, {}, who)).json()) as Awaited<
    ReturnType<Awaited<ReturnType<typeof list>>["json"]>
  >
const kept = async () => {
  const { mailId } = await replied(await caseOf("Where?"))
  await deliverNext("test", deskNow, { smtpUrl: null })
  return mailId
}
const unconfirmed = async () => {
  const sink = await startSink({ onData: () => "close" })
  sinks.push(sink)
  const { mailId } = await replied(await caseOf("Where?"))
  await deliverNext("test", deskNow, { smtpUrl: sink.url })
  return mailId
}

test("every mail is listed newest first, with what became of it", async () => {
  const first = await kept()
  const second = await unconfirmed()
  const { rows, problems } = await listed()
  expect(rows.map(({ id, delivery }) => [id, delivery.state])).toEqual([
    [second, "unconfirmed"],
    [first, "kept"],
  ])
  expect(problems.map(({ id }) => id)).toEqual([second])
  expect(rows[0]).toMatchObject({ subject: "Re: Invoice", author: "Bo Diaz", mailbox: "Help" })
})

test("a view shows its own, a page goes on where the last ended", async () => {
  await kept()
  const second = await unconfirmed()
  expect((await listed("?view=problems")).rows.map(({ id }) => id)).toEqual([second])
  expect((await listed("?view=sent")).rows).toEqual([])
  const number = await caseOf("Where?")
  for (let n = 0; n < 50; n++) await replied(number)
  const { rows, next } = await listed()
  expect(rows).toHaveLength(50)
  const older = await listed(`?before=${next}`)
  expect(older.rows).toHaveLength(2)
  expect(older.next).toBeNull()
})

test("mail of a mailbox one does not answer is not shown", async () => {
  const { mailId } = await replied(await caseOf("Where?", noon, dana, billing.id))
  expect((await listed("", cy)).rows).toEqual([])
  for (const page of [one, body])
    expect((await thrown(visit(page, "/sent/1", { mailId: String(mailId) }, cy))).status).toBe(404)
  expect((await thrown(pressed(retry, { mailId: String(mailId) }, cy))).status).toBe(404)
})

test("kept mail can be read and its links pressed", async () => {
  const mailId = await kept()
  const mail = await (await visit(one, `/sent/${mailId}`, { mailId: String(mailId) })).json()
  expect(mail.text).toContain("It is on its way.")
  expect(mail.links.map(({ face }) => face)).toEqual(["happy", "ok", "frown"])
  for (const { face, href } of mail.links) expect(href).toMatch(new RegExp(`^http://.+/r/[a-z2-7]{26}/${face}$`))
  expect(mail.headers.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["From", "To", "Subject", "Message-ID", "References", "Reply-To"]),
  )
})

test("mail that customers have, or will have, is shown without its links", async () => {
  const { mailId } = await replied(await caseOf("Where?"))
  expect((await mailNow(mailId)).rendered.toString("latin1").replaceAll("=\r\n", "")).toMatch(link)
  const mail = await (await visit(one, `/sent/${mailId}`, { mailId: String(mailId) })).json()
  expect(mail.text).toContain("Happy:")
  expect(JSON.stringify(mail)).not.toMatch(link)
  const shown = await visit(body, `/sent/${mailId}/body`, { mailId: String(mailId) })
  expect(await shown.text()).not.toMatch(link)
})

test("the frame may run nothing, and its links open beside it", async () => {
  const mailId = await kept()
  const shown = await visit(body, `/sent/${mailId}/body`, { mailId: String(mailId) })
  expect(shown.headers.get("content-security-policy")).toMatch(/^sandbox [^;]*; default-src 'none'/)
  expect(shown.headers.get("content-security-policy")).not.toContain("allow-scripts")
  expect(await shown.text()).toContain('<base target="_blank">')
})

test("a person sends again or says it arrived", async () => {
  const again = await unconfirmed()
  await pressed(retry, { mailId: String(again) })
  expect((await mailNow(again)).unconfirmedAt).toBeNull()
  const arrived = await unconfirmed()
  await pressed(confirm, { mailId: String(arrived) })
  expect((await mailNow(arrived)).sentAt).not.toBeNull()
})

test("a paused mailbox is named with the server's words, and an admin lets it go on", async () => {
  await db.update(mailboxes).set({ pausedAt: noon, pausedBecause: "535 no" }).where(eq(mailboxes.id, help.id))
  expect(await listed()).toMatchObject({ paused: [{ name: "Help", words: "535 no" }], mayResume: false })
  expect((await thrown(pressed(resume, { mailboxId: "1" }, ann))).status).toBe(403)
  await pressed(resume, { mailboxId: "1" }, ida)
  expect((await listed()).paused).toEqual([])
})
