import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { type Arrival, keep } from "#app/models/mail/inbox.server.ts"
import { db, plainClient } from "#db/connection.server.ts"
import { mailBytes, mailReceived } from "#db/tables/mail.ts"
import { dana, help, later, noon } from "#test/fixtures/desk.ts"

const arrival: Arrival = {
  via: "smtp",
  envelopeFrom: dana.address,
  envelopeTo: [help.address],
  remote: "192.0.2.1",
  helo: "mx.customer.example",
  raw: Buffer.from("Subject: Hello\r\n\r\n\0\xff World\r\n", "latin1"),
  asClosed: false,
}

test("a mail is kept byte for byte with its envelope, and waits for its fate", async () => {
  const { id, known } = await keep(arrival, noon)
  expect(known).toBe(false)
  const [row] = await db.select().from(mailReceived).where(eq(mailReceived.id, id))
  expect(row).toMatchObject({ via: "smtp", envelopeFrom: dana.address, envelopeTo: [help.address], fate: null })
  expect(row).toMatchObject({
    helo: "mx.customer.example",
    receivedAt: noon,
    size: arrival.raw.length,
    attempts: 0,
    leasedBy: null,
  })
  const [bytes] = await db.select().from(mailBytes).where(eq(mailBytes.mailId, id))
  expect(Buffer.compare(bytes!.raw, arrival.raw)).toBe(0)
})

test("the same delivery again is the mail already kept, whatever the order of its recipients", async () => {
  const to = [help.address, "billing@desk.example"]
  const first = await keep({ ...arrival, envelopeTo: to }, noon)
  const again = await keep({ ...arrival, envelopeTo: [...to].reverse() }, later(5))
  expect(again).toEqual({ id: first.id, known: true })
  expect(await db.select().from(mailReceived)).toHaveLength(1)
})

test("the same bytes in another envelope are another mail", async () => {
  const first = await keep(arrival, noon)
  const other = await keep({ ...arrival, envelopeTo: ["billing@desk.example"] }, noon)
  expect(other.known).toBe(false)
  expect(other.id).not.toBe(first.id)
})

test("many deliveries of one mail at once are one row", async () => {
  const kept = await Promise.all(Array.from({ length: 12 }, () => keep(arrival, noon)))
  expect(new Set(kept.map(({ id }) => id)).size).toBe(1)
  expect(kept.filter(({ known }) => !known)).toHaveLength(1)
})

test("an envelope with letters PostgreSQL cannot keep is kept without them", async () => {
  const { id } = await keep({ ...arrival, envelopeFrom: "da\0na@x.example", envelopeTo: ["a\0@desk.example"] }, noon)
  const [row] = await db.select().from(mailReceived).where(eq(mailReceived.id, id))
  expect(row?.envelopeFrom).toBe("dana@x.example")
})

test("keeping a mail wakes the worker", async () => {
  const listener = plainClient()
  const woken = new Promise<string>((done) => void listener.listen("work", done).then(() => keep(arrival, noon)))
  expect(await woken).toBe("mail received")
  await listener.end()
})
