import { and, eq, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { attachments, messages } from "#db/tables/cases.ts"
import { mailBytes } from "#db/tables/mail.ts"
import { straighten } from "#emails/incoming/bytes.server.ts"
import { addressesOf, dateOf, rawOf, readFields } from "#emails/incoming/head.server.ts"
import { inThread } from "#emails/incoming/threads.server.ts"
import { comparable } from "../people/address.ts"
import type { Arrived, MailRow } from "./arrived.server.ts"
import { type CopyAsSent, type Likeness, likenessAsSent, longestPage } from "./copies.ts"

const longestHead = 64 * 1024
/** Compared here and now; more goes to a thread. In characters. */
const smallSize = 32 * 1024

/** Whether a mail that bears the id of an earlier one is that one by another way, and whether more is in it. */
export async function likenessTo(tx: Tx, earlier: MailRow, mail: Arrived): Promise<Likeness> {
  const [first, second] = [await copyIn(tx, earlier), copyOf(mail)]
  if (!first) return "other"
  const asked = { first, second }
  const size = [first, second].reduce((sum, { text, html }) => sum + text.length + (html ?? "").length, 0)
  if (size <= smallSize) return likenessAsSent(first, second)
  // Its thread is locked meanwhile, so it does not stand in line; what cannot be compared is another mail, and kept.
  return inThread({ work: "liken", size, ask: () => asked, waiting: "a person" }).catch(() => "other")
}

function copyOf({ email, files }: Arrived): CopyAsSent {
  const { from, date, subject, text, html } = email
  return { from: sendersOf(from), date: date?.getTime() ?? null, subject, files, ...beginningOf(text, html) }
}

const beginningOf = (text: string, html: string | null) => ({
  text: text.slice(0, longestPage),
  html: html?.slice(0, longestPage) ?? null,
})

/** The earlier one as it stands in its case; null when it stands in none. */
async function copyIn(tx: Tx, { id, caseNumber }: MailRow): Promise<CopyAsSent | null> {
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
  return { ...written, subject, files, ...beginningOf(text, html) }
}

const sendersOf = (from: readonly { address: string }[]) => from.map(({ address }) => comparable(address)).sort()
