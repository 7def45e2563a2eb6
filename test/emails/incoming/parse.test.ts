import { expect, test } from "vitest"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { mailFile } from "#test/fixtures/mail-file.ts"

const read = (name: string) => readEmail(mailFile(name))

test("a plain mail is read whole", async () => {
  expect(await read("plain-text")).toMatchObject({
    from: [{ name: "Dana Reyes", address: "dana@customer.example" }],
    to: [{ name: "Help", address: "help@desk.example" }],
    cc: [
      { name: "Eli", address: "eli@customer.example" },
      { name: "", address: "fay@elsewhere.example" },
    ],
    replyTo: [{ address: "dana@home.example" }],
    subject: "My order",
    messageId: "1@customer.example",
    inReplyTo: "a@desk.example",
    references: ["z@desk.example", "a@desk.example"],
    date: new Date("2026-03-10T11:00:00Z"),
    text: "Where is it?\n",
    newText: "Where is it?",
    html: null,
    attachments: [],
    machine: { kind: null },
    trouble: null,
  })
})

test("alternatives are one text, pictures in the page are inline, others are files", async () => {
  const email = await read("alternative-with-inline-image")
  expect(email.text.trim()).toBe("Grüße — see the picture")
  expect(email.html).toContain("Grüße — see the <img")
  expect(email.attachments).toMatchObject([
    { filename: "pic.png", contentType: "image/png", size: 8, inline: true, contentId: "pic@x" },
    { filename: "attachment.gif", contentType: "image/gif", size: 6, inline: false },
  ])
})

test("raw bytes inside an encoded word are read in its charset", async () => {
  const email = await read("encoded-word-with-raw-bytes")
  expect(email.subject).toBe("Zwei Frösche und übrige")
  expect(email.from[0]?.name).toBe("Jörg Frösche")
})

test("a character cut between two encoded words is whole again", async () => {
  expect((await read("character-cut-between-encoded-words")).subject).toBe("あい tail")
})

test("headers in raw UTF-8 and in raw latin1 are both read", async () => {
  const email = await read("raw-utf8-and-latin1-headers")
  expect(email.from[0]?.name).toBe("Zoë")
  expect(email.subject).toBe("Café")
  expect(email.text).toBe("body é\n")
})

test("UTF-7 is read", async () => {
  expect((await read("utf7-body")).text).toBe("Zwei Frösche <b>\n")
})

test("a named text part is a file, not a piece of the text", async () => {
  const email = await read("named-text-part-stays-a-file")
  expect(email.text).toBe("See the log.")
  expect(email.attachments).toMatchObject([{ filename: "server.log", contentType: "text/plain", size: 6 }])
})

test("file names in raw bytes and in pieces are read", async () => {
  const names = (await read("raw-8bit-filename")).attachments.map(({ filename }) => filename)
  expect(names).toEqual(["Rechnung März.pdf", "€uro.txt"])
})

test("a sender without an at sign is kept as written", async () => {
  expect((await read("from-without-at-sign")).from).toEqual([{ name: "", address: "mailer-daemon" }])
})

test("every sender is kept when there are two", async () => {
  const { from } = await read("two-from-addresses")
  expect(from.map(({ address }) => address)).toEqual(["dana@customer.example", "eve@evil.example"])
})

test("an attached mail is a file, its words are not the sender's", async () => {
  const email = await read("attached-mail-is-a-file")
  expect(email.text).toBe("FYI")
  expect(email.attachments).toMatchObject([{ filename: "attachment.eml", contentType: "message/rfc822" }])
})

test("the mails of a digest are files, not one text", async () => {
  const listed = (n: number) => `--b\r\n\r\nSubject: ${n}\r\n\r\nWords of ${n}\r\n`
  const digest = `--d\r\nContent-Type: multipart/digest; boundary=b\r\n\r\n${listed(1)}${listed(2)}--b--\r\n`
  const raw = `Content-Type: multipart/mixed; boundary=d\r\n\r\n--d\r\n\r\nToday\r\n${digest}--d--\r\n`
  const email = await readEmail(Buffer.from(raw))
  expect(email.text.trim()).toBe("Today")
  expect(email.attachments.map(({ contentType }) => contentType)).toEqual(["message/rfc822", "message/rfc822"])
})

test("the fields of a delivery report are a file, its words are the text", async () => {
  const email = await read("bounce-rfc3464")
  expect(email.text).not.toContain("Final-Recipient")
  expect(email.attachments.map(({ contentType }) => contentType)).toContain("message/delivery-status")
})

test("letters no database keeps and letters that turn the reading round are gone", async () => {
  const email = await read("nul-and-bidi")
  expect(email.from[0]?.name).toBe("Dana gpj")
  expect(email.subject).toMatch(/^factgpj\.exe/)
  expect(email.text).toBe("nul here\n")
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the point of the test
  expect(JSON.stringify(email.subject)).not.toMatch(/[\u0000-\u001f\u202e\ud800]/)
})

test("a page without a text is read as text, its quote folded", async () => {
  const email = await read("html-only")
  expect(email.text).toContain("It is broken.")
  expect(email.text).toContain("> Dear Dana")
  expect(email.newText).toBe("It is broken.")
})

test("an empty text beside a page gives way to the page", async () => {
  expect((await read("empty-text-beside-html")).text).toBe("Words")
})

test("flowed lines are joined and the signature line is not", async () => {
  const email = await read("format-flowed")
  expect(email.text).toBe("This line goes on here.\n> quoted goes on\n\n-- \nDana\n")
  expect(email.newText).toBe("This line goes on here.")
})

test("words outside the promised parts are shown all the same", async () => {
  expect((await read("no-parts-where-parts-were-promised")).text).toBe("Nobody drew a boundary.")
})

test("a mail cut off in the middle is read as far as it goes", async () => {
  expect((await read("missing-final-boundary")).text).toBe("Cut of")
})

test("a mail that is only header is a mail", async () => {
  expect(await read("headers-only")).toMatchObject({ subject: "Only this", messageId: "3@c", text: "", trouble: null })
})

test("the line an mbox puts in front is no header", async () => {
  expect((await read("mbox-line")).subject).toBe("My order")
})

test("groups are their members, and an undisclosed one is nobody", async () => {
  const email = await read("group-recipients")
  expect(email.to.filter(({ address }) => address.includes("@"))).toEqual([])
  expect(email.cc).toEqual([
    { name: "", address: "eli@customer.example" },
    { name: "Okafor, Fay", address: "fay@elsewhere.example" },
  ])
})

test("charsets with states begin anew in each word", async () => {
  const email = await read("iso-2022-jp")
  expect(email.subject).toBe("テストテ")
  expect(email.text).toBe("テスト\n")
})

test("an unknown charset gives way to what the bytes are", async () => {
  expect((await read("unknown-charset")).text).toBe("café\n")
})

test("what calls itself latin1 is windows-1252", async () => {
  expect((await read("windows-1252-as-latin1")).text).toBe("“quoted” €\n")
})

test("a mail with old line ends reads as its twin does", async () => {
  for (const name of ["plain-text", "alternative-with-inline-image", "bounce-rfc3464", "raw-8bit-filename"]) {
    const lf = mailFile(name).toString("latin1").replaceAll("\r\n", "\n")
    const facts = async (text: string) => {
      const { headers: _, ...email } = await readEmail(Buffer.from(text, "latin1"))
      return JSON.stringify(email)
    }
    expect(await facts(lf.replaceAll("\n", "\r"))).toBe(await facts(lf))
  }
})

test("nothing at all is a mail without anything", async () => {
  for (const nothing of ["", "\r\n", "\n\n\n", "\0\0\0", "\r", ":", ": :\n\n:"])
    expect(await readEmail(Buffer.from(nothing))).toMatchObject({ from: [], subject: "", attachments: [] })
})

const header = "From: a@b.example\nTo: help@desk.example\nSubject: big\nMIME-Version: 1.0\n"
const storms: Record<string, () => string> = {
  "two thousand parts": () =>
    `${header}Content-Type: multipart/mixed; boundary=b\n\n${"--b\n\nx\n".repeat(2000)}--b--\n`,
  "parts a thousand deep": () =>
    header +
    Array.from({ length: 1000 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`).join(""),
  "a header of two megabytes": () => `${header}X-Long: ${"x".repeat(2_000_000)}\n\nwords\n`,
  "twenty thousand folded lines": () => `${header}X-Fold: a\n${" b\n".repeat(20_000)}\nwords\n`,
  "a hundred thousand references": () => `${header}References: ${"<a@b> ".repeat(100_000)}\n\nwords\n`,
  "fifty thousand recipients": () => `${header}Cc: ${"x <a@b.example>, ".repeat(50_000)}\n\nwords\n`,
  "two megabytes of openings of encoded words": () => `${header}X-Words: ${"=?utf-8?q?".repeat(200_000)}\n\nwords\n`,
  "a page of five megabytes": () => `${header}Content-Type: text/html\n\n${"<table><tr><td>x".repeat(300_000)}`,
  "a boundary's beginning again and again": () =>
    `${header}Content-Type: multipart/mixed; boundary=${"b".repeat(60)}\n\n${`--${"b".repeat(59)}\n`.repeat(50_000)}`,
}

for (const [storm, make] of Object.entries(storms))
  test(`${storm} are read, or what could not be is said`, async () => {
    const email = await readEmail(Buffer.from(make()))
    expect(email.subject === "big" || email.trouble !== null).toBe(true)
  })

test("past the limit of parts the first ones are there, with the reason", async () => {
  const file = "--b\nContent-Type: image/png\n\nx\n"
  const raw = `${header}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nwords\n${file.repeat(2000)}--b--\n`
  const email = await readEmail(Buffer.from(raw))
  expect(email.text.trim()).toBe("words")
  expect(email.attachments).toHaveLength(499)
  expect(email.trouble).toBe("Only its first 500 parts were read.")
})
