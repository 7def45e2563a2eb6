import { and, eq, isNull, ne, sql } from "drizzle-orm"
import { wake } from "#db/announce.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { agents, mailboxAgents } from "#db/tables/people.ts"
import { passwordLinks, sessions } from "#db/tables/sign-in.ts"
import { limitsRefusal, type MailboxLimit, type NewAgent, type Refused } from "./agent.server.ts"
import { nobody, once, type Presser } from "./idempotency.server.ts"
import { hashPassword, passwordMatches } from "./password.server.ts"
import { choiceRefusal } from "./password-choice.server.ts"

export type AgentChange = Omit<NewAgent, "email" | "password">

/** What an admin decides about a person. Cases they may no longer answer are freed by the next sweep. */
export async function changeAgent(
  id: number,
  given: AgentChange,
  by: Presser = nobody,
): Promise<"changed" | Refused | null> {
  if (given.name.trim() === "") return { refused: "A name is needed, customers see it under replies" }
  const refused = limitsRefusal(given)
  if (refused !== null) return { refused }
  return once(by, "change agent", async (tx) => {
    if (!(await lockAgent(tx, id))) return null
    if (given.role !== "admin" && (await isLastAdmin(tx, id)))
      return { refused: "The last admin stays one: make another first" }
    const { name, role, loadLimit, skills } = given
    await tx.update(agents).set({ name: name.trim(), role, loadLimit, skills }).where(eq(agents.id, id))
    await answerThese(tx, id, given)
    await wake(tx, "jobs")
    return "changed"
  })
}

/** Signs a person out everywhere, at once and for good; their cases are freed by the next sweep. */
export async function deactivateAgent(
  id: number,
  now: Date,
  by: Presser = nobody,
): Promise<"deactivated" | Refused | null> {
  return once(by, "deactivate agent", async (tx) => {
    if (!(await lockAgent(tx, id))) return null
    if (await isLastAdmin(tx, id)) return { refused: "The last admin stays: make another first" }
    await tx
      .update(agents)
      .set({ deactivatedAt: now })
      .where(and(eq(agents.id, id), isNull(agents.deactivatedAt)))
    await tx.delete(sessions).where(eq(sessions.agentId, id))
    await tx.delete(passwordLinks).where(eq(passwordLinks.agentId, id))
    await wake(tx, "jobs")
    return "deactivated"
  })
}

export async function reactivateAgent(id: number, by: Presser = nobody): Promise<"reactivated" | null> {
  return once(by, "reactivate agent", async (tx) => {
    const active = tx.update(agents).set({ deactivatedAt: null }).where(eq(agents.id, id))
    return (await active.returning({ id: agents.id })).length > 0 ? "reactivated" : null
  })
}

/** A person's own words: the name customers see and what stands under their replies. */
export async function changeOwnWords(
  id: number,
  given: { name: string; signature: string },
  by: Presser = nobody,
): Promise<"changed" | Refused> {
  if (given.name.trim() === "") return { refused: "A name is needed, customers see it under replies" }
  const words = { name: given.name.trim().slice(0, 100), signature: given.signature.trim().slice(0, 2000) }
  return once<"changed">(by, "change own words", async (tx) => {
    await tx.update(agents).set(words).where(eq(agents.id, id))
    return "changed"
  })
}

/** A new password ends every other session of that person. */
export async function changePassword(
  id: number,
  password: string,
  keepTokenHash: string,
): Promise<"changed" | Refused> {
  const [person] = await db.select({ name: agents.name, email: agents.email }).from(agents).where(eq(agents.id, id))
  const refused = await choiceRefusal(password, person ?? { name: "", email: "" })
  if (refused !== null) return { refused }
  const passwordHash = await hashPassword(password)
  await db.transaction(async (tx) => {
    await tx.update(agents).set({ passwordHash, passwordIsPublic: false }).where(eq(agents.id, id))
    await tx.delete(sessions).where(and(eq(sessions.agentId, id), ne(sessions.tokenHash, keepTokenHash)))
    await tx.delete(passwordLinks).where(eq(passwordLinks.agentId, id))
  })
  return "changed"
}

export async function isPasswordOf(id: number, password: string): Promise<boolean> {
  const [row] = await db.select({ stored: agents.passwordHash }).from(agents).where(eq(agents.id, id))
  return (await passwordMatches(password.slice(0, 1024), row?.stored ?? null)) === true
}

type Answers = { mailboxIds: number[]; mailboxLimits: MailboxLimit[] }

async function lockAgent(tx: Tx, id: number) {
  // All admins, in id order: two of them demoting each other at once must not leave none. Their own press holds a key
  // lock on whoever pressed: two presses that each wanted the whole row would wait for each other.
  const rows = await tx
    .select({ id: agents.id })
    .from(agents)
    .where(sql`${agents.id} = ${id} or ${agents.role} = 'admin'`)
    .orderBy(agents.id)
    .for("no key update")
  return rows.some((row) => row.id === id)
}

async function isLastAdmin(tx: Tx, id: number) {
  const active = and(eq(agents.role, "admin"), isNull(agents.deactivatedAt))
  const admins = await tx.select({ id: agents.id }).from(agents).where(active)
  return admins.length === 1 && admins[0]?.id === id
}

/** A limit of their own in a mailbox they keep stays as it is unless another is given. */
async function answerThese(tx: Tx, agentId: number, { mailboxIds, mailboxLimits }: Answers) {
  const before = await tx.select().from(mailboxAgents).where(eq(mailboxAgents.agentId, agentId))
  for (const { mailboxId } of before.filter((row) => !mailboxIds.includes(row.mailboxId)))
    await tx
      .delete(mailboxAgents)
      .where(and(eq(mailboxAgents.agentId, agentId), eq(mailboxAgents.mailboxId, mailboxId)))
  const rows = mailboxIds.map((mailboxId) => ({ mailboxId, agentId }))
  if (rows.length > 0) await tx.insert(mailboxAgents).values(rows).onConflictDoNothing()
  for (const { mailboxId, limit } of mailboxLimits)
    await tx
      .update(mailboxAgents)
      .set({ loadLimit: limit })
      .where(and(eq(mailboxAgents.agentId, agentId), eq(mailboxAgents.mailboxId, mailboxId)))
}
