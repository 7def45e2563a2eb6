import { asc, eq, inArray, sql } from "drizzle-orm"
import { type Db, db, type Tx } from "#db/connection.server.ts"
import { agents, mailboxAgents, mailboxes } from "#db/tables/people.ts"
import { canonicalAddress } from "./address.ts"
import type { Role, Viewer } from "./agent.ts"
import { nobody, once, type Presser } from "./idempotency.server.ts"
import { colleaguesOf } from "./mailbox.server.ts"
import { hashPassword } from "./password.server.ts"
import { choiceRefusal } from "./password-choice.server.ts"

export type Refused = { refused: string }
export type MailboxLimit = { mailboxId: number; limit: number | null }
export type NewAgent = {
  email: string
  name: string
  role: Role
  loadLimit: number
  mailboxIds: number[]
  skills: string[]
  /** The most they take in one mailbox, where that is less than in all. */
  mailboxLimits: MailboxLimit[]
  /** Null: they choose one through an invitation. */
  password: string | null
}

const columns = {
  id: agents.id,
  email: agents.email,
  name: agents.name,
  role: agents.role,
  loadLimit: agents.loadLimit,
  skills: agents.skills,
  signature: agents.signature,
  deactivatedAt: agents.deactivatedAt,
}

export async function agentByEmail(email: string) {
  const [row] = await db
    .select(columns)
    .from(agents)
    .where(eq(agents.email, canonicalAddress(email) ?? ""))
  return row ?? null
}

/** Somebody at work who answers a mailbox the viewer reaches. */
export async function colleagueByEmail(viewer: Pick<Viewer, "mailboxIds">, email: string) {
  const person = await agentByEmail(email)
  if (!person || person.deactivatedAt) return null
  return (await colleaguesOf(viewer)).has(person.id) ? person : null
}

export async function agentById(id: number) {
  const [row] = await db.select(columns).from(agents).where(eq(agents.id, id))
  return row ?? null
}

/** Everybody, those who left last, by name; with the mailboxes they answer. */
export async function listAgents() {
  const [people, answers] = await Promise.all([
    db.select(columns).from(agents).orderBy(sql`deactivated_at is not null`, sql`${agents.name} collate "und-x-icu"`),
    db.select().from(mailboxAgents).orderBy(asc(mailboxAgents.mailboxId)),
  ])
  return people.map((person) => ({
    ...person,
    mailboxIds: answers.filter(({ agentId }) => agentId === person.id).map(({ mailboxId }) => mailboxId),
  }))
}

export const hasAgents = () => hasAgentsIn(db)

export async function hasAgentsIn(tx: Tx | Db): Promise<boolean> {
  const [row] = await tx.select({ id: agents.id }).from(agents).limit(1)
  return row !== undefined
}

export async function addAgent(given: NewAgent, now: Date, by: Presser = nobody): Promise<{ id: number } | Refused> {
  const refused = await newAgentRefusal(given)
  if (refused !== null) return { refused }
  const passwordHash = given.password === null ? null : await hashPassword(given.password)
  return once(by, "add agent", (tx) => makeAgent(tx, given, passwordHash, now))
}

/** The row and what they answer. The caller has checked what was given; an address taken meanwhile is still refused. */
export async function makeAgent(
  tx: Tx,
  { name, role, loadLimit, mailboxIds, skills, mailboxLimits, ...given }: NewAgent,
  passwordHash: string | null,
  now: Date,
): Promise<{ id: number } | Refused> {
  const email = canonicalAddress(given.email) ?? given.email
  const row = { email, name: name.trim(), role, loadLimit, skills, passwordHash, createdAt: now }
  const [made] = await tx.insert(agents).values(row).onConflictDoNothing().returning({ id: agents.id })
  if (!made) return { refused: `There is somebody with the address ${email} already` }
  const limitIn = (mailboxId: number) => mailboxLimits.find((one) => one.mailboxId === mailboxId)?.limit ?? null
  const answers = mailboxIds.map((mailboxId) => ({ mailboxId, agentId: made.id, loadLimit: limitIn(mailboxId) }))
  if (answers.length > 0) await tx.insert(mailboxAgents).values(answers)
  return made
}

/** Why somebody cannot be added like this, in words. */
export async function newAgentRefusal(given: NewAgent): Promise<string | null> {
  if (canonicalAddress(given.email) === null) return `${given.email || "That"} is not an email address`
  if (given.name.trim() === "") return "A name is needed, customers see it under replies"
  const limits = limitsRefusal(given)
  if (limits !== null) return limits
  const known = await db.select({ id: mailboxes.id }).from(mailboxes).where(inArray(mailboxes.id, given.mailboxIds))
  if (known.length < given.mailboxIds.length) return "One of those mailboxes does not exist"
  return given.password === null ? null : choiceRefusal(given.password, given)
}

export function limitsRefusal(given: Pick<NewAgent, "loadLimit" | "mailboxLimits">): string | null {
  if (!isLimit(given.loadLimit)) return "A limit is a whole number from 1 to 100"
  const isWrong = given.mailboxLimits.some(({ limit }) => limit !== null && !isLimit(limit))
  return isWrong ? "A limit in one mailbox is a whole number from 1 to 100, or empty" : null
}

export const isLimit = (limit: number) => Number.isInteger(limit) && limit >= 1 && limit <= 100
