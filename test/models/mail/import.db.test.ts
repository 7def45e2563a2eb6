import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { asc } from "drizzle-orm"
import { expect, test } from "vitest"
import { importMail } from "#app/models/mail/import.server.ts"
import { receiveNext } from "#app/models/mail/receive.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { mailBytes, mailReceived } from "#db/tables/mail.ts"
import { billing, help, noon } from "#test/fixtures/desk.ts"
import { letter } from "#test/support/arrive.ts"

const asked = { mailbox: null, asClosed: false, now: () => noon, onProgress: () => {} }
const folder = () => mkdtempSync(join(tmpdir(), "upturn-import-"))

test("a folder is taken in file by file, and once more changes nothing", async () => {
  const path = folder()
  mkdirSync(join(path, "deeper"))
  writeFileSync(join(path, "a.eml"), letter())
  writeFileSync(join(path, "deeper", "b.eml"), letter({ to: billing.address }))
  writeFileSync(join(path, "empty.eml"), "")
  writeFileSync(join(path, ".DS_Store"), "x")
  expect(await importMail({ ...asked, path })).toEqual({ files: 3, taken: 2, known: 0, skipped: 1 })
  expect(await importMail({ ...asked, path })).toEqual({ files: 3, taken: 0, known: 2, skipped: 1 })
  const rows = await db.select().from(mailReceived).orderBy(asc(mailReceived.id))
  expect(rows.map(({ via, envelopeTo }) => [via, envelopeTo])).toEqual([
    ["import", [help.address]],
    ["import", [billing.address]],
  ])
})

test("an mbox is as many mails as it holds, its quoted lines as they were", async () => {
  const path = join(folder(), "all.mbox")
  const mails = [
    letter({ text: "One\r\n>From me\r\n>>From you\r\n" }),
    letter({ text: "Two\r\n" }),
    letter({ text: "Three" }),
  ]
  writeFileSync(
    path,
    mails.map((mail) => `From dana@customer.example Tue Mar 10 12:00:00 2026\r\n${mail}\r\n`).join(""),
  )
  expect(await importMail({ ...asked, path })).toMatchObject({ files: 1, taken: 3 })
  const texts = (await db.select().from(mailBytes).orderBy(asc(mailBytes.mailId))).map(({ raw }) => raw.toString())
  expect(texts[0]).toContain("\r\nFrom me\r\n>From you\r\n")
  expect(texts[0]?.startsWith("From:")).toBe(true)
})

test("a mailbox given counts before what is written on the mail", async () => {
  const path = join(folder(), "a.eml")
  writeFileSync(path, letter({ to: "someone@elsewhere.example" }))
  await importMail({ ...asked, path, mailbox: billing.address })
  expect((await db.select().from(mailReceived))[0]?.envelopeTo).toEqual([billing.address])
})

test("history ends as closed cases in nobody's hands", async () => {
  const path = join(folder(), "a.eml")
  writeFileSync(path, letter())
  await importMail({ ...asked, path, asClosed: true })
  while (await receiveNext("test", () => noon));
  expect(await db.select().from(cases)).toMatchObject([{ agentId: null, waitingSince: null, closedAt: noon }])
})
