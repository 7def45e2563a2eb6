import { sql } from "drizzle-orm"
import { afterEach, beforeEach, expect, test } from "vitest"
import { log } from "#app/log.server.ts"
import { watchMailboxes } from "#app/mailbox-watch.server.ts"
import { claimAccount, holdAccount } from "#app/models/mail/imap-lease.server.ts"
import { db } from "#db/connection.server.ts"
import { mailReceived } from "#db/tables/mail.ts"
import { imapAccounts } from "#db/tables/ways.ts"
import { help, noon } from "#test/fixtures/desk.ts"
import { letter } from "#test/support/arrive.ts"
import { startDovecot } from "#test/support/dovecot.ts"
import { accountNow, fetchHelp } from "#test/support/imap-account.ts"
import { startImapScript } from "#test/support/imap-script.ts"
import { until } from "#test/support/server.ts"

const quick = { claim: 50, hold: 100, poll: 60_000, firstPause: 50, longestPause: 400 }
const ends: (() => Promise<unknown>)[] = []
beforeEach(() => {
  log.level = "silent"
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function dovecot() {
  const server = await startDovecot()
  ends.push(() => server.stop())
  return server
}

function watch(pace = quick) {
  const watching = watchMailboxes(() => noon, pace)
  ends.push(() => watching.stop())
  return watching
}

const count = async () => (await db.select({ id: mailReceived.id }).from(mailReceived)).length
const comesTo = (number: number) => until(count, (seen) => seen === number)
const problemIs = (words: string) => until(accountNow, ({ problem }) => problem?.includes(words) ?? false)

test("new mail is in the ledger seconds after it came, long before the next look", async () => {
  const server = await dovecot()
  await fetchHelp(server.port)
  watch()
  server.deliver(letter())
  await comesTo(1)
  const started = Date.now()
  server.deliver(letter())
  await comesTo(2)
  expect(Date.now() - started).toBeLessThan(10_000)
  expect(await accountNow()).toMatchObject({ seenAt: noon, problem: null })
})

test("a look that trusts no IDLE finds what nobody told of", async () => {
  const server = await startImapScript({
    FETCH: "* 1 FETCH (UID 1 RFC822.SIZE 10 BODY[] {10}\r\nSubject: x)\r\n# OK",
    IDLE: "+ idling",
  })
  ends.push(() => server.close())
  await fetchHelp(server.port)
  watch({ ...quick, poll: 200 })
  await until(
    async () => server.heard.filter((line) => line.includes("SEARCH")).length,
    (looks) => looks >= 3,
  )
})

test("a server that hangs up, and comes back later, is visited again and nothing is lost", async () => {
  const server = await dovecot()
  await fetchHelp(server.port)
  watch()
  server.deliver(letter())
  await comesTo(1)
  await server.cut()
  await problemIs("No mail server answered there")
  server.deliver(letter())
  await server.restart()
  await comesTo(2)
  await until(accountNow, ({ problem }) => problem === null)
})

test("a refused password is told, tried three times and then left until somebody mends it", async () => {
  const server = await dovecot()
  await fetchHelp(server.port, { password: "wrong" })
  watch()
  await until(accountNow, ({ pausedAt }) => pausedAt !== null)
  await problemIs("The server refused the sign-in: Authentication failed.")
  server.deliver(letter())
  await fetchHelp(server.port)
  await comesTo(1)
  expect(await accountNow()).toMatchObject({ pausedAt: null })
})

test("a server that refuses is asked three times and no more", async () => {
  const server = await startImapScript({ LOGIN: "# NO [AUTHENTICATIONFAILED] no" })
  ends.push(() => server.close())
  await fetchHelp(server.port)
  watch()
  await until(accountNow, ({ pausedAt }) => pausedAt !== null)
  await new Promise((done) => setTimeout(done, 500))
  expect(server.heard.filter((line) => line.includes("LOGIN"))).toHaveLength(3)
})

test("of two processes one fetches an account, and the other when the first is gone", async () => {
  const server = await dovecot()
  await fetchHelp(server.port)
  const [first, second] = [watch(), watch()]
  server.deliver(letter())
  await comesTo(1)
  const { leasedBy } = await accountNow()
  await first.stop()
  await until(accountNow, (row) => row.leasedBy !== null && (row.leasedBy === leasedBy || row.seenAt !== null))
  server.deliver(letter())
  await comesTo(2)
  await second.stop()
  expect((await accountNow()).leasedBy).toBeNull()
})

test("an account held by a process that died is taken over when its time is up, by the database's clock", async () => {
  await fetchHelp(1)
  expect(await claimAccount("one")).toMatchObject({ mailboxId: help.id, address: help.address })
  expect(await claimAccount("two")).toBeNull()
  expect(await holdAccount(help.id, "two")).toBeNull()
  await db.update(imapAccounts).set({ leasedUntil: sql`now() - interval '1 second'` })
  expect(await claimAccount("two")).not.toBeNull()
  expect(await holdAccount(help.id, "one")).toBeNull()
})

test("a change in the settings takes hold while it is being fetched", async () => {
  const server = await dovecot()
  await fetchHelp(server.port)
  watch()
  server.deliver(letter())
  await comesTo(1)
  await fetchHelp(server.port, { afterwards: "move", moveTo: "Done", password: "" })
  server.deliver(letter())
  await comesTo(2)
  await until(
    async () => server.uidsIn("Done").catch(() => []),
    (uids) => uids.length === 1,
  )
})

test("it stops at once, in the middle of waiting or of a failure", async () => {
  const server = await dovecot()
  await fetchHelp(server.port)
  const watching = watch()
  await until(accountNow, ({ seenAt }) => seenAt !== null)
  const started = Date.now()
  await watching.stop()
  expect(Date.now() - started).toBeLessThan(8000)
  expect((await accountNow()).leasedBy).toBeNull()
})
