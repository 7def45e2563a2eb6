import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { eq } from "drizzle-orm"
import { afterEach, expect, test } from "vitest"
import { deliveriesOf } from "#app/models/mail/delivery.server.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { accountOfMailbox, changeAccount, removeAccount } from "#app/models/mail/smtp-account.server.ts"
import type { AccountForm } from "#app/models/mail/smtp-account.ts"
import { db } from "#db/connection.server.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { mailboxes } from "#db/tables/people.ts"
import { smtpAccounts, smtpHosts } from "#db/tables/ways.ts"
import { ann, billing, dana, eli, help, ida, later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { type SinkScript, startSink } from "#test/support/mail-sink.ts"
import { mailNow, replied } from "#test/support/replies.ts"
import { startScript } from "#test/support/scripted-server.ts"
import { viewer } from "#test/support/viewer.ts"

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})
const sinkWith = async (script: Partial<SinkScript> = {}) => {
  const sink = await startSink(script)
  open.push(sink.close)
  return sink
}
const formFor = (port: number, changes: Partial<AccountForm> = {}): AccountForm => ({
  host: "127.0.0.1",
  port,
  security: "none",
  username: "",
  method: "password",
  secret: null,
  perMinute: null,
  perDay: null,
  ...changes,
})
const given = (mailboxId: number, form: AccountForm) => changeAccount(viewer(ida), mailboxId, form)
const deliver = (smtpUrl: string | null, at = later(1)) => deliverNext("test", () => at, { smtpUrl })
const stateOf = async (caseNumber: number, at = later(1)) => [...(await deliveriesOf(caseNumber, at)).values()].at(-1)

test("a mailbox with a server of its own sends by it, the others by the desk's, and without one mail is kept", async () => {
  const [desks, own] = [await sinkWith(), await sinkWith()]
  await given(billing.id, formFor(own.port))
  await replied(await caseOf("Where?"))
  await replied(await caseOf("How much?", noon, eli, billing.id))
  while (await deliver(desks.url));
  expect([desks.mails.map(({ to }) => to), own.mails.map(({ to }) => to)]).toEqual([[[dana.address]], [[eli.address]]])
  const kept = await replied(await caseOf("Where?"))
  await replied(await caseOf("How much?", noon, eli, billing.id))
  while (await deliver(null));
  expect((await mailNow(kept.mailId)).keptAt).not.toBeNull()
  expect(own.mails).toHaveLength(2)
})

test("the secret is sealed, opens for sending, stays when left empty, and never goes to another server or name", async () => {
  const sink = await sinkWith({ users: { "help@desk.example": "se cret" } })
  const form = formFor(sink.port, { username: "help@desk.example", secret: "se cret" })
  expect(await given(help.id, form)).toBe("changed")
  const [row] = await db.select().from(smtpAccounts)
  expect(row?.sealed?.toString("latin1")).not.toContain("se cret")
  expect(JSON.stringify(await accountOfMailbox(help.id))).not.toMatch(/sealed|se cret/)
  expect(await given(help.id, { ...form, secret: null, perDay: 5 })).toBe("changed")
  await replied(await caseOf("Where?"))
  await deliver(null)
  expect(sink.mails).toHaveLength(1)
  expect(await given(help.id, { ...form, host: "localhost", secret: null })).toBe("no secret")
  expect(await given(help.id, { ...form, username: "other", secret: null })).toBe("no secret")
  expect(await accountOfMailbox(help.id)).toMatchObject({ host: "127.0.0.1", perDay: 5 })
})

test("only an admin sets or removes it", async () => {
  expect(await changeAccount(viewer(ann), help.id, formFor(25))).toBe("not yours")
  await given(help.id, formFor(25))
  expect(await removeAccount(viewer(ann), help.id)).toBe("not yours")
  expect(await removeAccount(viewer(ida), help.id)).toBe("removed")
  expect(await accountOfMailbox(help.id)).toBeNull()
})

test("a limit of two a minute lets two go and tells the rest when their turn is, none lost", async () => {
  const sink = await sinkWith()
  await given(help.id, formFor(sink.port, { perMinute: 2 }))
  const numbers: number[] = []
  for (let n = 0; n < 5; n++) numbers.push(await caseOf(`Question ${n}`))
  for (const number of numbers) await replied(number)
  while (await deliver(null));
  expect(sink.mails).toHaveLength(2)
  const waits = "Waits: the mailbox's limit of 2 a minute"
  const states = await Promise.all(numbers.map((number) => stateOf(number)))
  expect(states).toMatchObject([
    { state: "sent" },
    { state: "sent" },
    { state: "queued", at: later(2).toISOString(), answer: waits },
    { state: "queued", at: later(2.5).toISOString(), answer: waits },
    { state: "queued", at: later(3).toISOString(), answer: waits },
  ])
  expect(await db.select({ n: mailToSend.attempts }).from(mailToSend).orderBy(mailToSend.id)).toEqual(
    [1, 1, 0, 0, 0].map((n) => ({ n })),
  )
  for (const minutes of [2, 2.5, 3, 3.5, 4]) while (await deliver(null, later(minutes)));
  expect(sink.mails).toHaveLength(5)
})

test("a day's limit holds over the minutes of it", async () => {
  const sink = await sinkWith()
  await given(help.id, formFor(sink.port, { perMinute: 30, perDay: 2 }))
  for (let n = 0; n < 3; n++) await replied(await caseOf(`Question ${n}`))
  while (await deliver(null));
  while (await deliver(null, later(10)));
  expect(sink.mails).toHaveLength(2)
  const [waiting] = (await db.select().from(mailToSend)).filter(({ sentAt }) => sentAt === null)
  expect(waiting).toMatchObject({ dueAt: later(24 * 60 + 1), lastAnswer: "Waits: the mailbox's limit of 2 a day" })
})

test("eight senders side by side never send more than the limit, and all of it in the end", async () => {
  const sink = await sinkWith()
  await given(help.id, formFor(sink.port, { perMinute: 3 }))
  for (let n = 0; n < 12; n++) await replied(await caseOf(`Question ${n}`))
  const senders = (at: Date) =>
    Promise.all(
      Array.from({ length: 8 }, async () => {
        while (await deliver(null, at));
      }),
    )
  for (let seconds = 0; seconds < 60; seconds += 5) await senders(new Date(later(1).getTime() + seconds * 1000))
  expect(sink.mails).toHaveLength(3)
  for (let minutes = 2; minutes < 8; minutes += 0.25) await senders(later(minutes))
  expect(sink.mails).toHaveLength(12)
})

test("a server that says 421 is left alone 1, 2, 5, then 15 minutes, by every mailbox, and is back with the first mail it takes", async () => {
  let isBusy = true
  const sink = await sinkWith({ onFrom: () => (isBusy ? { code: 421, words: "Too many from you" } : undefined) })
  await given(billing.id, formFor(sink.port))
  const first = await replied(await caseOf("Where?"))
  await deliver(sink.url)
  const asked = sink.connections()
  const other = await replied(await caseOf("How much?", noon, eli, billing.id))
  await deliver(sink.url, later(1.5))
  expect(sink.connections()).toBe(asked)
  expect((await mailNow(other.mailId)).lastAnswer).toBe("421 Too many from you")
  const rests: number[] = []
  for (let at = later(1); rests.length < 5; ) {
    const [host] = await db.select().from(smtpHosts)
    rests.push(((host?.restUntil.getTime() ?? 0) - at.getTime()) / 60_000)
    at = host?.restUntil ?? at
    await db.update(mailToSend).set({ dueAt: at }).where(eq(mailToSend.id, first.mailId))
    await deliver(sink.url, at)
  }
  expect(rests).toEqual([1, 2, 5, 15, 15])
  isBusy = false
  while (await deliver(sink.url, later(9999)));
  expect(sink.mails).toHaveLength(2)
  expect(await db.select().from(smtpHosts)).toEqual([])
})

test("never more than five connections to one server at once, however many send", async () => {
  let [now, most] = [0, 0]
  const sink = await sinkWith({
    onRcpt: async () => {
      most = Math.max(most, ++now)
      await new Promise((done) => setTimeout(done, 20))
      now--
      return undefined
    },
  })
  for (let n = 0; n < 20; n++) await replied(await caseOf(`Question ${n}`))
  const sender = async () => {
    while (await deliver(sink.url));
  }
  await Promise.all(Array.from({ length: 12 }, sender))
  expect(sink.mails).toHaveLength(20)
  expect(most).toBeLessThanOrEqual(5)
})

/** A server that takes one token, and the place where a new one is had. */
async function tokenDesk(good: string) {
  const asked: string[] = []
  const tokens = createServer(async (request, answer) => {
    let body = ""
    for await (const chunk of request) body += chunk
    asked.push(body)
    answer.setHeader("Content-Type", "application/json")
    answer.statusCode = good === "" ? 400 : 200
    answer.end(JSON.stringify(good === "" ? { error: "invalid_grant" } : { access_token: good, expires_in: 3600 }))
  })
  await new Promise<void>((ready) => void tokens.listen(0, "127.0.0.1", ready))
  open.push(() => tokens.close())
  return { asked, tokenUrl: `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token` }
}

const xoauth = (token: string) => Buffer.from(`user=help@desk.example\u0001auth=Bearer ${token}\u0001\u0001`)

test("an access token that is over is renewed before it is used, and the new one is kept", async () => {
  const server = await startScript({
    EHLO: "250-test\r\n250 AUTH XOAUTH2\r\n",
    AUTH: (line) => (line === `AUTH XOAUTH2 ${xoauth("fresh").toString("base64")}` ? "235 welcome" : "535 no"),
  })
  open.push(server.close)
  const { asked, tokenUrl } = await tokenDesk("fresh")
  const secret = { accessToken: "old", refreshToken: "r/1", clientId: "me", clientSecret: "s", tokenUrl }
  const form = formFor(server.port, { username: "help@desk.example", method: "oauth2" })
  const over = { ...secret, expiresAt: later(1).toISOString() }
  await given(help.id, { ...form, secret: JSON.stringify(over) })
  for (let n = 0; n < 2; n++) {
    const { mailId } = await replied(await caseOf("Where?"))
    await deliver(null)
    expect((await mailNow(mailId)).sentAt).toEqual(later(1))
  }
  expect(asked).toEqual(["grant_type=refresh_token&refresh_token=r%2F1&client_id=me&client_secret=s"])
})

test("a token the server turns away is renewed once; when that is refused the mailbox pauses with the words for it", async () => {
  const server = await startScript({ EHLO: "250-test\r\n250 AUTH XOAUTH2\r\n", AUTH: () => "535 5.7.8 bad token" })
  open.push(server.close)
  const { asked, tokenUrl } = await tokenDesk("")
  const secret = JSON.stringify({ accessToken: "old", refreshToken: "r", tokenUrl })
  await given(help.id, formFor(server.port, { username: "help@desk.example", method: "oauth2", secret }))
  const { mailId } = await replied(await caseOf("Where?"))
  await deliver(null)
  expect(asked).toHaveLength(1)
  const [box] = await db.select().from(mailboxes).where(eq(mailboxes.id, help.id))
  expect(box?.pausedBecause).toBe("The access token could not be renewed: the server answered 400 (invalid_grant)")
  expect(await mailNow(mailId)).toMatchObject({ attempts: 0, sentAt: null, failedAt: null })
})
