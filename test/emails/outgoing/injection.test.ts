import { expect, test } from "vitest"
import { composeReply, type ReplyMail } from "#emails/outgoing/compose.server.ts"

const evil = "x\r\nBcc: evil@x.example\r\n\r\n<b>body</b>\u0000\u2028Bcc: evil@x.example"
const dana = { name: "Dana", address: "dana@customer.example" }
const plain: ReplyMail = {
  messageId: "<d1.aaaaaaaaaaaaaaaa@desk.example>",
  inReplyTo: "<1@customer.example>",
  references: ["<case.1@desk.example>"],
  date: new Date("2026-03-10T11:00:00Z"),
  from: { name: "Help", address: "help@desk.example" },
  replyTo: "help@desk.example",
  to: [dana],
  cc: [{ ...dana, address: "copy@customer.example" }],
  subject: "Re: Invoice",
  text: "Hello",
  signature: "Bo",
  faces: null,
  quote: null,
  marker: "Ref: c1.aaaaaaaaaaaaaaaa",
}
const file = { filename: "a.txt", contentType: "text/plain", content: Buffer.from("a") }

/** Fields whose words somebody else may have chosen. */
const fields: Record<string, Partial<ReplyMail>> = {
  subject: { subject: evil },
  "sender's name": { from: { name: evil, address: "help@desk.example" } },
  "sender's address": { from: { name: "Help", address: `${evil}@desk.example` } },
  "reply address": { replyTo: `${evil}@desk.example` },
  "recipient's name": { to: [{ ...dana, name: evil }] },
  "recipient's address": { to: [{ ...dana, address: `dana@customer.example\r\nBcc: evil@x.example` }] },
  "copy's name": { cc: [{ ...dana, name: evil }] },
  "copy's address": { cc: [{ ...dana, address: `"${evil}"@customer.example` }] },
  "id it answers": { inReplyTo: `<1@c.example>\r\nBcc: evil@x.example` },
  "ids it refers to": { references: ["<1@c.example>\r\nBcc: evil@x.example"] },
  "file name": { files: [{ ...file, filename: evil }] },
  "type of a file": { files: [{ ...file, contentType: `text/plain\r\nBcc: evil@x.example` }] },
  "message id": { messageId: "<d1@desk.example>\r\nBcc: evil@x.example" },
}

test.each(Object.entries(fields))("no line break in the %s begins a header line", async (name, changes) => {
  // An address that is none is refused outright; everything else is put on one line.
  const raw = await composeReply({ ...plain, ...changes }).catch(() => Buffer.from(""))
  expect(raw.toString("latin1")).not.toMatch(/^bcc:/im)
  const head = raw.toString("latin1").split("\r\n\r\n")[0] ?? ""
  expect(head).not.toMatch(/[^\r]\n|\r[^\n]|\0/)
  if (!name.includes("address")) expect(head).toContain("Subject:")
})
