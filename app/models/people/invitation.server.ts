import { and, eq, gt, isNull } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { agents } from "#db/tables/people.ts"
import { passwordLinks, sessions } from "#db/tables/sign-in.ts"
import type { Refused } from "./agent.server.ts"
import { nobody, onceSecret, type Presser } from "./idempotency.server.ts"
import { hashPassword } from "./password.server.ts"
import { choiceRefusal } from "./password-choice.server.ts"
import { newToken, tokenHash } from "./token.server.ts"

const threeDays = 72 * 3_600_000

/** A link's token to choose a password with, once, within three days. Earlier ones end. Null for nobody active. */
export async function invite(agentId: number, now: Date, by: Presser = nobody): Promise<string | null> {
  return onceSecret(by, `invite ${agentId}`, async (tx) => {
    const token = newToken()
    const active = and(eq(agents.id, agentId), isNull(agents.deactivatedAt))
    const [agent] = await tx.select({ id: agents.id }).from(agents).where(active).for("no key update")
    if (!agent) return null
    await tx.delete(passwordLinks).where(eq(passwordLinks.agentId, agentId))
    const expiresAt = new Date(now.getTime() + threeDays)
    await tx.insert(passwordLinks).values({ tokenHash: tokenHash(token), agentId, createdAt: now, expiresAt })
    return token
  })
}

/** Whom an unused invitation is for; null for anything else that may stand in the address. */
export async function invited(token: string, now: Date) {
  const [row] = await db
    .select({ id: agents.id, name: agents.name, email: agents.email })
    .from(passwordLinks)
    .innerJoin(agents, and(eq(agents.id, passwordLinks.agentId), isNull(agents.deactivatedAt)))
    .where(usable(token, now))
  return row ?? null
}

/** Sets the password chosen and uses the link up. They sign in with it next; the link alone signs nobody in. */
export async function acceptInvitation(
  token: string,
  password: string,
  now: Date,
): Promise<"accepted" | Refused | null> {
  // Before any work is done for it: whoever has no link must not keep the processors busy.
  const person = await invited(token, now)
  if (!person) return null
  const refused = await choiceRefusal(password, person)
  if (refused !== null) return { refused }
  const passwordHash = await hashPassword(password)
  return db.transaction(async (tx) => {
    const [link] = await tx.update(passwordLinks).set({ usedAt: now }).where(usable(token, now)).returning()
    if (!link) return null
    await tx.update(agents).set({ passwordHash, passwordIsPublic: false }).where(eq(agents.id, link.agentId))
    await tx.delete(sessions).where(eq(sessions.agentId, link.agentId))
    return "accepted"
  })
}

const usable = (token: string, now: Date) =>
  and(eq(passwordLinks.tokenHash, tokenHash(token)), isNull(passwordLinks.usedAt), gt(passwordLinks.expiresAt, now))
