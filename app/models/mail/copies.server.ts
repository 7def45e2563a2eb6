import { and, eq, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { attachments, messages } from "#db/tables/cases.ts"
import { mailBytes } from "#db/tables/mail.ts"
import { straighten } from "#emails/incoming/bytes.server.ts"
import { addressesOf, dateOf, rawOf, readFields } from "#emails/incoming/head.server.ts"
import { htmlText } from "#emails/incoming/html-text.ts"
import { comparable } from "../people/address.ts"
import type { Arrived, MailRow } from "./arrived.server.ts"
import { type Copy, type Likeness, likenessOf } from "./copies.ts"

const longestHead = 64 * 1024
const longestPage = 200_000

/** Whether a mail that bears the id of an earlier one is that one by another way, and whether more is in it. */
export async function likenessTo(tx: Tx, earlier: MailRow, mail: Arrived): Promise<Likeness> {
  const first = await copyIn(tx, earlier)
  return first ? likenessOf(first, copyOf(mail)) : "other"
}

function copyOf({ email, files }: Arrived): Copy {
  const { from, date, subject, text, html } = email
  return { from: sendersOf(from), date: date?.getTime() ?? null, subject, text, page: wordsOfPage(html), files }
}

/** The earlier one as it stands in its case; null when it stands in none. */
async function copyIn(tx: Tx, { id, caseNumber }: MailRow): Promise<Copy | null> {
  if (caseNumber === null) return null
  const [message] = await tx
    .select({ id: messages.id, subject: messages.subject, text: messages.text, html: messages.html })
    .from(messages)
    .where(and(eq(messages.caseNumber, caseNumber), eq(messages.mailId, id), eq(messages.kind, "email")))
  if (!message) return null
  const start = sql<Buffer>`substring(${mailBytes.raw} from 1 for ${longestHead})`
  const [bytes] = await tx.select({ start }).from(mailBytes).where(eq(mailBytes.mailId, id))
  if (!bytes) return null
  const { sha256, size, contentType } = attachments
  const files = await tx
    .select({ sha256, size, contentType })
    .from(attachments)
    .where(eq(attachments.messageId, message.id))
  const fields = readFields(straighten(bytes.start).head)
  const { subject, text, html } = message
  const written = {
    from: sendersOf(addressesOf(fields, "from")),
    date: dateOf(rawOf(fields, "date"))?.getTime() ?? null,
  }
  return { ...written, subject, text, page: wordsOfPage(html), files }
}

const sendersOf = (from: readonly { address: string }[]) => from.map(({ address }) => comparable(address)).sort()

const wordsOfPage = (html: string | null) => (html === null ? null : htmlText(html.slice(0, longestPage)))
