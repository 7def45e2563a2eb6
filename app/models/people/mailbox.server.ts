import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm"
import { wake } from "#db/announce.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { agents, mailboxAgents, mailboxes } from "#db/tables/people.ts"
import { canonicalAddress, splitTag } from "./address.ts"
import type { Viewer } from "./agent.ts"
import { nobody, once, type Presser } from "./idempotency.server.ts"

export type Mailbox = { id: number; address: string; name: string }

const columns = { id: mailboxes.id, address: mailboxes.address, name: mailboxes.name }

/** The open mailbox a recipient means, with the tag of `local+tag@domain`; null when it is none of ours. */
export async function mailboxOf(recipient: string): Promise<(Mailbox & { tag: string | null }) | null> {
  const plain = splitTag(recipient.trim())
  const addresses = [canonicalAddress(recipient), canonicalAddress(plain.address)].flatMap((a) => a ?? [])
  if (addresses.length === 0) return null
  const found = await db
    .select(columns)
    .from(mailboxes)
    .where(and(inArray(mailboxes.address, addresses), isNull(mailboxes.closedAt)))
  // A mailbox whose own address has a plus is meant before one that it would be a tag of.
  const exact = found.find(({ address }) => address === addresses[0])
  if (exact) return { ...exact, tag: null }
  return found[0] ? { ...found[0], tag: plain.tag } : null
}

export async function mailboxById(id: number): Promise<Mailbox | null> {
  const [row] = await db.select(columns).from(mailboxes).where(eq(mailboxes.id, id))
  return row ?? null
}

/** The skills whoever answers a mailbox must have. */
export async function asksForOf(id: number): Promise<string[]> {
  const [row] = await db.select({ asksFor: mailboxes.asksFor }).from(mailboxes).where(eq(mailboxes.id, id))
  return row?.asksFor ?? []
}

/** Open mailboxes with the people who answer them, by name. */
export async function listMailboxes() {
  const [boxes, people] = await Promise.all([
    db
      .select(columns)
      .from(mailboxes)
      .where(isNull(mailboxes.closedAt))
      .orderBy(asc(mailboxes.name), asc(mailboxes.id)),
    db
      .select({ mailboxId: mailboxAgents.mailboxId, id: agents.id, name: agents.name })
      .from(mailboxAgents)
      .innerJoin(agents, and(eq(agents.id, mailboxAgents.agentId), isNull(agents.deactivatedAt)))
      .orderBy(asc(agents.name)),
  ])
  return boxes.map((box) => ({
    ...box,
    agents: people.filter(({ mailboxId }) => mailboxId === box.id).map(({ id, name }) => ({ id, name })),
  }))
}

export async function allMailboxIds(): Promise<number[]> {
  return (await db.select({ id: mailboxes.id }).from(mailboxes).orderBy(asc(mailboxes.id))).map(({ id }) => id)
}

/** Those who answer a mailbox of the viewer's; whoever reaches every mailbox knows everybody. */
export async function colleaguesOf({ mailboxIds }: Pick<Viewer, "mailboxIds">): Promise<Set<number>> {
  const reaches = sql`any(${`{${mailboxIds.join(",")}}`}::bigint[])`
  const rows = await db
    .select({ id: agents.id })
    .from(agents)
    .where(sql`not exists (select from mailboxes m where not m.id = ${reaches})
      or exists (select from mailbox_agents b where b.agent_id = ${agents.id} and b.mailbox_id = ${reaches})`)
  return new Set(rows.map(({ id }) => id))
}

export async function mailboxIdsOf(agentId: number): Promise<number[]> {
  const rows = await db
    .select({ id: mailboxAgents.mailboxId })
    .from(mailboxAgents)
    .where(eq(mailboxAgents.agentId, agentId))
    .orderBy(asc(mailboxAgents.mailboxId))
  return rows.map(({ id }) => id)
}

/** Which mailboxes a person answers, and the limit of their own in each. */
export async function answersOf(agentId: number) {
  const mailboxLimits = await db
    .select({ mailboxId: mailboxAgents.mailboxId, limit: mailboxAgents.loadLimit })
    .from(mailboxAgents)
    .where(eq(mailboxAgents.agentId, agentId))
    .orderBy(asc(mailboxAgents.mailboxId))
  return { mailboxIds: mailboxLimits.map(({ mailboxId }) => mailboxId), mailboxLimits }
}

type NewMailbox = { address: string; name: string; agentIds: number[] }
type MailboxRefusal = { refused: string }

/** A new address to answer. Its name defaults to what stands before the @. */
export function addMailbox(
  given: NewMailbox,
  now: Date,
  by: Presser = nobody,
): Promise<{ id: number } | MailboxRefusal> {
  return once(by, "add mailbox", (tx) => makeMailbox(tx, given, now))
}

export async function makeMailbox(tx: Tx, given: NewMailbox, now: Date): Promise<{ id: number } | MailboxRefusal> {
  const address = canonicalAddress(given.address)
  if (address === null) return { refused: `${given.address} is not an email address` }
  const [box] = await tx
    .insert(mailboxes)
    .values({ address, name: given.name.trim() || nameFor(address), createdAt: now })
    .onConflictDoNothing()
    .returning({ id: mailboxes.id })
  if (!box) return { refused: `There is a mailbox ${address} already` }
  await answeredBy(tx, box.id, given.agentIds)
  return box
}

export async function changeMailbox(
  id: number,
  given: { name: string; agentIds: number[]; asksFor: string[] },
  by: Presser = nobody,
): Promise<"changed" | null> {
  return once(by, "change mailbox", async (tx) => {
    const [box] = await tx
      .select({ address: mailboxes.address })
      .from(mailboxes)
      .where(eq(mailboxes.id, id))
      .for("update")
    if (!box) return null
    await tx
      .update(mailboxes)
      .set({ name: given.name.trim() || nameFor(box.address), asksFor: given.asksFor })
      .where(eq(mailboxes.id, id))
    await answeredBy(tx, id, given.agentIds)
    await wake(tx, "jobs")
    return "changed"
  })
}

/** Who answers it from now on. A person's own limit in this mailbox stays as it was. */
async function answeredBy(tx: Tx, mailboxId: number, agentIds: number[]) {
  const before = await tx
    .select({ agentId: mailboxAgents.agentId })
    .from(mailboxAgents)
    .where(eq(mailboxAgents.mailboxId, mailboxId))
  const gone = before.map(({ agentId }) => agentId).filter((agentId) => !agentIds.includes(agentId))
  const here = and(eq(mailboxAgents.mailboxId, mailboxId), inArray(mailboxAgents.agentId, gone))
  if (gone.length > 0) await tx.delete(mailboxAgents).where(here)
  const rows = agentIds.map((agentId) => ({ mailboxId, agentId }))
  if (rows.length > 0) await tx.insert(mailboxAgents).values(rows).onConflictDoNothing()
}

const nameFor = (address: string) => `${address.charAt(0).toUpperCase()}${address.slice(1, address.indexOf("@"))}`
