import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { asc } from "drizzle-orm"
import { expect, test } from "vitest"
import { type ImportCounts, importMail } from "#app/models/mail/import.server.ts"
import { receiveNext } from "#app/models/mail/receive.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { mailBytes, mailReceived } from "#db/tables/mail.ts"
import { imports } from "#db/tables/ways.ts"
import { billing, help, noon } from "#test/fixtures/desk.ts"
import { letter } from "#test/support/arrive.ts"

const asked = {
  mailbox: null,
  asClosed: false,
  now: () => noon,
  onProgress: (_counts: ImportCounts, _done: number, _of: number) => {},
}
const folder = () => mkdtempSync(join(tmpdir(), "upturn-import-"))

test("a folder is taken in file by file, and once more changes nothing", async () => {
  const path = folder()
  mkdirSync(join(path, "deeper"))
  writeFileSync(join(path, "a.eml"), letter())
  writeFileSync(join(path, "deeper", "b.eml"), letter({ to: billing.address }))
  writeFileSync(join(path, "empty.eml"), "")
  writeFileSync(join(path, ".DS_Store"), "x")
  expect(await importMail({ ...asked, path })).toMatchObject({ files: 3, taken: 2, known: 0, skipped: 1 })
  expect(await importMail({ ...asked, path })).toMatchObject({ files: 3, taken: 0, known: 2, skipped: 1 })
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

const mboxOf = (mails: readonly string[], newline = "\r\n") =>
  mails
    .map((mail) => `From dana@customer.example Tue Mar 10 12:00:00 2026${newline}${mail}${newline}${newline}`)
    .join("")
const written = (text: string | Buffer) => {
  const path = join(folder(), "all.mbox")
  writeFileSync(path, text)
  return path
}
const counted = async () => (await db.select({ id: mailReceived.id }).from(mailReceived)).length

test("a mail is the same whether it lies in a file or in an mbox", async () => {
  const path = folder()
  const mail = letter()
  writeFileSync(join(path, "a.eml"), mail)
  writeFileSync(join(path, "b.mbox"), mboxOf([mail]).replace(/\r\n\r\n$/, "\r\n"))
  writeFileSync(join(path, "c.mbox"), mboxOf([`${mail}`]))
  expect(await importMail({ ...asked, path })).toMatchObject({ files: 3, taken: 2, known: 1 })
})

test("a sentence that begins with From begins no mail", async () => {
  const path = written(mboxOf([letter({ text: "Hello\r\n\r\nFrom my point of view 2026 was good." }), letter()]))
  expect(await importMail({ ...asked, path })).toMatchObject({ taken: 2 })
})

test("an mbox cut off in the middle goes on where it was, and doubles nothing", async () => {
  const mails = Array.from({ length: 350 }, (_, i) => letter({ subject: `Mail ${i}` }))
  const path = written(mboxOf(mails))
  const cut = () => {
    throw new Error("killed")
  }
  const onProgress: typeof asked.onProgress = ({ taken }) => (taken === 250 ? cut() : undefined)
  await expect(importMail({ ...asked, path, onProgress })).rejects.toThrow("killed")
  expect(await counted()).toBe(250)
  expect(await db.select().from(imports)).toMatchObject([{ path, taken: 200, attempts: 1, finishedAt: null }])
  expect(await importMail({ ...asked, path })).toMatchObject({ files: 1, taken: 100, known: 250, skipped: 0 })
  expect(await importMail({ ...asked, path })).toMatchObject({ files: 1, taken: 0, known: 350, skipped: 0 })
  expect(await counted()).toBe(350)
  expect(await db.select().from(imports)).toMatchObject([{ taken: 350, attempts: 3, finishedAt: noon }])
})

test("the same mbox for another mailbox is another import", async () => {
  const path = written(mboxOf([letter()]))
  await importMail({ ...asked, path, mailbox: help.address })
  expect(await importMail({ ...asked, path, mailbox: billing.address })).toMatchObject({ taken: 1, known: 0 })
})

test("a broken file in the middle is named and skipped, and the next one has its turn", async () => {
  const path = folder()
  for (const name of ["a.eml", "b.eml", "d.eml"]) writeFileSync(join(path, name), letter())
  writeFileSync(join(path, "c.jpg"), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1]))
  const onProgress: typeof asked.onProgress = ({ files }) => {
    if (files === 1) rmSync(join(path, "b.eml"), { force: true })
  }
  expect(await importMail({ ...asked, path, onProgress })).toEqual({
    ...{ files: 4, taken: 2, known: 0, skipped: 2 },
    problems: [`${join(path, "b.eml")}: it cannot be read (ENOENT)`, `${join(path, "c.jpg")}: it is no mail`],
  })
})

test("of a Maildir what was delivered is taken, its folders too, and nothing else", async () => {
  const path = folder()
  for (const name of ["cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".hidden"])
    mkdirSync(join(path, name), { recursive: true })
  writeFileSync(join(path, "new", "1700000002.M1.host"), letter({ subject: "Second" }))
  writeFileSync(join(path, "cur", "1700000001.M1.host:2,S"), letter({ subject: "First" }))
  writeFileSync(join(path, ".Sent", "cur", "1700000000.M1.host:2,S"), letter({ subject: "Third" }))
  for (const name of ["tmp/half", "dovecot-uidlist", ".hidden/file"]) writeFileSync(join(path, name), letter())
  expect(await importMail({ ...asked, path })).toMatchObject({ files: 3, taken: 3 })
  const raws = await db.select().from(mailBytes).orderBy(asc(mailBytes.mailId))
  expect(raws.map(({ raw }) => /Subject: (\w+)/.exec(raw.toString())?.[1])).toEqual(["First", "Second", "Third"])
})

test("a mail in an mbox that is larger than the desk takes is named, and the next one is taken", async () => {
  const large = letter({ text: `${"x".repeat(70)}\r\n`.repeat(520_000) })
  const path = written(mboxOf([letter(), large, letter()]))
  const counts = await importMail({ ...asked, path })
  expect(counts).toMatchObject({ taken: 2, skipped: 1 })
  expect(counts.problems).toEqual([`${path}: a mail in it is larger than the desk takes`])
})

test("a large mbox is never in memory as a whole, and a line without an end is bounded", async () => {
  const lines = `${"y".repeat(990)}\n`.repeat(20)
  const mails = Array.from(
    { length: 250 },
    (_, i) => `From: c${i}@customer.example\nTo: help@desk.example\nSubject: ${i}\n\n${lines}`,
  )
  const path = written(Buffer.concat([Buffer.from(mboxOf(mails, "\n")), Buffer.alloc(60 * 1024 * 1024, "z")]))
  const before = process.memoryUsage().rss
  let peak = 0
  const onProgress = () => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }
  expect(await importMail({ ...asked, path, onProgress })).toMatchObject({ taken: 249, skipped: 1 })
  expect(peak - before).toBeLessThan(200 * 1024 * 1024)
})
