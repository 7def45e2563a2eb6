import { eq, sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { addressWords } from "#app/models/mail/delivery.ts"
import { makeToken } from "#app/models/people/api-token.server.ts"
import { noteFault } from "#app/models/people/round-faults.server.ts"
import { loader as frame } from "#app/root.tsx"
import { warningsNow } from "#app/warnings/warnings.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { jobs } from "#db/tables/jobs.ts"
import { mailReceived, mailToSend } from "#db/tables/mail.ts"
import { mailboxes, settings } from "#db/tables/people.ts"
import { dkimKeys, imapAccounts, imapSetAside, smtpAccounts, smtpHosts } from "#db/tables/ways.ts"
import { ann, billing, help, ida, later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { replied } from "#test/support/replies.ts"
import { requestAs } from "#test/support/signed-in.ts"
import { smallDesk } from "#test/support/small-desk.ts"
import { statementsOf } from "#test/support/statements.ts"

const now = later(600)
const lines = async () => (await warningsNow(now)).map(({ kind, line }) => `${kind}: ${line}`)
const setMail = (facts: Partial<typeof mailToSend.$inferInsert>) =>
  db.update(mailToSend).set({ dueAt: later(10_000_000), ...facts })
const own = { mailboxId: help.id, host: "smtp.example", port: 465, security: "tls" as const }
const imap = { mailboxId: help.id, host: "imap.example", port: 993, security: "tls" as const, setUpAt: noon }

async function mail(facts: Partial<typeof mailToSend.$inferInsert>) {
  const number = await caseOf("Where?")
  await replied(number)
  await setMail(facts)
  return number
}

test("a desk in order has no warning", async () => {
  await mail({ sentAt: noon })
  expect(await lines()).toEqual([])
})

test("mail that a server put off is told with the server, how many, since when and what it said", async () => {
  await mail({ attempts: 2, lastAnswer: "451 4.3.0 try again later", undoUntil: noon })
  const [one] = await warningsNow(now)
  expect(one).toMatchObject({ kind: "outgoing-deferred", since: noon, count: 1, to: "/sent?view=waiting" })
  expect([one?.line, one?.more]).toEqual([
    "1 email waits to be tried again at the desk's mail server",
    "It said “451 4.3.0 try again later”. They are of Help, and are tried again by themselves for 48 hours from each one's sending.",
  ])
  await db.insert(smtpAccounts).values(own)
  await db.insert(smtpHosts).values({ host: "smtp.example:465", restUntil: later(601), words: "421 busy" })
  expect(await lines()).toEqual(["server-away: smtp.example:465 takes no mail at present: 1 email waits"])
})

test("what a limit of ours holds back, and a first knock at a greylist, are no trouble", async () => {
  await mail({ attempts: 1, lastAnswer: "Waits: the mailbox's limit of 30 a minute" })
  expect(await lines()).toEqual([])
  await setMail({ attempts: 1, lastAnswer: "450 4.2.0 Greylisted, see you in 60 s" })
  expect(await lines()).toEqual([])
  await setMail({ attempts: 2, lastAnswer: "450 4.2.0 Greylisted, see you in 60 s" })
  expect(await lines()).toHaveLength(1)
})

test("mail that waits for a public address is told with where to set one", async () => {
  await mail({ lastAnswer: addressWords })
  expect(await warningsNow(now)).toMatchObject([
    { kind: "outgoing-held", line: "1 email waits: the desk has no public address", to: "/settings/address" },
  ])
})

test("a mailbox whose sign-in is refused is told, by OAuth with what it needs", async () => {
  await mail({ attempts: 0 })
  const pause = (pausedBecause: string) =>
    db.update(mailboxes).set({ pausedAt: noon, pausedBecause }).where(eq(mailboxes.id, help.id))
  await pause("535 5.7.8 no")
  expect(await lines()).toEqual(["outgoing-paused: Mail of Help waits: the mail server refuses our sign-in"])
  await pause("The access token could not be renewed: the server answered 400 (invalid_grant)")
  expect(await lines()).toEqual(["outgoing-paused: Mail of Help waits: its sign-in by OAuth cannot be renewed"])
})

test("mail of a paused mailbox waits for a person, and the desk stays ready", async () => {
  await mail({})
  await db.update(mailToSend).set({ dueAt: sql`now() - interval '1 hour'` })
  await db
    .insert(jobs)
    .values({ kind: "tallies", dueAt: sql`now() - interval '1 hour'`, attempts: 10, lastError: "no" })
  await db.update(mailboxes).set({ pausedAt: noon, pausedBecause: "535 no" }).where(eq(mailboxes.id, help.id))
  expect((await lines()).map((line) => line.split(":")[0])).toEqual(["outgoing-paused", "job-fails"])
  const answer = await (await smallDesk()).send("/readyz")
  expect([answer.status, JSON.parse(answer.text).status]).toEqual([200, "ready"])
})

test("mail that failed is told until somebody deals with it", async () => {
  const number = await mail({ failedAt: later(590), lastAnswer: "550 no such user" })
  expect(await lines()).toEqual(["outgoing-failed: 1 email of the last 7 days could not be sent"])
  await db
    .update(cases)
    .set({ closedAt: later(595) })
    .where(eq(cases.number, number))
  expect(await lines()).toEqual([])
})

test("a server that refuses more than it takes is told, and mail that may have arrived", async () => {
  for (let one = 0; one < 3; one++) await replied(await caseOf(`Where? ${one}`))
  await setMail({ failedAt: later(590), lastAnswer: "550 5.7.1 blocked" })
  expect((await lines())[0]).toBe(
    "server-refuses: the desk's mail server refused 3 emails within an hour, more than it took",
  )
  await setMail({ failedAt: null, unconfirmedAt: noon })
  expect(await lines()).toEqual(["outgoing-unconfirmed: 3 emails may or may not have arrived"])
})

test.each([
  [
    { pausedAt: noon, problem: "535 no" },
    ["incoming-paused: Mail to Help is not fetched: imap.example refuses our sign-in"],
  ],
  [
    { problem: "There is no server of that name.", problemAt: noon },
    ["incoming-away: Mail to Help cannot be fetched from imap.example"],
  ],
  [{ problem: "The server hung up.", seenAt: later(599), problemAt: later(600) }, []],
  [
    { problem: "The server hung up.", seenAt: later(590), problemAt: later(600) },
    ["incoming-away: Mail to Help cannot be fetched from imap.example"],
  ],
  [
    { problem: "NO move", seenAt: noon, problemAt: noon },
    ["incoming-partly: Mail to Help is fetched, but imap.example does not do all that was asked"],
  ],
])("an IMAP mailbox with %j is told as %j", async (facts, told) => {
  await db.insert(imapAccounts).values({ ...imap, ...facts })
  expect(await lines()).toEqual(told)
})

test("mail a server does not hand over, and mail that could not be read or filed, is told", async () => {
  await db.insert(imapAccounts).values({ ...imap, problem: "does not hand over", seenAt: noon, problemAt: noon })
  const aside = { mailboxId: help.id, folder: "INBOX", uidValidity: 1, words: "NO", since: noon, dueAt: noon }
  await db.insert(imapSetAside).values([
    { ...aside, uid: 1 },
    { ...aside, uid: 2 },
  ])
  const row = {
    receivedAt: noon,
    via: "smtp" as const,
    envelopeFrom: "",
    envelopeTo: [],
    size: 1,
    dueAt: later(10_000_000),
  }
  await db.insert(mailReceived).values([
    {
      ...row,
      digest: "a",
      fate: "failed",
      because: "Could not be read: x",
      caseNumber: await caseOf("Message could not be read"),
      handledAt: noon,
    },
    { ...row, digest: "b", attempts: 3, lastError: "disk full" },
  ])
  expect(await lines()).toEqual([
    "incoming-deferred: 1 email received could not be filed yet",
    "incoming-withheld: 2 emails to Help cannot be fetched: the server does not hand them over",
    "incoming-unreadable: 1 email could not be read and was set aside as a case",
  ])
})

test("work that fails, keys nobody can see and settings nobody can read are told", async () => {
  await db.insert(dkimKeys).values({
    domain: "desk.example",
    selector: "s",
    algorithm: "rsa",
    sealedKey: Buffer.of(1),
    publicKey: "x",
    createdAt: noon,
  })
  await db.insert(settings).values({ key: "replies.undoSeconds", value: "soon", changedAt: noon })
  await noteFault("settle", "column gone", 3, noon)
  expect(await lines()).toEqual([
    'work-fails: The part of the worker named "settle" failed 3 times running',
    "signing-off: Mail from desk.example is not signed: no key of it is published in DNS",
    "setting-unreadable: The setting replies.undoSeconds cannot be read and counts as never set",
  ])
})

test("admins see the worst of it on every page, and how much more there is; nobody else does", async () => {
  await mail({ failedAt: later(590), lastAnswer: "550 no" })
  const seen = async (person: { id: number }) => {
    const answer = await frame({ request: await requestAs(person, "/cases"), params: {}, context: {} })
    return (await answer.json()).frame?.warning
  }
  expect(await seen(ann)).toBeNull()
  await db.update(mailToSend).set({ failedAt: sql`now()` })
  await db.update(mailboxes).set({ pausedAt: noon, pausedBecause: "535 no" }).where(eq(mailboxes.id, billing.id))
  expect(await seen(ida)).toEqual({
    line: "Mail of Billing waits: the mail server refuses our sign-in",
    to: `/settings/outgoing/${billing.id}`,
    more: 1,
  })
})

test("all of it is one question to the database, and one for the settings and the queues", async () => {
  expect(await statementsOf(() => warningsNow(now))).toHaveLength(3)
})

test("a probe is told what is wrong, without names unless it has a token, and how much of each kind there is", async () => {
  await db.update(mailboxes).set({ pausedAt: noon, pausedBecause: "535 no" }).where(eq(mailboxes.id, help.id))
  const desk = await smallDesk()
  const token = { headers: { Authorization: `Bearer ${await makeToken("Prometheus", ["metrics"], noon)}` } }
  const asked = async (init = {}) => JSON.parse((await desk.send("/readyz", init)).text)
  expect(await asked()).toEqual({
    ...{ status: "ready", database: "ok" },
    warnings: [
      {
        kind: "outgoing-paused",
        since: noon.toISOString(),
        words: expect.stringMatching(/^A mail server refuses our sign-in/),
      },
    ],
  })
  expect((await asked(token)).warnings[0].words).toMatch(/^Mail of Help waits.*“535 no”/)
  expect((await asked({ headers: { Authorization: "Bearer upturn_no" } })).warnings[0].words).not.toContain("Help")
  const { text } = await desk.send("/metrics", token)
  expect(text).toContain('desk_warnings{kind="outgoing-paused"} 1')
  expect(text).toContain('desk_warnings{kind="disk-full"} 0')
})
