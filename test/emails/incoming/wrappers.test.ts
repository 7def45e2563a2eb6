import fc from "fast-check"
import { expect, test } from "vitest"
import { invitationWords } from "#emails/incoming/calendar.ts"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { rtfHtml, rtfText, unpackRtf } from "#emails/incoming/rtf.ts"
import { readWinmail } from "#emails/incoming/tnef.ts"
import { binary, narrow, unpackedRtf, wide, winmail } from "#test/support/winmail.ts"

const page = "<p>See the <b>plan</b>.</p>"
const outlook = winmail({
  message: [wide(0x1000, "See the plan."), binary(0x1013, Buffer.from(page))],
  files: [
    {
      title: "ZAPPA_~2.JPG",
      data: Buffer.from("jpeg"),
      more: [wide(0x3707, "zappa über alles.jpg"), narrow(0x370e, "image/jpeg")],
    },
  ],
})

const mailWith = (type: string, body: Buffer | string, more: string[] = []) =>
  Buffer.from(
    [
      "From: Dana <dana@customer.example>",
      "Subject: Plan",
      `Content-Type: ${type}`,
      "Content-Transfer-Encoding: base64",
      ...more,
      "",
      Buffer.from(body).toString("base64").replace(/.{76}/g, "$&\r\n"),
    ].join("\r\n"),
  )

const mixed = (...parts: string[]) =>
  Buffer.from(
    `From: Dana <dana@customer.example>\r\nSubject: Plan\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join("")}--b--\r\n`,
  )

test("winmail.dat gives its files under their long names and its page, and stays attached", async () => {
  const { attachments, html, text, marks } = await readEmail(
    mailWith('application/ms-tnef; name="winmail.dat"', outlook),
  )
  expect(attachments.map(({ filename, contentType, size }) => [filename, contentType, size])).toEqual([
    ["zappa über alles.jpg", "image/jpeg", 4],
    ["winmail.dat", "application/ms-tnef", outlook.length],
  ])
  expect(html).toContain("plan")
  expect(text).toBe("See the plan.")
  expect(marks).toMatchObject([{ kind: "winmail" }])
})

test("words beside a winmail.dat are the mail's words", async () => {
  const part = `Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\n${outlook.toString("base64")}`
  const { text, html, attachments } = await readEmail(mixed("Content-Type: text/plain\r\n\r\nWritten beside it.", part))
  expect(text.trim()).toBe("Written beside it.")
  expect(html).toBeNull()
  expect(attachments.map(({ filename }) => filename)).toEqual(["zappa über alles.jpg", "winmail.dat"])
})

test("a page that Outlook hid in RTF comes out as a page, plain RTF as words", () => {
  const rtf =
    "{\\rtf1\\ansi\\fromhtml1 {\\fonttbl{\\f0 Arial;}}{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 Gr\\'fc\\'dfe & more{\\*\\htmltag72 </p>}\\htmlrtf }\\htmlrtf0}"
  expect(rtfHtml(unpackRtf(unpackedRtf(rtf)))).toContain("<p>Grüße &amp; more</p>")
  const words = "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}Hello\\par \\u8364?5 \\{ok\\}}"
  expect(rtfText(words)).toBe("Hello\n€5 {ok}")
})

test("packed RTF is unpacked as the specification's own example is ([MS-OXRTFCP] 3.1)", () => {
  const example = Buffer.from(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
    "hex",
  )
  expect(unpackRtf(example)).toBe("{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n")
})

test("no broken winmail.dat throws or hangs, however it is broken", () => {
  fc.assert(
    fc.property(fc.nat(outlook.length - 1), fc.nat(255), fc.nat(outlook.length), (at, byte, end) => {
      const broken = Buffer.from(outlook.subarray(0, end))
      if (at < broken.length) broken[at] = byte
      readWinmail(broken)
    }),
    { numRuns: 2000, seed: 7 },
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      unpackRtf(bytes)
    }),
    { numRuns: 500, seed: 7 },
  )
  expect(readWinmail(Buffer.from("no tnef"))).toBeNull()
})

const der = (tag: number, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat(content)
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const endless = (tag: number, ...content: Buffer[]) =>
  Buffer.concat([Buffer.from([tag, 0x80]), ...content, Buffer.from([0, 0])])
const oid = (last: number) => Buffer.from([6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, last])
const inner = Buffer.from("Content-Type: text/plain\r\n\r\nInside the envelope.\r\n")
const version = Buffer.from([2, 1, 1])
const envelope = (wrap: typeof der, content: Buffer) =>
  wrap(0x30, oid(2), wrap(0xa0, wrap(0x30, version, der(0x31), wrap(0x30, oid(1), wrap(0xa0, content)))))

test("an opaque S/MIME mail is read, in definite and in endless lengths, and nothing is claimed of its signature", async () => {
  for (const bytes of [
    envelope(der, der(4, inner)),
    envelope(endless as typeof der, endless(0x24, der(4, inner.subarray(0, 20)), der(4, inner.subarray(20)))),
  ]) {
    const read = await readEmail(mailWith('application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"', bytes))
    expect(read.text.trim()).toBe("Inside the envelope.")
    expect(read.attachments.map(({ filename }) => filename)).toEqual(["smime.p7m"])
    expect(read.marks).toMatchObject([{ kind: "signed", words: expect.stringContaining("not checked") }])
  }
})

test("an encrypted mail keeps its envelope and says what to do", async () => {
  const sealed = der(0x30, oid(3), der(0xa0, der(0x30)))
  const smime = await readEmail(mailWith('application/pkcs7-mime; name="smime.p7m"', sealed))
  expect(smime.marks).toMatchObject([{ kind: "encrypted" }])
  expect(smime.attachments).toHaveLength(1)
  const nonsense = await readEmail(mailWith('application/pkcs7-mime; name="smime.p7m"', "no asn.1"))
  expect(nonsense.attachments).toHaveLength(1)
  const pgp = await readEmail(
    Buffer.from("From: d@c.example\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQ\r\n-----END PGP MESSAGE-----\r\n"),
  )
  expect(pgp.marks).toMatchObject([{ kind: "encrypted" }])
})

const event = [
  "BEGIN:VCALENDAR",
  "METHOD:REQUEST",
  "BEGIN:VEVENT",
  "DTSTART;TZID=Europe/Berlin:20260310T140000",
  "SUMMARY:Review of the\\, well\\, pl",
  " an",
  "ORGANIZER;CN=Dana Reyes:mailto:dana@customer.example",
  "END:VEVENT",
  "END:VCALENDAR",
].join("\r\n")

test("an invitation says what, when and who, and its file stays", async () => {
  const words = "Invitation: Review of the, well, plan, 10 March 2026 at 14:00 (Europe/Berlin), from Dana Reyes"
  expect(invitationWords(event)).toBe(words)
  const read = await readEmail(
    mixed(
      "Content-Type: text/plain\r\n\r\nPlease come.",
      `Content-Type: text/calendar; method=REQUEST\r\n\r\n${event}`,
    ),
  )
  expect(read.marks).toEqual([{ kind: "invitation", words }])
  expect(read.attachments.map(({ contentType }) => contentType)).toEqual(["text/calendar"])
})

test("a calendar without anything in it is still named", () => {
  expect(invitationWords("BEGIN:VCALENDAR\nMETHOD:CANCEL\nEND:VCALENDAR")).toBe("Cancelled: without a title")
  expect(invitationWords("")).toBe("Calendar entry: without a title")
})

const protectedMail = (outer: string, parameter: string) =>
  `Subject: ${outer}\r\nContent-Type: multipart/signed; boundary=s\r\n\r\n--s\r\n` +
  `Content-Type: text/plain; charset=utf-8; ${parameter}\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\nwords\r\n` +
  "--s\r\nContent-Type: application/pgp-signature\r\n\r\nx\r\n--s--\r\n"

test("a subject its sender protected is read where the outer one only stands in for it", async () => {
  const subject = async (outer: string, parameter: string) =>
    (await readEmail(Buffer.from(protectedMail(outer, parameter)))).subject
  expect(await subject("[...]", 'hp="clear"')).toBe("Grüße")
  expect(await subject("...", 'protected-headers="v1"')).toBe("Grüße")
  expect(await subject("Another", 'hp="clear"')).toBe("Another")
  expect(await subject("...", "format=fixed")).toBe("...")
})
