import { and, eq, inArray } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { readEmail } from "#emails/incoming/parse.server.ts"
import type { Viewer } from "../people/agent.ts"
import { type Face, faces } from "../ratings/face.ts"
import { redactRatingLinks } from "../ratings/link-redaction.ts"
import { recipientsOfMails } from "./delivery.server.ts"
import { deliveryOf } from "./delivery.ts"

/** One mail as it left or will leave: its header lines, what it says, how it is getting on. Null: not the viewer's. */
export async function oneSentMail(viewer: Viewer, id: number, now: Date) {
  const row = await rowFor(viewer, id)
  if (!row) return null
  const rendered = shown(row)
  const { text } = await readEmail(rendered)
  const recipients = await recipientsOfMails([id])
  return {
    id,
    subject: row.subject,
    caseNumber: row.caseNumber,
    envelopeFrom: row.envelopeFrom,
    headers: headersOf(rendered),
    text,
    links: row.keptAt ? linksIn(text) : [],
    delivery: deliveryOf(row, recipients.get(id) ?? [], now),
  }
}

/** Its HTML part, to be shown in a frame that runs nothing. */
export async function sentHtml(viewer: Viewer, id: number): Promise<string | null> {
  const row = await rowFor(viewer, id)
  return row && (await readEmail(shown(row))).html
}

type Row = typeof mailToSend.$inferSelect

async function rowFor(viewer: Viewer, id: number): Promise<Row | null> {
  const mine = and(eq(mailToSend.id, id), inArray(mailToSend.mailboxId, viewer.mailboxIds))
  const [row] = await db.select().from(mailToSend).where(mine)
  return row ?? null
}

/** Kept mail has no other reader, so its links may be pressed here; any other's belong to the customer alone. */
function shown({ rendered, keptAt }: Row) {
  return keptAt ? rendered : Buffer.from(redactRatingLinks(rendered.toString("latin1")), "latin1")
}

/** The header as it stands in the mail, folded lines joined. */
function headersOf(rendered: Buffer) {
  const text = rendered.toString("utf8")
  const head = text.slice(0, text.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ")
  return head.split("\r\n").map((line) => {
    const colon = line.indexOf(":")
    return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() }
  })
}

function linksIn(text: string): { face: Face; href: string }[] {
  return faces.flatMap((face) => {
    const [href] = new RegExp(`https?://\\S+/r/[a-z2-7]{26}/${face}`).exec(text) ?? []
    return href ? [{ face, href }] : []
  })
}
