import { expect, test } from "vitest"
import { readEmail } from "#emails/incoming/parse.server.ts"

/** The wrappings that are no envelopes; those stand in wrappers.test.ts. */
const containing = (type: string, ...parts: string[]) =>
  readEmail(
    Buffer.from(
      `From: Dana <dana@customer.example>\r\nSubject: Plan\r\nContent-Type: ${type}; boundary=b\r\n\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join("")}--b--\r\n`,
    ),
  )
const words = "Content-Type: text/plain\r\n\r\nSee the plan."
const page = (src: string) => `Content-Type: text/html\r\n\r\n<p>See <img src="${src}"></p>`
const picture = (...head: string[]) => ["Content-Type: image/png", ...head, "", "png"].join("\r\n")
const inlines = async (...parts: string[]) =>
  (await containing("multipart/related", ...parts)).attachments.map(({ inline }) => inline)

test("a signed mail shows its words and says that it is signed, by S/MIME", async () => {
  const { text, marks } = await containing(
    "multipart/signed",
    words,
    "Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nsignature",
  )
  expect(text.trim()).toBe("See the plan.")
  expect(marks).toMatchObject([{ kind: "signed", words: expect.stringContaining("S/MIME") }])
})

test("a signed mail shows its words and says that it is signed, by PGP", async () => {
  const { text, marks } = await containing(
    "multipart/signed",
    words,
    "Content-Type: application/pgp-signature\r\n\r\nsig",
  )
  expect(text.trim()).toBe("See the plan.")
  expect(marks).toMatchObject([{ kind: "signed", words: expect.stringContaining("PGP") }])
})

test("a mail encrypted with PGP keeps its parts as files and says so", async () => {
  const { marks, attachments } = await containing(
    "multipart/encrypted",
    "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
    "Content-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----",
  )
  expect(marks).toMatchObject([{ kind: "encrypted" }])
  expect(attachments).toHaveLength(2)
})

test("one piece of a mail sent in several says so and is kept", async () => {
  const mail =
    'From: d@customer.example\r\nContent-Type: message/partial; id="x"; number=1; total=2\r\n\r\nSubject: Plan\r\n\r\nHello'
  const { marks, attachments } = await readEmail(Buffer.from(mail))
  expect(marks).toMatchObject([{ kind: "partial" }])
  expect(attachments).toHaveLength(1)
})

test("a picture is inline when the page names it, by its id or its place", async () => {
  expect(await inlines(page("cid:a@x"), picture("Content-ID: <a@x>"))).toEqual([true])
  expect(await inlines(page("plan.png"), picture("Content-Location: plan.png"))).toEqual([true])
})

test("a picture that the page does not name, or that calls itself an attachment, is a file", async () => {
  expect(await inlines(page("cid:a@x"), picture("Content-Disposition: inline; filename=b.png"))).toEqual([false])
  expect(await inlines(page("cid:a@x"), picture("Content-ID: <a@x>", "Content-Disposition: attachment"))).toEqual([
    false,
  ])
})

test("Apple's pictures between words are files", async () => {
  const { attachments, text } = await containing(
    "multipart/mixed",
    words,
    picture("Content-Disposition: inline; filename=plan.png"),
    "Content-Type: text/plain\r\n\r\nAnd so on.",
  )
  expect(attachments).toMatchObject([{ filename: "plan.png", inline: false }])
  expect(text).toContain("And so on.")
})

test("a part without a name gets one that fits its type", async () => {
  const { attachments } = await containing(
    "multipart/mixed",
    words,
    picture(),
    "Content-Type: application/pdf\r\n\r\npdf",
  )
  expect(attachments.map(({ filename }) => filename)).toEqual(["attachment.png", "attachment.pdf"])
})
