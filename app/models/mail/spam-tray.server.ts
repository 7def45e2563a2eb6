import { and, asc, eq, inArray, lt, sql } from "drizzle-orm"
import { wake } from "#db/announce.server.ts"
import { db, type Tx, ts } from "#db/connection.server.ts"
import { cases, participants } from "#db/tables/cases.ts"
import { mailBytes, mailReceived } from "#db/tables/mail.ts"
import { senderRules } from "#db/tables/ways.ts"
import { inMailboxesOf, visibleTo } from "../cases/visible.server.ts"
import { canonicalAddress } from "../people/address.ts"
import { isAtLeast, type Viewer } from "../people/agent.ts"
import { once } from "../people/idempotency.server.ts"

/** A person knows better: the mail is read again, as if nobody had called it spam. Null: no such mail for them. */
export async function notSpam(
  viewer: Viewer & { id: number },
  mailId: number,
  now: Date,
): Promise<"read again" | null> {
  return once(viewer, "not spam", async (tx) => {
    const { id, fate, mailboxId } = mailReceived
    const decision = { by: viewer.id, at: now.toISOString(), kind: "not spam" } as const
    const done = await tx
      .update(mailReceived)
      .set({
        ...{ decision, fate: null, because: "", handledAt: null },
        ...{ attempts: 0, dueAt: sql`now()`, leasedBy: null, leasedUntil: null },
      })
      .where(and(eq(id, mailId), eq(fate, "spam"), inMailboxesOf(viewer, mailboxId)))
      .returning({ id, from: mailReceived.from })
    const [read] = done
    if (!read) return null
    const sender = canonicalAddress(read.from)
    if (sender) await keepRule(tx, viewer, sender, "welcome", now)
    await wake(tx, "mail received")
    return "read again"
  })
}

type Rule = "block" | "welcome"

async function keepRule(tx: Tx, viewer: Viewer, sender: string, rule: Rule, now: Date) {
  const row = { sender, rule, agentId: viewer.id, at: now }
  await tx.insert(senderRules).values(row).onConflictDoUpdate({ target: senderRules.sender, set: row })
}

/** An address, or `@domain` for all of one; null for what is neither. */
export function senderFrom(text: string): string | null {
  const typed = text.trim()
  if (!typed.startsWith("@")) return canonicalAddress(typed)
  return canonicalAddress(`x${typed}`)?.slice(1) ?? null
}

/** Nothing more of this sender becomes a case. Anybody who answers mail may say so; it can be taken back. */
export async function ruleSender(viewer: Viewer, text: string, rule: Rule, now: Date): Promise<"kept" | "no sender"> {
  const sender = senderFrom(text)
  if (sender === null) return "no sender"
  await once(viewer, "rule sender", (tx) => keepRule(tx, viewer, sender, rule, now))
  return "kept"
}

/** Whoever wrote this case writes no other. */
export async function blockRequester(viewer: Viewer, caseNumber: number, now: Date) {
  const { address, standing } = participants
  const [requester] = await db
    .select({ address })
    .from(participants)
    .innerJoin(cases, eq(cases.number, participants.caseNumber))
    .where(and(eq(cases.number, caseNumber), eq(standing, "requester"), visibleTo(viewer)))
  if (requester) await ruleSender(viewer, requester.address, "block", now)
}

export async function forgetSender(viewer: Viewer, sender: string): Promise<"forgotten" | "not allowed"> {
  if (!isAtLeast(viewer, "lead")) return "not allowed"
  await once(viewer, "forget sender", async (tx) => {
    await tx.delete(senderRules).where(eq(senderRules.sender, sender))
  })
  return "forgotten"
}

export const listSenders = () =>
  db
    .select({ sender: senderRules.sender, rule: senderRules.rule, at: senderRules.at })
    .from(senderRules)
    .orderBy(asc(senderRules.sender))

const keptDays = 30

/** The bytes of old spam go; that it came stays in the ledger. */
export async function forgetSpam(now: Date): Promise<number> {
  const old = db
    .select({ id: mailReceived.id })
    .from(mailReceived)
    .where(and(eq(mailReceived.fate, "spam"), lt(mailReceived.receivedAt, ts(new Date(+now - keptDays * 86_400_000)))))
  return (await db.delete(mailBytes).where(inArray(mailBytes.mailId, old)).returning({ id: mailBytes.mailId })).length
}
