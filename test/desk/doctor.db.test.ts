import { mkdtempSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, expect, inject, test } from "vitest"
import { examine, node } from "#app/desk/doctor.ts"
import { readEnv } from "#app/env.server.ts"
import { seal } from "#app/models/people/sealed.server.ts"
import { setSecret } from "#app/models/people/secret.server.ts"
import { connect, db } from "#db/connection.server.ts"
import { jobs } from "#db/tables/jobs.ts"
import { mailboxes } from "#db/tables/people.ts"
import { imapAccounts, smtpAccounts } from "#db/tables/ways.ts"
import { billing, help, noon } from "#test/fixtures/desk.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { startSink } from "#test/support/mail-sink.ts"
import { secret } from "#test/support/server.ts"

afterEach(async () => connect(await freshDatabase(inject("clusterUrl"))))

async function findings(more: Record<string, string> = {}, before: () => Promise<unknown> = async () => {}) {
  const url = await freshDatabase(inject("clusterUrl"))
  connect(url)
  await before()
  const folder = mkdtempSync(join(tmpdir(), "upturn-doctor-"))
  const found = await examine(
    readEnv({ NODE_ENV: "test", DATA_DIR: folder, DATABASE_URL: url, MAIL_PORT: "1", ...more }),
  )
  return Object.fromEntries(found.map(({ part, ok, words }) => [part, { ok, words }]))
}

async function listening(greeting: string) {
  const server = createServer((socket) => socket.on("error", () => {}).end(greeting)).listen(0, "127.0.0.1")
  await new Promise((ready) => server.once("listening", ready))
  return String((server.address() as { port: number }).port)
}

test("a desk in order has nothing wrong but the tests' own fsync", async () => {
  const found = await findings()
  expect(Object.entries(found).filter(([, { ok }]) => !ok)).toEqual([
    ["database", { ok: false, words: "fsync is off: a power cut loses mail. Set fsync = on" }],
  ])
  expect(found["mail door"]?.words).toBe("port 1 is free: no desk takes mail there now")
  expect(found["outgoing mail"]?.words).toBe("SMTP_URL is not set: mail is kept and shown, nothing leaves")
})

test("work that nobody does is found, with what to do", async () => {
  const { jobs: found } = await findings({}, () => db.insert(jobs).values({ kind: "demo", dueAt: noon }))
  expect(found).toEqual({
    ok: false,
    words: expect.stringMatching(/^1 due, .*: is a desk with ROLE=worker running\?$/),
  })
})

test("a mail port that something else uses is found", async () => {
  const [ours, other] = [await listening("220 desk ESMTP\r\n"), await listening("SSH-2.0-x\r\n")]
  expect((await findings({ MAIL_PORT: ours }))["mail door"]).toEqual({ ok: true, words: `answers on port ${ours}` })
  expect((await findings({ MAIL_PORT: other }))["mail door"]?.ok).toBe(false)
})

test("a role that may do everything is a warning, not a fault", async () => {
  expect((await findings())["database role"]).toEqual({ ok: true, words: "owns its database, no more" })
  const url = new URL(inject("adminUrl"))
  url.pathname = new URL(await freshDatabase(inject("clusterUrl"))).pathname
  expect((await findings({ DATABASE_URL: url.href }))["database role"]).toEqual({
    ok: true,
    words: expect.stringMatching(/^The role upturn of DATABASE_URL may do everything on its server\./),
  })
})

test("a relay that does not answer is found", async () => {
  const more = { SMTP_URL: "smtp://127.0.0.1:1", BASE_URL: "http://desk.example" }
  expect((await findings(more))["outgoing mail"]).toEqual({
    ok: false,
    words: "127.0.0.1:1 (SMTP_URL) does not answer: check its name, port and firewall",
  })
})

test("the servers of mailboxes are tried side by side, and told by mailbox with what to do", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1")
  await new Promise((ready) => silent.once("listening", ready))
  const { port } = silent.address() as { port: number }
  const sink = await startSink({ users: { help: "right" } })
  setSecret(secret)
  const at = { host: "127.0.0.1", security: "none" as const }
  const began = performance.now()
  const found = await findings({ SECRET: secret }, async () => {
    await db.insert(mailboxes).values([help, billing].map((box) => ({ ...box, createdAt: noon })))
    await db.insert(smtpAccounts).values([
      {
        ...at,
        mailboxId: help.id,
        port: sink.port,
        username: "help",
        sealed: seal("wrong", `smtp account ${help.id}`),
      },
      { ...at, mailboxId: billing.id, port: 1 },
    ])
    const sealed = seal("secret", `imap account ${help.id}`)
    await db.insert(imapAccounts).values({ ...at, mailboxId: help.id, port, username: "h", sealed, setUpAt: noon })
  })
  expect(performance.now() - began).toBeLessThan(20_000)
  expect(found["help@desk.example outgoing"]).toEqual({
    ok: false,
    words: expect.stringMatching(/: 535 .*try it there$/),
  })
  expect(found["billing@desk.example outgoing"]).toMatchObject({ ok: false })
  expect(found["billing@desk.example outgoing"]?.words).toMatch(/Outgoing mail, and try it there$/)
  expect(found["help@desk.example incoming"]).toMatchObject({ ok: false })
  expect(found["mail leaves by"]?.words).toMatch(/^billing@desk\.example through 127\.0\.0\.1:1, help@/)
  await sink.close()
  silent.close()
})

test("a database that cannot be reached is one finding, not a crash", async () => {
  const found = await findings({ DATABASE_URL: "postgres://x:y@127.0.0.1:5/nothing" })
  expect(found).toMatchObject({ database: { ok: false } })
})

test("Node 20.19, 22.12 and 24 will do, and what package.json leaves out will not", () => {
  const versions = ["18.20.0", "20.18.3", "20.19.0", "21.7.3", "22.11.0", "22.12.0", "23.11.0", "24.1.0", "25.0.0"]
  expect(versions.filter((version) => node(version).ok)).toEqual(["20.19.0", "22.12.0", "24.1.0", "25.0.0"])
})
