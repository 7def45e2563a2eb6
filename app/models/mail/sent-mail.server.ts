import { and, eq } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { copyOf, inThread } from "#emails/incoming/threads.server.ts"
import type { Viewer } from "../people/agent.ts"
import { type Face, faces } from "../ratings/face.ts"
import { recipientsOfMails } from "./delivery.server.ts"
import { deliveryOf } from "./delivery.ts"
import { sentVisibleTo } from "./visible.server.ts"

/** One mail as it left or will leave: its header lines, what it says, how it is getting on. Null: not the viewer's. */
export async function oneSentMail(viewer: Viewer, id: number, now: Date) {
  const row = await rowFor(viewer, id)
  if (!row) return null
  const { headers, text } = await view(row)
  const recipients = await recipientsOfMails([id])
  return {
    id,
    subject: row.subject,
    caseNumber: row.caseNumber,
    envelopeFrom: row.envelopeFrom,
    headers,
    text,
    links: row.keptAt ? linksIn(text) : [],
    delivery: deliveryOf(row, recipients.get(id) ?? [], now),
  }
}

/** Its HTML part, to be shown in a frame that runs nothing. */
export async function sentHtml(viewer: Viewer, id: number): Promise<string | null> {
  const row = await rowFor(viewer, id)
  return row && (await view(row)).html
}

type Row = typeof mailToSend.$inferSelect

async function rowFor(viewer: Viewer, id: number): Promise<Row | null> {
  const mine = and(eq(mailToSend.id, id), sentVisibleTo(viewer))
  const [row] = await db.select().from(mailToSend).where(mine)
  return row ?? null
}

/** Kept mail has no other reader, so its links may be pressed here; any other's belong to the customer alone. */
function view({ rendered, keptAt }: Row) {
  const ask = () => ({ raw: copyOf(rendered), keepsLinks: keptAt !== null })
  return inThread({ work: "view", size: rendered.length, ask, waiting: "a person" })
}

function linksIn(text: string): { face: Face; href: string }[] {
  return faces.flatMap((face) => {
    const [href] = new RegExp(`https?://\\S{1,300}/r/[a-z2-7]{26}/${face}`).exec(text) ?? []
    return href ? [{ face, href }] : []
  })
}
