import { and, eq, isNull } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { agents, sessions } from "#db/tables/people.ts"
import { canonicalAddress } from "./address.ts"
import { sessionCookie, sessionToken } from "./cookie.ts"
import { hashPassword, isOutdated, passwordMatches } from "./password.server.ts"
import { newToken, tokenHash } from "./token.server.ts"
import { countTry, forgetTry } from "./tries.server.ts"

type Given = { email: string; password: string; remote: string }
export type SignInRefusal = { refused: "wrong" } | { refused: "too many tries"; waitSeconds: number }

/** A new session for whoever knows the password. An address nobody has costs the same work and gets the same answer. */
export async function signIn(request: Request, given: Given, now: Date): Promise<{ cookie: string } | SignInRefusal> {
  const email = canonicalAddress(given.email) ?? ""
  const waitSeconds = await countTry(email, given.remote)
  if (waitSeconds !== null) return { refused: "too many tries", waitSeconds }
  const [agent] = await db
    .select({ id: agents.id, passwordHash: agents.passwordHash })
    .from(agents)
    .where(and(eq(agents.email, email), isNull(agents.deactivatedAt)))
  const matches = await passwordMatches(given.password.slice(0, 1024), agent?.passwordHash ?? null)
  if (!agent || !matches) return { refused: "wrong" }
  await forgetTry(email, given.remote)
  await renewHash(agent, given.password)
  return { cookie: await openSession(request, agent.id, now) }
}

/** The cookie of a new session; the one this browser had before ends, so that nobody can have fixed it beforehand. */
export async function openSession(request: Request, agentId: number, now: Date): Promise<string> {
  const [before, token] = [sessionToken(request), newToken()]
  if (before !== null) await db.delete(sessions).where(eq(sessions.tokenHash, tokenHash(before)))
  const browser = (request.headers.get("user-agent") ?? "").slice(0, 200)
  const moments = { createdAt: now, seenAt: now, provedAt: now }
  await db.insert(sessions).values({ tokenHash: tokenHash(token), agentId, browser, ...moments })
  return sessionCookie(request, token)
}

async function renewHash(agent: { id: number; passwordHash: string | null }, password: string) {
  if (agent.passwordHash === null || !isOutdated(agent.passwordHash)) return
  await db
    .update(agents)
    .set({ passwordHash: await hashPassword(password) })
    .where(eq(agents.id, agent.id))
}
