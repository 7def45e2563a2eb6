import { createHash, randomBytes } from "node:crypto"
import { sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { bytesOf, claim } from "#app/models/mail/claim.server.ts"
import { type Arrival, keep } from "#app/models/mail/inbox.server.ts"
import { rawMail } from "#app/models/mail/ledger.server.ts"
import { pieceBytes } from "#db/bytes.server.ts"
import { db } from "#db/connection.server.ts"
import { dana, help, ida, noon } from "#test/fixtures/desk.ts"
import { viewer } from "#test/support/viewer.ts"

const arrival = (raw: Buffer): Arrival => ({
  via: "api",
  envelopeFrom: dana.address,
  envelopeTo: [help.address],
  remote: "",
  raw,
  asClosed: false,
})
const digest = (bytes: Buffer | null) => bytes && createHash("sha256").update(bytes).digest("hex")
const leftOver = async () => (await db.execute(sql`select oid from pg_largeobject_metadata`)).length

async function passes(size: number) {
  const raw = randomBytes(size)
  const { id } = await keep(arrival(raw), noon)
  const claimed = await claim("test")
  expect(claimed?.row.id).toBe(id)
  expect(claimed && digest(await bytesOf(claimed))).toBe(digest(raw))
  expect(digest(await rawMail(viewer(ida), id))).toBe(digest(raw))
}

test("a mail of exactly one piece comes back as it was", () => passes(pieceBytes))
test("a mail of one byte more than a piece comes back as it was", () => passes(pieceBytes + 1))
test("a mail of many pieces and a bit comes back as it was", () => passes(5 * pieceBytes + 17))

test("a mail without a byte is one all the same", () => passes(0))

test("a large mail delivered twice is one row, and nothing of it is left over", async () => {
  const raw = randomBytes(3 * pieceBytes)
  const first = await keep(arrival(raw), noon)
  expect(await keep(arrival(raw), noon)).toEqual({ id: first.id, known: true })
  expect(await leftOver()).toBe(0)
})
