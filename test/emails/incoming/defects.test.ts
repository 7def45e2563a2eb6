import { expect, test } from "vitest"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { mailFile } from "#test/fixtures/mail-file.ts"

/** The defects D1 to D11 of the parsers underneath, one test each. */
const read = (head: string[], body = "Hello") =>
  readEmail(Buffer.from([...["From: Dana <dana@customer.example>", ...head], "", body].join("\r\n"), "latin1"))

test("D1: line ends of carriage returns alone read like any others", async () => {
  const lines = "From: Dana <dana@customer.example>\nSubject: My order\n\nHello\nDana\n"
  const [old, twin] = [await readEmail(Buffer.from(lines.replaceAll("\n", "\r"))), await readEmail(Buffer.from(lines))]
  expect(old).toMatchObject({ subject: "My order", text: twin.text, from: twin.from })
})

test("D2: a raw byte within an encoded word is read in the word's charset", async () => {
  expect((await read(["Subject: =?iso-8859-1?Q?Gr\xfcne_Fr\xf6sche?="])).subject).toBe("Grüne Frösche")
})

test("D3: UTF-7 in a subject is read", async () => {
  expect((await read(["Subject: =?utf-7?Q?Fr+APY-sche?="])).subject).toBe("Frösche")
})

test("D4: a text that has a name stays a file", async () => {
  const { attachments } = await readEmail(mailFile("named-text-part-stays-a-file"))
  expect(attachments.map(({ filename }) => filename)).toEqual(["server.log"])
})

test("D5: raw bytes in a file's name are read", async () => {
  const { attachments } = await read([
    'Content-Type: application/pdf; name="x"',
    'Content-Disposition: attachment; filename="M\xe4rz.pdf"',
  ])
  expect(attachments.map(({ filename }) => filename)).toEqual(["März.pdf"])
})

test("D6: a sender without an at sign is kept, and tells a machine", async () => {
  const { from, machine } = await readEmail(mailFile("from-without-at-sign"))
  expect(from).toEqual([{ name: "", address: "mailer-daemon" }])
  expect(machine.kind).not.toBeNull()
})

test("D7: of two senders both are kept", async () => {
  expect((await readEmail(mailFile("two-from-addresses"))).from).toHaveLength(2)
})

test("D8: comments and routes in addresses are no part of them", async () => {
  const { to } = await read([
    "To: dana(her account)@customer.example(her host), <@one.example,@two.example:eli@customer.example>",
  ])
  expect(to.map(({ address }) => address)).toEqual(["dana@customer.example", "eli@customer.example"])
})

test("D9: the words of an attached mail are not the sender's", async () => {
  const { text, attachments } = await readEmail(mailFile("attached-mail-is-a-file"))
  expect(text).toBe("FYI")
  expect(attachments.map(({ contentType }) => contentType)).toEqual(["message/rfc822"])
})

test("D10: the fields of a delivery report are not the text", async () => {
  const { text, attachments } = await readEmail(mailFile("bounce-rfc3464"))
  expect(text).not.toContain("Final-Recipient")
  expect(attachments.map(({ contentType }) => contentType)).toContain("message/delivery-status")
})

test("D11: NUL bytes in subject and text are gone", async () => {
  const { subject, text } = await read(["Subject: My\0 order"], "Hel\0lo")
  expect(`${subject} ${text}`).not.toContain("\0")
})
