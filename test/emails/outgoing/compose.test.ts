import PostalMime from "postal-mime"
import { expect, test } from "vitest"
import { faces } from "#app/models/ratings/face.ts"
import { redactRatingLinks } from "#app/models/ratings/link-redaction.ts"
import { ratingUrl } from "#app/models/ratings/token.ts"
import { composeReply, type ReplyMail } from "#emails/outgoing/compose.server.ts"
import { dana, help, noon } from "#test/fixtures/desk.ts"

const token = "abcdefghijklmnopqrstuvwxy2"
const links = {
  happy: ratingUrl("https://desk.example", token, "happy"),
  ok: ratingUrl("https://desk.example", token, "ok"),
  frown: ratingUrl("https://desk.example", token, "frown"),
}
const mail: ReplyMail = {
  messageId: "<d5.aaaaaaaaaaaaaaaa@desk.example>",
  inReplyTo: "<m1@customer.example>",
  references: ["<case.7@desk.example>", "<m1@customer.example>"],
  date: noon,
  from: { name: help.name, address: help.address },
  replyTo: "help+c7.aaaaaaaaaaaaaaaa@desk.example",
  to: [{ name: dana.name, address: dana.address }],
  cc: [],
  subject: "Re: My order",
  text: "Hello Dana,\n\nit is **on its way**.",
  signature: "Ann Lee\nHelp",
  faces: links,
  quote: { name: dana.name, at: noon, timeZone: "Europe/Berlin", text: "Where is my order?\n> older" },
  marker: "Ref: c7.aaaaaaaaaaaaaaaa",
}

const composed = async (changes: Partial<ReplyMail>) => {
  const raw = await composeReply({ ...mail, ...changes })
  const email = await PostalMime.parse(raw)
  const header = (name: string) => email.headers.filter(({ key }) => key === name).map(({ value }) => value)
  return { raw: raw.toString("latin1"), email, header, text: email.text ?? "", html: email.html ?? "" }
}

test("the customer's program threads it: ids, references and our signed address to answer to", async () => {
  const { email, header } = await composed({})
  expect(email.messageId).toBe(mail.messageId)
  expect(email.inReplyTo).toBe("<m1@customer.example>")
  expect(email.references).toBe("<case.7@desk.example> <m1@customer.example>")
  expect(email.replyTo?.[0]?.address).toBe(mail.replyTo)
  expect(email.from?.address).toBe(help.address)
  expect(header("x-desk-loop")).toEqual([mail.messageId])
})

test("a person wrote it, so nothing says a machine did", async () => {
  const { header } = await composed({})
  for (const name of ["auto-submitted", "precedence", "list-unsubscribe", "x-auto-response-suppress", "bcc"])
    expect(header(name)).toEqual([])
})

test("both parts say the same: words, signature, three links, quote", async () => {
  const { text, html } = await composed({})
  expect(text).toContain("it is **on its way**.")
  expect(html).toContain("<strong>on its way</strong>")
  for (const part of [text, html]) {
    expect(part).toContain("Ann Lee")
    expect(part).toContain("On 10 March 2026 at 12:00, Dana Reyes wrote:")
    expect(part).toContain("Ref: c7.")
    for (const face of faces) expect(part).toContain(links[face])
  }
})

test("plain text has a line for each face, whole and short enough to survive quoting", async () => {
  const lines = (await composed({})).text.split("\n")
  expect(lines).toEqual(expect.arrayContaining([`Happy: ${links.happy}`, `OK: ${links.ok}`, `Unhappy: ${links.frown}`]))
  expect(Math.max(...faces.map((face) => links[face].length))).toBeLessThan(76)
})

test("the links stand after the signature and before the quote", async () => {
  for (const part of Object.values((({ text, html }) => ({ text, html }))(await composed({})))) {
    expect(part.indexOf("Ann Lee")).toBeLessThan(part.indexOf("/happy"))
    expect(part.indexOf("/frown")).toBeLessThan(part.indexOf("Dana Reyes wrote:"))
  }
})

test("the faces need no image, no script and no background to be read", async () => {
  const { html } = await composed({})
  expect(html).not.toMatch(/<img|<script|background|url\(/i)
  expect(html).toContain('role="presentation"')
  expect(html.match(/<td/g)).toHaveLength(3)
})

test("a reply that asks nothing has no trace of a question", async () => {
  const { text, html } = await composed({ faces: null })
  for (const part of [text, html]) expect(part).not.toMatch(/\/r\/|Unhappy|How was this answer/)
})

test("quoted lines gain a mark and lose rating links", async () => {
  const { text, html } = await composed({
    faces: null,
    quote: { name: "Dana", at: noon, timeZone: "UTC", text: `My words\n> Happy: ${links.happy}` },
  })
  expect(text).toContain("> My words\n>> Happy: https://desk.example/r/")
  for (const part of [text, html]) expect(part).not.toContain(token)
})

test("line breaks in names and subjects give no header", async () => {
  const { raw, email } = await composed({
    subject: "Hi\r\nBcc: evil@x.example",
    to: [{ name: "Bob\r\nBcc: evil@x.example", address: dana.address }],
    from: { name: "Help\r\nX-Evil: 1", address: help.address },
  })
  expect(raw.slice(0, raw.indexOf("\r\n\r\n"))).not.toMatch(/^(bcc|x-evil)/im)
  expect(email.to?.map(({ address }) => address)).toEqual([dana.address])
})

const breaks = [
  "\r\nBcc: evil@x.example",
  "\nBcc: evil@x.example",
  "\r Bcc: evil@x.example",
  "=?utf-8?q?=0D=0ABcc:_evil@x.example?=",
]
const fields: [string, (text: string) => Partial<ReplyMail>][] = [
  ["the subject", (text) => ({ subject: `Hi${text}` })],
  ["our name", (text) => ({ from: { name: `Help${text}`, address: help.address } })],
  ["our address", (text) => ({ from: { name: "Help", address: `${help.address}${text}` } })],
  ["the customer's name", (text) => ({ to: [{ name: `Dana${text}`, address: dana.address }] })],
  ["the customer's address", (text) => ({ to: [{ name: "", address: `${dana.address}${text}` }] })],
  ["the name of somebody in copy", (text) => ({ cc: [{ name: `Eli${text}`, address: "eli@customer.example" }] })],
  ["the address of somebody in copy", (text) => ({ cc: [{ name: "", address: `eli@customer.example${text}` }] })],
  ["the address to answer to", (text) => ({ replyTo: `${mail.replyTo}${text}` })],
  ["the id", (text) => ({ messageId: `<d5@desk.example${text}>` })],
  ["the id answered", (text) => ({ inReplyTo: `<m1@customer.example${text}>` })],
  ["the references", (text) => ({ references: [`<m1@customer.example${text}>`] })],
  ["the quoted name", (text) => ({ quote: mail.quote && { ...mail.quote, name: `Dana${text}` } })],
  ["the signature", (text) => ({ signature: `Ann${text}` })],
  ["the marker", (text) => ({ marker: `Ref: c7${text}` })],
]

test.each(fields)("a line break in %s gives no header, nor does an encoded one (T8)", async (_, changes) => {
  const names = (email: { headers: { key: string }[] }) =>
    email.headers.map(({ key }) => key).filter((key) => key !== "cc")
  const usual = names((await composed({})).email)
  for (const text of breaks) {
    const made = await composed(changes(text)).catch((error: Error) => error.message)
    if (typeof made === "string") expect(made).toContain("not an address")
    else expect(names(made.email)).toEqual(usual)
  }
})

test("an address that two parsers could read differently is refused", async () => {
  for (const address of [
    '"a@b"@x.example',
    "a@b@x.example",
    "a@x.example\r\nRCPT TO:<b@x.example>",
    "a,b@x.example",
    "a",
  ])
    await expect(composeReply({ ...mail, to: [{ name: "", address }] })).rejects.toThrow("not an address")
})

test("lines end as mail wants them, and are never too long", async () => {
  const { raw } = await composed({ text: `${"word ".repeat(5000)}\nmañana 🙂`, subject: `Re: ${"é".repeat(300)}` })
  expect(raw.replace(/\r\n/g, "")).not.toMatch(/[\r\n]/)
  expect(Math.max(...raw.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998)
})

test("the stored copy can have its links taken out, however they were encoded", async () => {
  for (const text of ["short", "日本語の返事です。".repeat(40), "é".repeat(300)]) {
    const { raw } = await composed({ text })
    const redacted = await PostalMime.parse(Buffer.from(redactRatingLinks(raw), "latin1"))
    for (const part of [redacted.text ?? "", redacted.html ?? ""]) {
      expect(part).not.toContain(token)
      expect(part).toContain("Ann Lee")
    }
    expect(redactRatingLinks(raw).replaceAll("=\r\n", "")).not.toContain(token)
  }
})

test("whoever writes from the right is answered from the right, the desk's own words in their own direction", async () => {
  const quote = { name: dana.name, at: noon, timeZone: "UTC", text: "أين طلبي؟" }
  const { html } = await composed({ text: "تم إرسال الطلب.\n\nOrder 12", quote })
  expect(html).toMatch(/^<!doctype html><html lang="ar" dir="rtl">/)
  expect(html).toMatch(/<body[^>]* dir="rtl"/)
  expect(html).toMatch(/<table[^>]* align="right" dir="rtl"/)
  expect(html).toContain('<span dir="ltr">How was this answer?')
  expect(html).toMatch(/<blockquote[^>]* dir="rtl"[^>]* lang="ar"/)
  expect(html).toContain('<div dir="auto">Order 12</div>')
})

test("a quote keeps its own direction under an answer in another", async () => {
  const { html } = await composed({ text: "שלום" })
  expect(html).toMatch(/<blockquote[^>]* dir="ltr"/)
})

test("what was typed stands in both parts as it was typed", async () => {
  const typed = "  two blanks\nC:\\_a_\\ a*b*c\nRegards\n--\nAnn\n\n\n7. x\n1) y"
  const { text, html } = await composed({ text: typed })
  expect(text.replaceAll("\r\n", "\n").startsWith(`${typed}\n`)).toBe(true)
  expect(html).toContain("  two blanks<br>C:\\_a_\\ a*b*c<br>Regards<br>--<br>Ann</div>")
  expect(html).toContain('<ol dir="auto" start="7" style="margin:0"><li>x</li></ol><div dir="auto">1) y</div>')
})
