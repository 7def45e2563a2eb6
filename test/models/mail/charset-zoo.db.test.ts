import { asc, eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { db } from "#db/connection.server.ts"
import { attachments, messages } from "#db/tables/cases.ts"
import { charsetZoo } from "#test/fixtures/charset-zoo.ts"
import { later } from "#test/fixtures/desk.ts"
import { arrive } from "#test/support/arrive.ts"

/** The same mails every time; another number makes others of the same kinds. */
const seed = Number(process.env.ZOO_SEED ?? 7)
const zoo = charsetZoo(seed)

test(`${zoo.length} mails in 71 charsets, under true, false and unknown names, with letters cut, turned around, in pieces or none at all, are stored with the very sender, subject, text and file names their writers meant`, {
  timeout: 120_000,
}, async () => {
  for (const [i, { what, raw, ...meant }] of zoo.entries()) {
    // An hour apart, or the desk takes so many mails of one sender for a flood.
    const { id, fate } = await arrive(Buffer.concat([idLine(i), raw]), { at: later(i * 60) })
    expect({ fate, ...(await storedOf(id)) }, `ZOO_SEED=${seed} ${what}`).toEqual({ fate: "opened", ...meant })
  }
})

/** Some of them say the same, and without it would be taken for one mail that came twice. */
const idLine = (i: number) => Buffer.from(`Message-ID: <zoo${i}@customer.example>\r\n`)

async function storedOf(mailId: number) {
  const [message] = await db.select().from(messages).where(eq(messages.mailId, mailId))
  if (!message) return null
  const files = await db
    .select({ filename: attachments.filename })
    .from(attachments)
    .where(eq(attachments.messageId, message.id))
    .orderBy(asc(attachments.id))
  const { from, subject, text } = message
  // The address stands beside every name, whatever the name looks like.
  expect(from.address).toBe("dana@customer.example")
  return { sender: from.name, subject, text, files: files.map(({ filename }) => filename) }
}
