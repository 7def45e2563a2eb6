import { createHash } from "node:crypto"
import type { Worker } from "node:worker_threads"
import { eq, sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { keep } from "#app/models/mail/inbox.server.ts"
import { receiveNext } from "#app/models/mail/receive.server.ts"
import { rereadFailed } from "#app/models/mail/reread.server.ts"
import { db } from "#db/connection.server.ts"
import { attachments } from "#db/tables/cases.ts"
import { mailBytes, mailReceived } from "#db/tables/mail.ts"
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

test("a mail that kills its reader every time is given up, and lies before a person with its original", async () => {
  const { id, raw } = await poison(async (id) => {
    for (let attempt = 1; attempt <= 5; attempt++) {
      await receiveNext("test", () => noon)
      await db.update(mailReceived).set({ dueAt: sql`now() - interval '1 second'` }).where(eq(mailReceived.id, id))
    }
  })
  const row = await rowNow(id)
  expect(row).toMatchObject({ fate: "failed", attempts: 5, because: "Could not be read: its reader ended" })
  const { last } = await storyOf(row.caseNumber!)
  const [original] = await db.select().from(attachments).where(eq(attachments.messageId, last.id))
  expect(original).toMatchObject({ filename: "original.eml", sha256: sha256(raw) })
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

/** A mail taken in while every reader is killed the moment it starts, as by one that crashes it. */
async function poison(work: (id: number) => Promise<void>) {
  const raw = Buffer.from(letter())
  const envelope = { envelopeFrom: dana.address, envelopeTo: [help.address] }
  const { id } = await keep({ via: "smtp", ...envelope, remote: "", raw, asClosed: false }, noon)
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
