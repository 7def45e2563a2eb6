import { and, eq } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import type { Tx } from "#db/connection.server.ts"
import { attachments, messages } from "#db/tables/cases.ts"
import { caseEvents } from "#db/tables/events.ts"
import { mailReceived } from "#db/tables/mail.ts"
import { type CaseRow, lockCase, openCase } from "../cases/case.server.ts"
import { mayWriteIn } from "../cases/case.ts"
import { lockBoth, type MergeRefusal, mergeLocked } from "../cases/merge.server.ts"
import { changeCase } from "../cases/merged-facts.server.ts"
import { spokenTo } from "../cases/merged-facts.ts"
import { remakeCase } from "../cases/rebuild.server.ts"
import { isVisibleTo } from "../cases/visible.server.ts"
import { canonicalAddress } from "../people/address.ts"
import type { Viewer } from "../people/agent.ts"
import { customerFor } from "../people/customer.server.ts"
import { once } from "../people/idempotency.server.ts"
import { giveOut } from "./stand.server.ts"

export type MessageRow = typeof messages.$inferSelect
export type MoveRefusal = MergeRefusal | "no such message"

/** One mail becomes a case of its own: its sender's, waiting since it came. The number of the new case. */
export const splitOff = (viewer: Viewer, messageId: number, now: Date) =>
  once(viewer, "split off", (tx) => splitIn(tx, viewer, messageId, now))

export async function splitIn(tx: Tx, viewer: Viewer, messageId: number, now: Date): Promise<number | MoveRefusal> {
  const found = await inboundOf(tx, viewer, messageId)
  if (typeof found === "string") return found
  if (await isAlone(tx, found.message)) return "not possible now"
  const number = await openFor(tx, found, now)
  await move(tx, found.message, number, viewer.id, now)
  await giveOut(tx, number, null, now)
  return number
}

/** One mail goes to the case it belongs to. A case left without any mail goes with it. */
export async function moveInto(
  viewer: Viewer,
  messageId: number,
  into: number,
  now: Date,
): Promise<"done" | MoveRefusal> {
  return once(viewer, "move", async (tx) => {
    const found = await inboundOf(tx, viewer, messageId)
    if (typeof found === "string") return found
    const pair = await lockBoth(tx, viewer, found.kase.number, into)
    if (typeof pair === "string") return pair
    if (pair.from.number === into || !mayWriteIn(pair.into)) return "not possible now"
    if (await isAlone(tx, found.message)) {
      if (pair.from.mergedInto !== null) return "not possible now"
      await mergeLocked(tx, pair, viewer.id, now)
    } else await move(tx, found.message, into, viewer.id, now)
    await giveOut(tx, into, pair.into, now)
    return "done"
  })
}

type Found = { message: MessageRow; kase: CaseRow }

/** Mail of a customer's in a case of the viewer's, both locked. What we wrote stays where it was asked about. */
export async function inboundOf(tx: Tx, viewer: Viewer, messageId: number): Promise<Found | MoveRefusal> {
  const mail = and(eq(messages.id, messageId), eq(messages.kind, "email"))
  const [seen] = await tx.select({ caseNumber: messages.caseNumber }).from(messages).where(mail)
  const kase = seen ? await lockCase(tx, seen.caseNumber) : null
  if (!kase || !isVisibleTo(viewer, kase)) return "no such message"
  const [message] = await tx
    .select()
    .from(messages)
    .where(and(mail, eq(messages.caseNumber, kase.number)))
  return message ? { message, kase } : "no such message"
}

async function isAlone(tx: Tx, { caseNumber }: MessageRow) {
  const some = await tx.select({ id: messages.id }).from(messages).where(eq(messages.caseNumber, caseNumber)).limit(2)
  return some.length < 2
}

async function openFor(tx: Tx, { message, kase }: Found, now: Date) {
  const address = canonicalAddress(message.from.address)
  const requester = address === null ? null : { name: message.from.name.slice(0, 200), address }
  const customerId = requester ? await customerFor(tx, requester, now) : null
  const { mailboxId } = kase
  return openCase(tx, { mailboxId, customerId, subject: message.subject, requester, waiting: true }, now)
}

/** The row changes its case, and both cases know about their messages what is so now. */
export async function move(tx: Tx, message: MessageRow, into: number, agentId: number | null, now: Date) {
  const { id, caseNumber: from, mailId, at } = message
  const joinedBecause = `Moved here from case ${from}.`
  await tx.update(messages).set({ caseNumber: into, unverified: false, joinedBecause }).where(eq(messages.id, id))
  await tx.update(attachments).set({ caseNumber: into }).where(eq(attachments.messageId, id))
  if (mailId !== null) await tx.update(mailReceived).set({ caseNumber: into }).where(eq(mailReceived.id, mailId))
  const target = await lockCase(tx, into)
  if (target && !message.machine) await changeCase(tx, target, spokenTo(at))
  for (const number of [from, into].sort((a, b) => a - b)) await remakeCase(tx, number)
  await tx.insert(caseEvents).values([
    { caseNumber: from, kind: "split off", agentId, at: now, detail: { case: into } },
    { caseNumber: into, kind: "taken over", agentId, at: now, detail: { case: from } },
  ])
  for (const caseNumber of [from, into]) await announce(tx, { kind: "case", caseNumber }, now)
}
