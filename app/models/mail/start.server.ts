import { and, desc, eq, isNull, sql } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { type Address, messages } from "#db/tables/cases.ts"
import { mailboxes } from "#db/tables/people.ts"
import { headerText, withoutBlankEnds } from "#emails/outgoing/headers.ts"
import { factsOf } from "../cases/answered.server.ts"
import { lockCase, openCase } from "../cases/case.server.ts"
import { dropDraftFiles, type KeptFile, type NewFile } from "../cases/draft-file.server.ts"
import { isRepeat } from "../cases/repeat.ts"
import { isVisibleTo } from "../cases/visible.server.ts"
import { canonicalAddress } from "../people/address.ts"
import type { Viewer } from "../people/agent.ts"
import { linkOrigin } from "../people/base-url.ts"
import { customerFor } from "../people/customer.server.ts"
import { isText, once } from "../people/idempotency.server.ts"
import { settings } from "../people/settings.server.ts"
import { answeredBy } from "../sharing/assignment.server.ts"
import { post } from "./letter.server.ts"
import type { Posted, Refusal } from "./reply.server.ts"
import { filesOfReply } from "./reply-file.server.ts"
import { longestReply } from "./reply-length.ts"

export type NewCaseByUs = {
  mailboxId: number
  agentId: number
  to: Address
  subject: string
  text: string
  files: (KeptFile | NewFile)[]
  /** Those that were kept for it as they were chosen, by id. */
  draftFiles?: number[]
  /** On purpose, though they wrote just this to the same person; programs always mean it. */
  again: boolean
  opId: string | null
  undoSeconds: number
}
type Started = Posted & { caseNumber: number }
/** The case in which the same words went to the same person, from another window or a moment ago. */
type Written = { writtenIn: number }

/** Writes to a customer first: a case of its own, with the writer, waiting on them. No rating is asked: there is no answer to judge yet. */
export async function startCase(
  viewer: Viewer,
  given: NewCaseByUs,
  now: Date,
): Promise<Started | Written | Refusal | "no subject"> {
  if (given.text.trim() === "") return "empty"
  if (given.text.length > longestReply) return "too long"
  if (headerText(given.subject) === "") return "no subject"
  if (!isVisibleTo(viewer, given)) return "not your mailbox"
  const address = canonicalAddress(given.to.address)
  if (address === null) return "bad address"
  const baseUrl = linkOrigin(await settings())
  const to = { name: headerText(given.to.name), address }
  const by = { id: given.agentId, opId: given.opId }
  return once(by, "start case", (tx) => start(tx, { ...given, to }, baseUrl, now), isRefused)
}

const isRefused = (done: Started | Written | Refusal) => isText(done) || isWritten(done)

export const isWritten = (done: object | string): done is Written => typeof done === "object" && "writtenIn" in done

async function start(tx: Tx, given: NewCaseByUs, baseUrl: string, now: Date): Promise<Started | Written | Refusal> {
  const { mailboxId, agentId, to } = given
  const ours = await tx.select({ address: mailboxes.address }).from(mailboxes)
  if (ours.some(({ address }) => address === to.address)) return "no recipient"
  const writtenIn = given.again ? null : await writtenBefore(tx, given, now)
  if (writtenIn !== null) return { writtenIn }
  const waiting = { caseNumber: null, agentId }
  const files = await filesOfReply(tx, { ...waiting, files: given.files, draftFiles: given.draftFiles ?? [] })
  if (typeof files === "string") return files
  const customerId = await customerFor(tx, to, now)
  const subject = headerText(given.subject)
  const caseNumber = await openCase(tx, { mailboxId, customerId, subject, requester: to, waiting: false }, now)
  const kase = await lockCase(tx, caseNumber)
  if (!kase) throw new Error(`case ${caseNumber} was opened and is not there`)
  const { undoSeconds } = given
  const letter = { kase, agentId, text: withoutBlankEnds(given.text), subject, to: [to], cc: [], files }
  const first = { parent: null, quote: null, ask: null, before: { ...(await factsOf(tx, kase)), agentId } }
  const posted = await post(tx, { ...letter, ...first, undoSeconds, baseUrl }, now)
  await answeredBy(tx, caseNumber, agentId, now)
  await dropDraftFiles(tx, waiting)
  return { ...posted, caseNumber }
}

/** Two windows of one person take turns, so that of two at once the second sees the first. */
async function writtenBefore(tx: Tx, { agentId, to, subject, text }: NewCaseByUs, now: Date): Promise<number | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`start case ${agentId}`}, 0))`)
  const { id, at, caseNumber, kind, inReplyTo } = messages
  const first = and(eq(messages.agentId, agentId), eq(kind, "reply"), isNull(inReplyTo))
  const same = and(eq(messages.subject, headerText(subject)), sql`${messages.to} -> 0 ->> 'address' = ${to.address}`)
  const rows = await tx
    .select({ caseNumber, text: messages.text, at })
    .from(messages)
    .where(and(first, same))
    .orderBy(desc(at), desc(id))
    .limit(1)
  return rows[0] && isRepeat(text, rows[0], now) ? rows[0].caseNumber : null
}
