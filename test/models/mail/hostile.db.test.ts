import { createHash } from "node:crypto"
import type { Worker } from "node:worker_threads"
import { eq, sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { keep } from "#app/models/mail/inbox.server.ts"
import { deskEndedWith } from "#app/models/mail/reader-ended.server.ts"
import { receiveNext } from "#app/models/mail/receive.server.ts"
import { rereadFailed } from "#app/models/mail/reread.server.ts"
import { db } from "#db/connection.server.ts"
import { files, setFiles } from "#db/files.server.ts"
import { attachments } from "#db/tables/cases.ts"
import { mailBytes, mailReceived, mailToSend } from "#db/tables/mail.ts"
import { stopReading } from "#emails/incoming/reader.server.ts"
import { readerVersion } from "#emails/incoming/reader-version.ts"
import { dana, help, later, noon } from "#test/fixtures/desk.ts"
import { storms } from "#test/fixtures/hostile-mail.ts"
import { mutantsOf } from "#test/fixtures/mutants.ts"
import { arrive, letter, rowNow, storyOf } from "#test/support/arrive.ts"

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")

async function storedRaw(id: number) {
  const [row] = await db.select().from(mailBytes).where(eq(mailBytes.mailId, id))
  return row?.raw ?? Buffer.alloc(0)
}

const samples = [
  "50,000 parts",
  "parts 5,000 deep",
  "a subject of 1 MB",
  "100,000 references",
  "50,000 recipients",
  "a page of 4.8 MB",
  "elements 50,000 deep",
  "5 MB of zeros",
  "a zip bomb",
]

for (const sample of samples)
  test(`a mail of ${sample} becomes a case, its bytes kept as they came`, async () => {
    const storm = storms[sample]!
    const raw = storm.make()
    const row = await arrive(raw)
    expect(row).toMatchObject({ fate: "opened", from: dana.address, readBy: readerVersion })
    expect(sha256(await storedRaw(row.id))).toBe(sha256(raw))
    const { last } = await storyOf(row.caseNumber!)
    expect(last.text).toContain(storm.text)
    const kept = await db.select().from(attachments).where(eq(attachments.messageId, last.id))
    const original = kept.find(({ filename }) => filename === "original.eml")
    expect(original?.sha256 ?? null).toBe(storm.isCut ? sha256(raw) : null)
  })

test("mail damaged at random is a case or a classified machine's, every time, and no byte of it is lost", async () => {
  for (const { raw, seed } of mutantsOf(60, 20110211)) {
    const row = await arrive(raw, { to: [help.address] })
    expect(row.fate, `seed ${seed}: ${row.lastError}`).not.toBe("failed")
    expect(row.fate).not.toBeNull()
    expect(sha256(await storedRaw(row.id))).toBe(sha256(raw))
  }
})

test("a mail that ends its reader twice lies before a person with its original, and the admins are told once", async () => {
  const { id, raw } = await poison(async (id) => {
    await receiveNext("test", () => noon)
    expect(await rowNow(id)).toMatchObject({ fate: null, attempts: 1, readersEnded: 1 })
    await due(id)
    await receiveNext("test", () => noon)
  })
  const row = await rowNow(id)
  expect(row).toMatchObject({ fate: "failed", attempts: 2, because: "Could not be read: the parser crashed on it" })
  const { last } = await storyOf(row.caseNumber!)
  const [original] = await db.select().from(attachments).where(eq(attachments.messageId, last.id))
  expect(original).toMatchObject({ filename: "original.eml", sha256: sha256(raw) })
  await poison(async (id) => {
    await receiveNext("test", () => noon)
    await due(id)
    await receiveNext("test", () => noon)
    expect((await rowNow(id)).fate).toBe("failed")
  })
  expect(await noticesOf("An email could not be read")).toBe(1)
})

test("a mail in hand when the desk ended is read alone next time, and set aside after the second", async () => {
  const { id } = await keepLetter()
  await db
    .update(mailReceived)
    .set({ leasedBy: "gone", leasedUntil: sql`now() + interval '1 minute'` })
    .where(eq(mailReceived.id, id))
  await deskEndedWith([id])
  expect(await rowNow(id)).toMatchObject({ leasedBy: null, readersEnded: 1 })
  await deskEndedWith([id])
  await receiveNext("test", () => noon)
  const because = "Could not be read: the desk crashed or hung while it was read"
  expect(await rowNow(id)).toMatchObject({ fate: "failed", because })
  await deskEndedWith([id])
  expect(await rowNow(id)).toMatchObject({ fate: "failed", readersEnded: 2 })
})

test("a mail that was in hand when the desk ended by chance is read like any other", async () => {
  const { id } = await keepLetter()
  await deskEndedWith([id])
  await receiveNext("test", () => noon)
  expect(await rowNow(id)).toMatchObject({ fate: "opened", because: expect.stringContaining("New mail to") })
})

test("trouble of the moment is not the mail's fault", async () => {
  const { id } = await keepLetter({
    more: ["Content-Type: multipart/mixed; boundary=b"],
    text: "--b\n\nwords\n--b\nContent-Disposition: attachment; filename=a.bin\n\nx\n--b--\n",
  })
  const before = files
  setFiles({ ...before, put: () => Promise.reject(new Error("ENOSPC: no space left on device")) })
  for (let attempt = 1; attempt <= 3; attempt++) {
    await receiveNext("test", () => noon)
    await due(id)
  }
  expect(await rowNow(id)).toMatchObject({ fate: null, attempts: 3, readersEnded: 0 })
  setFiles(before)
  await receiveNext("test", () => noon)
  expect((await rowNow(id)).fate).toBe("opened")
})

test("what an older version could not read, a newer one reads once more, into the case it has", async () => {
  const { id } = await poison(async (id) => {
    await db.update(mailReceived).set({ attempts: 5 }).where(eq(mailReceived.id, id))
    await receiveNext("test", () => noon)
  })
  const failed = await rowNow(id)
  expect(failed).toMatchObject({ fate: "failed", readBy: readerVersion })
  expect(await rereadFailed()).toBe(0)
  await db
    .update(mailReceived)
    .set({ readBy: readerVersion - 1 })
    .where(eq(mailReceived.id, id))
  expect(await rereadFailed()).toBe(1)
  await receiveNext("test", () => later(5))
  expect(await rowNow(id)).toMatchObject({
    ...{ fate: "joined", caseNumber: failed.caseNumber, readBy: readerVersion },
    because: "Could be read on a later try.",
  })
  expect((await storyOf(failed.caseNumber!)).last.newText).toBe("Where is it?")
})

const due = (id: number) =>
  db.update(mailReceived).set({ dueAt: sql`now() - interval '1 second'` }).where(eq(mailReceived.id, id))

async function noticesOf(subject: string) {
  const rows = await db.select({ id: mailToSend.id }).from(mailToSend).where(eq(mailToSend.subject, subject))
  return rows.length
}

async function keepLetter(parts: Parameters<typeof letter>[0] = {}) {
  const raw = Buffer.from(letter(parts))
  const envelope = { envelopeFrom: dana.address, envelopeTo: [help.address] }
  const { id } = await keep({ via: "smtp", ...envelope, remote: "", raw, asClosed: false }, noon)
  return { id, raw }
}

/** A mail taken in while every reader is killed the moment it starts, as by one that crashes it. */
async function poison(work: (id: number) => Promise<void>) {
  const { id, raw } = await keepLetter()
  const kill = (reader: Worker) => void reader.terminate()
  await stopReading()
  process.on("worker", kill)
  try {
    await work(id)
  } finally {
    process.off("worker", kill)
  }
  return { id, raw }
}
