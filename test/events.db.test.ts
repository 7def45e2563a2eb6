import { get, type IncomingMessage } from "node:http"
import { afterAll, beforeAll, expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import { startEvents } from "#app/events.server.ts"
import { type AgentChange, changeAgent, changePassword, deactivateAgent } from "#app/models/people/account.server.ts"
import { acceptInvitation, invite } from "#app/models/people/invitation.server.ts"
import { changeMailbox } from "#app/models/people/mailbox.server.ts"
import { endSession, sessionsOf } from "#app/models/people/own-sessions.server.ts"
import { signOut } from "#app/models/people/session.server.ts"
import { tokenHash } from "#app/models/people/token.server.ts"
import { announce } from "#db/announce.server.ts"
import { db } from "#db/connection.server.ts"
import { billing, bo, cy, help, ida } from "#test/fixtures/desk.ts"
import { until } from "#test/support/server.ts"
import { cookieOf } from "#test/support/signed-in.ts"
import { smallDesk } from "#test/support/small-desk.ts"

type Heard = { status: number; text(): string; isOver(): boolean; close(): void }

let events: ReturnType<typeof startEvents>
let desk: Awaited<ReturnType<typeof smallDesk>>
beforeAll(async () => {
  events = startEvents(() => "http://localhost")
  desk = await smallDesk({}, { onEvents: events.onEvents })
})
afterAll(async () => {
  await events.close()
  desk.close()
})

/** A stream as a browser with this cookie opens it. */
async function listen(cookie: string): Promise<Heard> {
  const answer = await new Promise<IncomingMessage>((ready) =>
    get({ port: desk.port, path: "/events", headers: { cookie, host: `localhost:${desk.port}` } }, ready),
  )
  let [text, over] = ["", false]
  answer.setEncoding("utf8").on("data", (chunk) => (text += chunk))
  answer.on("close", () => (over = true)).on("error", () => {})
  const heard = { status: answer.statusCode ?? 0, text: () => text, isOver: () => over, close: () => answer.destroy() }
  if (heard.status === 200) await soon(() => text.startsWith("retry:"))
  return heard
}

const soon = (isSo: () => boolean) => until(async () => isSo(), Boolean, 3000)

/** Something happens in a mailbox, whose people hear of it. */
const tellOf = (mailboxId: number) => db.transaction((tx) => announce(tx, { kind: "mail", mailboxId }, deskNow()))

const person: Omit<AgentChange, "mailboxIds"> = {
  name: "Bo Diaz",
  role: "agent",
  loadLimit: 20,
  skills: [],
  mailboxLimits: [],
}
const mailboxIds = [help.id, billing.id]
const hashIn = (cookie: string) => tokenHash(cookie.split("=")[1] ?? "")

test.each<[string, (cookie: string) => Promise<unknown>]>([
  ["is deactivated", () => deactivateAgent(bo.id, deskNow())],
  ["signs out", (cookie) => signOut(new Request("http://localhost:3000", { headers: { cookie } }))],
  ["has this session ended from another", async (cookie) => endSession(bo.id, hashIn(cookie).slice(0, 16))],
  ["has a new password", () => changePassword(bo.id, "an entirely different one", "another session")],
  [
    "chose a password by invitation",
    async () => acceptInvitation((await invite(bo.id, deskNow())) ?? "", "an entirely different one", deskNow()),
  ],
])("whoever %s hears nothing more from that moment, and is refused the next stream", async (_how, change) => {
  const cookie = await cookieOf(bo)
  const stream = await listen(cookie)
  await change(cookie)
  await tellOf(help.id)
  await soon(stream.isOver)
  expect(stream.text()).not.toContain("event:")
  expect((await listen(cookie)).status).toBe(401)
})

test.each<[string, () => Promise<unknown>]>([
  ["a mailbox taken away on their own page", () => changeAgent(bo.id, { ...person, mailboxIds: [help.id] })],
  ["a mailbox taken away on its page", () => changeMailbox(billing.id, { name: "", agentIds: [], asksFor: [] })],
  ["another role", () => changeAgent(bo.id, { ...person, role: "lead", mailboxIds })],
])("whoever has %s gets a new stream with new rights", async (_how, change) => {
  const cookie = await cookieOf(bo)
  const stream = await listen(cookie)
  await change()
  await soon(stream.isOver)
  const next = await listen(cookie)
  await Promise.all([tellOf(billing.id), tellOf(help.id)])
  await soon(() => next.text().includes("event: change"))
  expect([stream.text(), next.status]).toEqual([expect.not.stringContaining("event:"), 200])
  next.close()
})

test("others, and whoever is only named anew, hear on", async () => {
  const [theirs, own] = await Promise.all([listen(await cookieOf(cy)), listen(await cookieOf(bo))])
  await changeAgent(bo.id, { ...person, name: "Bo", mailboxIds })
  await deactivateAgent(ida.id, deskNow())
  await tellOf(help.id)
  await soon(() => theirs.text().includes("event: change") && own.text().includes("event: change"))
  expect([theirs.isOver(), own.isOver()]).toEqual([false, false])
  theirs.close()
  own.close()
})

test("of eleven streams of one session the oldest ends and is told so; another session's stay", async () => {
  const [cookie, other] = [await cookieOf(bo), await cookieOf(bo)]
  const apart = await listen(other)
  const streams: Heard[] = []
  for (let count = 0; count < 11; count++) streams.push(await listen(cookie))
  await soon(() => streams[0]!.isOver())
  expect(streams[0]!.text()).toMatch(/\nretry: 3600000\nevent: over\n/)
  expect([...streams.slice(1), apart].map((stream) => stream.isOver())).toEqual(Array(11).fill(false))
  for (const stream of [...streams, apart]) stream.close()
})

test("over https, where the cookie has another name, streams open as well", async () => {
  const baseUrl = "https://desk.example"
  const secure = startEvents(() => baseUrl)
  const https = await smallDesk({ BASE_URL: baseUrl }, { onEvents: secure.onEvents })
  const cookie = `__Host-${await cookieOf(bo)}`
  const status = await new Promise((ready) =>
    get({ port: https.port, path: "/events", headers: { cookie, host: "desk.example" } }, (answer) => {
      ready(answer.statusCode)
      answer.destroy()
    }),
  )
  expect(status).toBe(200)
  await secure.close()
  https.close()
})

test("an open stream keeps no session alive", async () => {
  const now = deskNow()
  const cookie = await cookieOf(bo, new Date(now.getTime() - 6 * 86_400_000))
  const stream = await listen(cookie)
  const [session] = await sessionsOf(bo.id, "", now)
  expect(now.getTime() - session!.seenAt.getTime()).toBe(6 * 86_400_000)
  stream.close()
})
