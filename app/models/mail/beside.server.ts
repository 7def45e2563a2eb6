import { and, desc, eq, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { newTextBeside } from "#emails/incoming/known.ts"
import { inThread } from "#emails/incoming/threads.server.ts"
import type { Arrived } from "./arrived.server.ts"

const mostMessages = 5

/** Compared here and now; more goes to a thread. In characters. */
const smallSize = 32 * 1024

/** The mail, less what it repeats of what was last said in the case it joins. */
export async function besideWhatWasSaid(tx: Tx, mail: Arrived, caseNumber: number): Promise<Arrived> {
  const said = await tx
    .select({ text: sql<string>`left(coalesce(nullif(${messages.newText}, ''), ${messages.text}), 100000)` })
    .from(messages)
    .where(eq(messages.caseNumber, caseNumber))
    .orderBy(desc(messages.id))
    .limit(mostMessages)
  const asked = { newText: mail.email.newText, said: said.map(({ text }) => text) }
  return { ...mail, email: { ...mail.email, newText: await compare(asked) } }
}

/** Whether a text is one of our latest answers over again, and little else is missing of it. */
export async function isOneOfOurs(tx: Tx, newText: string, caseNumber: number): Promise<boolean> {
  const said = await tx
    .select({ text: sql<string>`left(${messages.text}, 100000)` })
    .from(messages)
    .where(and(eq(messages.caseNumber, caseNumber), eq(messages.kind, "reply")))
    .orderBy(desc(messages.id))
    .limit(mostMessages)
  const plain = (text: string) => text.slice(0, 100_000).replace(/\s+/g, " ").trim()
  const words = plain(newText)
  return said.some(
    ({ text }) => words !== "" && plain(text).includes(words) && words.length >= plain(text).length * 0.8,
  )
}

type Asked = { newText: string; said: string[] }

async function compare(asked: Asked): Promise<string> {
  const { newText, said } = asked
  const size = said.reduce((sum, { length }) => sum + length, newText.length)
  if (size <= smallSize) return newTextBeside(newText, said)
  // Its case is locked meanwhile, so it does not stand in line; what cannot be compared is shown whole.
  return inThread({ work: "compare", size, ask: () => asked, waiting: "a person" }).catch(() => newText)
}
