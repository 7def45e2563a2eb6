import { and, eq, isNull, sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { agents } from "#db/tables/people.ts"
import { sessions } from "#db/tables/sign-in.ts"
import { canonicalAddress } from "./address.ts"
import { sessionCookie, sessionToken } from "./cookie.ts"
import { deviceCookie, deviceOf } from "./device.server.ts"
import { hashPassword, isOutdated, passwordMatches } from "./password.server.ts"
import { isShutOut } from "./shut-out.server.ts"
import { newToken, tokenHash } from "./token.server.ts"
import { countTry, forgetTry, tellOwner, uncount } from "./tries.server.ts"
import type { Asker } from "./tries.ts"

type Given = { email: string; password: string; remote: string }
/** The cookie of the session, and the one by which the account knows this browser from now on. */
export type SignedInBrowser = { cookie: string; device: string }
export type SignInRefusal = { refused: "wrong" } | { refused: "too many tries"; waitSeconds: number }

/** Seconds until most of those who wait for a look at their password have had it. */
const lineSeconds = 20

/** A new session for whoever knows the password. An address nobody has costs the same work and gets the same answer. */
export async function signIn(request: Request, given: Given, now: Date): Promise<SignedInBrowser | SignInRefusal> {
  const email = canonicalAddress(given.email) ?? ""
  const agent = await agentToSignIn(email)
  const asker: Asker = {
    account: tokenHash(email),
    remote: given.remote,
    device: agent ? deviceOf(request, agent.id) : null,
  }
  const tried = await countTry(asker, now)
  if ("waitSeconds" in tried) {
    if (tried.isAttack) await tellOwner(email, asker.account, now)
    return { refused: "too many tries", waitSeconds: tried.waitSeconds }
  }
  const matches = await passwordMatches(given.password.slice(0, 1024), agent?.passwordHash ?? null, tried.place)
  if (matches === null) {
    await uncount(tried.counted)
    return { refused: "too many tries", waitSeconds: lineSeconds }
  }
  if (!agent || !matches) return { refused: "wrong" }
  await forgetTry(asker, tried.counted, now)
  await renewHash(agent, given.password)
  return openBrowser(request, agent.id, now)
}

/** A session for whoever has just proven who they are, in a browser their account knows from now on. */
export async function openBrowser(request: Request, agentId: number, now: Date): Promise<SignedInBrowser> {
  return { cookie: await openSession(request, agentId, now), device: deviceCookie(request, agentId) }
}

export const cookiesOf = ({ cookie, device }: SignedInBrowser): [string, string][] => [
  ["Set-Cookie", cookie],
  ["Set-Cookie", device],
]

/** Somebody active, with the hash of the password that opens their account at present. */
async function agentToSignIn(email: string) {
  const [agent] = await db
    .select({
      id: agents.id,
      passwordHash: sql<string | null>`case when ${isShutOut} then null else ${agents.passwordHash} end`,
    })
    .from(agents)
    .where(and(eq(agents.email, email), isNull(agents.deactivatedAt)))
  return agent ?? null
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
