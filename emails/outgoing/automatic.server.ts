import MailComposer from "nodemailer/lib/mail-composer"
import { createElement } from "react"
import { renderToStaticMarkup } from "react-dom/server"
import type { Address } from "#db/tables/cases.ts"
import { Automatic } from "./automatic.tsx"
import { header } from "./compose.server.ts"
import { bodyText, headerText } from "./headers.ts"

type AutomaticMail = {
  kind: "acknowledgement" | "notice"
  messageId: string
  inReplyTo: string | null
  replyTo: string | null
  date: Date
  from: Address
  to: Address[]
  subject: string
  text: string
}

/** A mail nobody wrote, which says so in every way that programs look for (RFC 3834, [MS-OXCMAIL]). */
export async function composeAutomatic(mail: AutomaticMail): Promise<Buffer> {
  const { kind, inReplyTo, replyTo, from, subject, text, messageId } = mail
  const composer = new MailComposer({
    from: header(from),
    ...(replyTo ? { replyTo: header({ name: from.name, address: replyTo }) } : {}),
    to: mail.to.map(header),
    subject: headerText(subject),
    ...{ date: mail.date, messageId },
    ...(inReplyTo ? { inReplyTo, references: [inReplyTo] } : {}),
    headers: {
      "Auto-Submitted": kind === "acknowledgement" ? "auto-replied" : "auto-generated",
      "X-Auto-Response-Suppress": "All",
      ...(kind === "notice" ? { Precedence: "bulk" } : {}),
      "X-Desk-Loop": messageId,
    },
    text: `${bodyText(text).trim()}\n`,
    html: `<!doctype html>${renderToStaticMarkup(createElement(Automatic, { subject, text: bodyText(text).trim() }))}`,
    ...{ encoding: "quoted-printable", newline: "win", disableFileAccess: true, disableUrlAccess: true },
  })
  return composer.compile().build()
}
