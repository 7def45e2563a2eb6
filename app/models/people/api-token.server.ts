import { and, asc, eq, isNull } from "drizzle-orm"
import { deskNow } from "#app/clock.server.ts"
import { db } from "#db/connection.server.ts"
import { apiTokens } from "#db/tables/people.ts"
import type { Viewer } from "./agent.ts"
import { nobody, once, onceSecret, type Presser } from "./idempotency.server.ts"
import { allMailboxIds } from "./mailbox.server.ts"
import { problem } from "./problem.ts"
import { newToken, tokenHash } from "./token.server.ts"

export type Scope = "read" | "write"

const minute = 60_000

/** Who calls the API. Throws 401 for no token or a wrong one, 403 where the token may only read. Cookies count nothing here. */
export async function requireToken(request: Request, scope: Scope): Promise<Viewer> {
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1]
  if (!token) throw unauthorized("Send Authorization: Bearer with a token; make one with npm run desk -- token create")
  const now = deskNow()
  const mine = and(eq(apiTokens.tokenHash, tokenHash(token)), isNull(apiTokens.revokedAt))
  const [row] = await db.select().from(apiTokens).where(mine)
  if (!row) throw unauthorized("This token is not known here, or was revoked")
  if (scope === "write" && !row.mayWrite) throw problem(403, "Forbidden", "This token may read, not write")
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > minute)
    await db.update(apiTokens).set({ lastUsedAt: now }).where(mine)
  return { id: null, name: row.name, email: "", role: "admin", mailboxIds: await allMailboxIds() }
}

/** A new token, which only its maker ever sees. */
export function makeToken(name: string, scopes: readonly Scope[], now: Date, by: Presser = nobody): Promise<string> {
  return onceSecret(by, "make token", async (tx) => {
    const token = `upturn_${newToken()}`
    const row = { name: name.trim(), tokenHash: tokenHash(token), mayWrite: scopes.includes("write"), createdAt: now }
    await tx.insert(apiTokens).values(row)
    return token
  })
}

export async function listTokens() {
  const columns = {
    id: apiTokens.id,
    name: apiTokens.name,
    mayWrite: apiTokens.mayWrite,
    createdAt: apiTokens.createdAt,
    lastUsedAt: apiTokens.lastUsedAt,
  }
  return db.select(columns).from(apiTokens).where(isNull(apiTokens.revokedAt)).orderBy(asc(apiTokens.id))
}

export async function revokeToken(id: number, now: Date, by: Presser = nobody): Promise<"revoked" | null> {
  return once(by, "revoke token", async (tx) => {
    const done = await tx
      .update(apiTokens)
      .set({ revokedAt: now })
      .where(and(eq(apiTokens.id, id), isNull(apiTokens.revokedAt)))
      .returning({ id: apiTokens.id })
    return done.length > 0 ? "revoked" : null
  })
}

function unauthorized(detail: string) {
  const answer = problem(401, "Unauthorized", detail)
  answer.headers.set("WWW-Authenticate", "Bearer")
  return answer
}
