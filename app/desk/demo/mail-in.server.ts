import { createHash } from "node:crypto"
import MailComposer from "nodemailer/lib/mail-composer"
import { fingerprintText } from "#app/models/mail/fingerprint.ts"
import { digestOf } from "#app/models/mail/inbox.server.ts"
import type { Email } from "#emails/incoming/email.ts"
import { readEmail } from "#emails/incoming/parse.server.ts"
import type { Dice } from "./dice.ts"
import type { Register } from "./register.ts"
import { type Placed, parties } from "./rows.ts"
import type { Sheets } from "./sheets.ts"
import type { DemoMessage } from "./story.ts"

type Desk = { register: Register; dice: Dice }
type Said = Placed["messages"][number]
type Given = { raw: Buffer; from: string; to: string }
type LedgerRow = Sheets["mailReceived"][number]

/** Puts what a customer wrote in these days into the ledger, as the bytes that would have come in at the door. */
export async function mailIn(sheets: Sheets, placed: Placed, said: Said, mailId: number, desk: Desk) {
  const { story, number } = placed
  const row = sheets.messages.find(({ id }) => id === said.id)
  const from = parties(story).customer
  const to = desk.register.address(story.mailbox)
  const rfcMessageId = `<${desk.dice.hex(16)}@${from.address.slice(from.address.indexOf("@") + 1)}>`
  const before = placed.messages.findLast(({ id }) => id < said.id)
  const parent = sheets.messages.find(({ id }) => id === before?.id)?.rfcMessageId ?? null
  const subject = row?.subject ?? ""
  const raw = await compose(said.said, { from, to, subject, rfcMessageId, parent })
  const email = await readEmail(raw)
  const told = fateOf(said.said, before !== undefined, email, to.address)
  const joinedBecause = before ? told.because : null
  const thread = { inReplyTo: parent, references: parent ? [parent] : [] }
  Object.assign(row ?? {}, { mailId, rfcMessageId, ...thread, joinedBecause })
  sheets.mailReceived.push({
    ...(await ledgerRow({ raw, from: from.address, to: to.address }, said.said.at, desk.dice)),
    ...{ id: mailId, subject, rfcMessageId, fingerprint: fingerprintOf(email), ...told, caseNumber: number },
  })
  sheets.mailBytes.push({ mailId, raw })
}

/** The words are the receiving room's (app/models/mail/take-in.server.ts). */
function fateOf({ machine }: DemoMessage, joins: boolean, email: Email, mailbox: string) {
  const answers = "Joined because it answers our message."
  if (machine) return { fate: machine, because: `An automatic answer: ${email.machine.because}. ${answers}` }
  if (joins) return { fate: "joined" as const, because: answers }
  return { fate: "opened" as const, because: `New mail to ${mailbox}.` }
}

function fingerprintOf(email: Email) {
  const files = email.attachments.map(({ bytes }) => createHash("sha256").update(bytes).digest("hex"))
  return createHash("sha256").update(fingerprintText(email, files)).digest("hex")
}

/** The same mail by another way, and a bounce of nothing we sent: a ledger shows those too. */
export async function oddMail(sheets: Sheets, twin: LedgerRow, ids: [number, number], now: Date, dice: Dice) {
  const bytes = sheets.mailBytes.find(({ mailId }) => mailId === twin.id)?.raw ?? Buffer.alloc(0)
  const again = Buffer.concat([Buffer.from("Received: from relay2.example by mx.example; again\r\n"), bytes])
  const to = twin.envelopeTo[0] ?? ""
  const { subject = "", rfcMessageId = null, fingerprint = null, caseNumber = null } = twin
  const notice = Buffer.from(bounceNotice)
  const [second, back] = [new Date(twin.receivedAt.getTime() + 4000), new Date(now.getTime() - 5_400_000)]
  sheets.mailReceived.push(
    {
      ...(await ledgerRow({ raw: again, from: twin.envelopeFrom, to }, second, dice)),
      ...{ id: ids[0], subject, rfcMessageId, fingerprint, fate: "duplicate", caseNumber, because: "" },
    },
    {
      ...(await ledgerRow({ raw: notice, from: "", to }, back, dice)),
      ...{ id: ids[1], subject: "Undelivered Mail Returned to Sender", rfcMessageId: null, fingerprint: null },
      ...{ from: "mailer-daemon@mx.example", fate: "bounce", caseNumber: null },
      because: "It is mail that came back, but names none of ours.",
    },
  )
  sheets.mailBytes.push({ mailId: ids[0], raw: again }, { mailId: ids[1], raw: notice })
}

/** Numbers the ledger in the order in which the mail came, as the door would have. */
export function numberLedger(sheets: Sheets) {
  const rows = sheets.mailReceived.toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())
  const ids = rows.map(({ id = 0 }) => id).toSorted((a, b) => a - b)
  const next = new Map(rows.map(({ id = 0 }, place) => [id, ids[place] ?? id]))
  for (const row of sheets.messages) row.mailId = next.get(row.mailId ?? 0) ?? null
  for (const row of sheets.mailBytes) row.mailId = next.get(row.mailId) ?? row.mailId
  for (const row of rows) row.id = next.get(row.id ?? 0) ?? 0
  for (const row of rows.filter(({ fate }) => fate === "duplicate")) {
    const first = rows.find(({ rfcMessageId }) => rfcMessageId === row.rfcMessageId)
    row.because = `The same mail came before, as number ${first?.id}.`
  }
}

async function ledgerRow({ raw, from, to }: Given, at: Date, dice: Dice) {
  const after = (seconds: number) => new Date(at.getTime() + seconds * 1000)
  return {
    ...{ receivedAt: after(1.4), via: "smtp" as const, envelopeFrom: from, envelopeTo: [to] },
    // An address of RFC 5737: it is nobody's.
    remote: `203.0.113.${dice.between(2, 250)}`,
    digest: await digestOf({ envelopeFrom: from, envelopeTo: [to], raw, asClosed: false }),
    ...{ size: raw.length, from, to, handledAt: after(2.1), attempts: 1, dueAt: after(1.4) },
  }
}

type Head = { from: { name: string; address: string }; to: { name: string; address: string } } & {
  subject: string
  rfcMessageId: string
  parent: string | null
}

function compose({ text, quoted, html, files, machine, at }: DemoMessage, head: Head): Promise<Buffer> {
  const composer = new MailComposer({
    ...{ from: head.from, to: head.to, subject: head.subject, date: at, messageId: head.rfcMessageId },
    ...(head.parent ? { inReplyTo: head.parent, references: [head.parent] } : {}),
    ...(machine === "auto" ? { headers: { "Auto-Submitted": "auto-replied" } } : {}),
    text: quoted === "" ? text : `${text}\n\n${quoted}`,
    ...(html === null ? {} : { html }),
    attachments: files.map(({ filename, contentType, bytes }) => ({
      ...{ filename, contentType, content: bytes },
      ...(html?.includes("cid:") ? { cid: "screen@harbor" } : {}),
    })),
    newline: "win",
  })
  return composer.compile().build()
}

const bounceNotice = [
  "From: Mail Delivery System <mailer-daemon@mx.example>",
  "Subject: Undelivered Mail Returned to Sender",
  "Auto-Submitted: auto-replied",
  'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
  "",
  "--b",
  "Content-Type: text/plain",
  "",
  "I'm sorry to have to inform you that your message could not be delivered.",
  "--b",
  "Content-Type: message/delivery-status",
  "",
  "Reporting-MTA: dns; mx.example",
  "",
  "Final-Recipient: rfc822; nobody@lanternpress.example",
  "Action: failed",
  "Status: 5.1.1",
  "--b--",
  "",
].join("\r\n")
