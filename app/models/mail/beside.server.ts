import { desc, eq, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { newTextBeside } from "#emails/incoming/known.ts"
import type { Arrived } from "./arrived.server.ts"

const mostMessages = 5

/** The mail, less what it repeats of what was last said in the case it joins (mail.md 2.4). */
export async function besideWhatWasSaid(tx: Tx, mail: Arrived, caseNumber: number): Promise<Arrived> {
  const said = await tx
    .select({ text: sql<string>`left(coalesce(nullif(${messages.newText}, ''), ${messages.text}), 100000)` })
    .from(messages)
    .where(eq(messages.caseNumber, caseNumber))
    .orderBy(desc(messages.id))
    .limit(mostMessages)
  const newText = newTextBeside(
    mail.email.newText,
    said.map(({ text }) => text),
  )
  return { ...mail, email: { ...mail.email, newText } }
}
