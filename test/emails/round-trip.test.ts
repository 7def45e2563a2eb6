import { createHash } from "node:crypto"
import fc from "fast-check"
import MailComposer from "nodemailer/lib/mail-composer"
import { expect, test } from "vitest"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { pgLine, pgText } from "#emails/incoming/text.ts"
import { sized } from "#test/support/sizes.ts"

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")
const runs = { numRuns: sized({ push: 150, night: 3000, release: 10_000 }), seed: 20110211 }

/** Words as people of many scripts write them; no control characters, which no mail carries. */
const words = (longest: number) =>
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: longest })
    .map((text) => pgLine(text).replace(/\s+/g, " ").trim())
const some = (longest: number) => words(longest).filter((text) => text !== "")
const body = fc.array(words(60), { minLength: 1, maxLength: 12 }).map((lines) => lines.join("\n").trim() || "Hello")
const name = some(40).filter((text) => !/[/\\]/.test(text))
const file = fc.record({
  filename: name.map((text) => `${text}.bin`),
  content: fc.uint8Array({ minLength: 1, maxLength: 3000 }),
})
const letter = fc.record({
  from: fc.record({ name: some(40), address: fc.constantFrom("dana@customer.example", "d.r+x@sub.customer.example") }),
  subject: some(120),
  text: body,
  html: fc.option(body, { nil: null }),
  files: fc.array(file, { maxLength: 4 }),
  encoding: fc.constantFrom("quoted-printable" as const, "base64" as const),
})

test(
  "what a mail program composes is read as it was written: sender, subject, words, files",
  async () => {
    await fc.assert(
      fc.asyncProperty(letter, async ({ from, subject, text, html, files, encoding }) => {
        const raw = await new MailComposer({
          ...{ from, to: "help@desk.example", subject, text, encoding, textEncoding: encoding },
          ...(html === null ? {} : { html: `<p>${html.replace(/[<>&]/g, "")}</p>` }),
          attachments: files.map(({ filename, content }) => ({
            filename,
            content: Buffer.from(content),
            contentType: "application/octet-stream",
          })),
        })
          .compile()
          .build()
        const email = await readEmail(raw)
        expect(email.trouble).toBeNull()
        expect(email.from).toEqual([{ name: pgLine(from.name), address: from.address }])
        expect(email.subject).toBe(subject)
        expect(lines(email.text)).toEqual(lines(pgText(text)))
        expect(email.attachments.map(({ bytes }) => sha256(bytes))).toEqual(files.map(({ content }) => sha256(content)))
        expect(email.attachments.map(({ filename }) => filename)).toEqual(files.map(({ filename }) => filename))
        expect(email.attachments.map(({ size }) => size)).toEqual(files.map(({ content }) => content.length))
      }),
      runs,
    )
  },
  60_000 + runs.numRuns * 100,
)

/** A line's end carries no meaning, and mail programs take and give blanks there. */
const lines = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => line.trimEnd())
