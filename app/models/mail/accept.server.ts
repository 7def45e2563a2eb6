import { and, eq } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import type { Tx } from "#db/connection.server.ts"
import { attachments, messages } from "#db/tables/cases.ts"
import { caseEvents } from "#db/tables/events.ts"
import { mailReceived } from "#db/tables/mail.ts"
import { changeCase } from "../cases/merged-facts.server.ts"
import { spokenTo } from "../cases/merged-facts.ts"
import { addParticipant } from "../cases/participant.server.ts"
import { remakeCase } from "../cases/rebuild.server.ts"
import { canonicalAddress } from "../people/address.ts"
import type { Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"
import { inboundOf, type MessageRow, type MoveRefusal, splitIn } from "./move.server.ts"
import { giveOut } from "./stand.server.ts"

/** A person knows who wrote it: the sender takes part from here on, and the case waits on us for them. */
export async function acceptMessage(viewer: Viewer, messageId: number, now: Date): Promise<"done" | MoveRefusal> {
  return once(viewer, "accept", async (tx) => {
    const found = await inboundOf(tx, viewer, messageId)
    if (typeof found === "string") return found
    const { message, kase } = found
    if (!message.unverified) return "not possible now"
    await tx.update(messages).set({ unverified: false, acceptedBy: viewer.id }).where(eq(messages.id, messageId))
    const address = canonicalAddress(message.from.address)
    if (address) await addParticipant(tx, kase.number, { name: message.from.name, address }, "accepted", now)
    await settled(tx, message, "joined", `Accepted by ${viewer.name}.`)
    await tx.insert(caseEvents).values({ caseNumber: kase.number, kind: "accepted", agentId: viewer.id, at: now })
    await changeCase(tx, kase, spokenTo(now))
    await announce(tx, { kind: "case", caseNumber: kase.number }, now)
    await giveOut(tx, kase.number, kase, now)
    return "done"
  })
}

/** It is another matter, of whoever it says it is from: the number of the new case. */
export async function acceptApart(viewer: Viewer, messageId: number, now: Date): Promise<number | MoveRefusal> {
  return once(viewer, "accept apart", async (tx) => {
    const number = await splitIn(tx, viewer, messageId, now)
    if (typeof number !== "number") return number
    const [row] = await tx.select({ mailId: messages.mailId }).from(messages).where(eq(messages.id, messageId))
    if (row) await settled(tx, row, "opened", `Given a case of its own by ${viewer.name}.`)
    return number
  })
}

/**
 * It was nobody's to say here: gone from the case, and in the spam tray as it came, for as long as spam is kept.
 */
export async function rejectMessage(viewer: Viewer, messageId: number, now: Date): Promise<"done" | MoveRefusal> {
  return once(viewer, "reject", async (tx) => {
    const found = await inboundOf(tx, viewer, messageId)
    if (typeof found === "string") return found
    const { message, kase } = found
    if (!message.unverified || message.mailId === null) return "not possible now"
    await settled(tx, message, "spam", `Called spam by ${viewer.name}.`)
    await tx
      .update(mailReceived)
      .set({ caseNumber: null, mailboxId: kase.mailboxId })
      .where(eq(mailReceived.id, message.mailId))
    await tx.delete(attachments).where(eq(attachments.messageId, messageId))
    await tx.delete(messages).where(eq(messages.id, messageId))
    await remakeCase(tx, kase.number)
    await announce(tx, { kind: "case", caseNumber: kase.number, mailboxId: kase.mailboxId }, now)
    return "done"
  })
}

/** Seen, and left as it is: shown in the case as not verified, no longer waiting in the tray. */
export async function leaveUnverified(viewer: Viewer, messageId: number): Promise<"done" | MoveRefusal> {
  return once(viewer, "leave unverified", async (tx) => {
    const found = await inboundOf(tx, viewer, messageId)
    if (typeof found === "string") return found
    await tx
      .update(messages)
      .set({ acceptedBy: viewer.id })
      .where(and(eq(messages.id, messageId), eq(messages.unverified, true)))
    return "done"
  })
}

async function settled(
  tx: Tx,
  { mailId }: Pick<MessageRow, "mailId">,
  fate: "joined" | "opened" | "spam",
  because: string,
) {
  if (mailId !== null) await tx.update(mailReceived).set({ fate, because }).where(eq(mailReceived.id, mailId))
}
