import MailComposer from "nodemailer/lib/mail-composer"
import { createElement } from "react"
import { renderToStaticMarkup } from "react-dom/server"
import { canonicalAddress } from "#app/models/people/address.ts"
import type { Address } from "#db/tables/cases.ts"
import { headerText } from "./headers.ts"
import { Reply, type ReplyBody } from "./reply.tsx"
import { replyText } from "./reply-text.ts"

export type ReplyMail = ReplyBody & {
  /** In angle brackets, as the two below. Fixed once: every try sends the same. */
  messageId: string
  inReplyTo: string | null
  references: string[]
  date: Date
  from: Address
  /** Our signed address of the case. */
  replyTo: string
  to: Address[]
  cc: Address[]
  files?: MailFile[]
}
export type MailFile = { filename: string; contentType: string; content: Buffer }

/** The mail a customer gets, as bytes. Written by a person, so nothing in it says it was made by a machine. */
export async function composeReply(mail: ReplyMail): Promise<Buffer> {
  const composer = new MailComposer({
    from: header(mail.from),
    replyTo: header({ name: mail.from.name, address: mail.replyTo }),
    to: mail.to.map(header),
    cc: mail.cc.map(header),
    subject: headerText(mail.subject),
    date: mail.date,
    messageId: mail.messageId,
    ...(mail.inReplyTo ? { inReplyTo: mail.inReplyTo } : {}),
    references: mail.references,
    // Comes back to us in loops even through programs that give mail a new Message-ID.
    headers: { "X-Desk-Loop": mail.messageId },
    text: replyText(mail),
    attachments: (mail.files ?? []).map((file) => ({ ...file, contentDisposition: "attachment" as const })),
    html: `<!doctype html>${renderToStaticMarkup(createElement(Reply, { ...mail, subject: headerText(mail.subject) }))}`,
    // Always this one: the stored copy has its rating links taken out later, which base64 would hide.
    encoding: "quoted-printable",
    newline: "win",
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

/** A second reading of an address by another parser is how mail goes to strangers (CVE-2025-13033): one rule, here too. */
export function header({ name, address }: Address) {
  const plain = canonicalAddress(address)
  if (plain === null) throw new Error(`not an address mail can go to: ${JSON.stringify(address)}`)
  return { name: headerText(name), address: plain }
}
