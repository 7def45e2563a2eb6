import { createHash } from "node:crypto"
import { and, asc, eq, gt, isNull, or, sql } from "drizzle-orm"
import { deskNow } from "#app/clock.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { agents } from "#db/tables/people.ts"
import { apiTokens } from "#db/tables/sign-in.ts"
import type { Viewer } from "./agent.ts"
import { nobody, once, onceSecret, type Presser } from "./idempotency.server.ts"
import { problem } from "./problem.ts"
import { allows, type Scope, scopes } from "./scope.ts"
import { newToken, tokenHash } from "./token.server.ts"

/** Who calls the API: not a person, so nothing is theirs ("mine" is empty). */
export type Program = Viewer & { id: null; tokenId: number; scopes: Scope[] }

export type TokenLimits = {
  /** Whose it is; null: made on the command line. */
  ownerId: number | null
  /** Null: every mailbox, those to come too. */
  mailboxIds: number[] | null
  /** Null: never. */
  expiresAt: Date | null
}

const unlimited: TokenLimits = { ownerId: null, mailboxIds: null, expiresAt: null }
const minute = 60_000

/** Throws 401 for no token or a dead one, 403 where it lacks the scope. Cookies count nothing here. */
export async function requireToken(request: Request, scope: Scope): Promise<Program> {
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1]
  if (!token) throw unauthorized("Send Authorization: Bearer with a token; make one with npm run desk -- token create")
  const now = deskNow()
  const row = await liveToken(tokenHash(token))
  if (!row) throw unauthorized("This token is not known here, was revoked, or belongs to somebody who left")
  if (row.expiresAt && row.expiresAt <= now) throw unauthorized("This token has expired")
  const held = scopesOf(row)
  if (!allows(held, scope)) throw problem(403, "Forbidden", `This token may ${held.join(" and ")}, not ${scope}`)
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > minute)
    await db.update(apiTokens).set({ lastUsedAt: now }).where(eq(apiTokens.id, row.id))
  const { id: tokenId, name, mailboxIds } = row
  return { id: null, tokenId, name, email: "", role: row.role ?? "admin", mailboxIds, scopes: held }
}

/** With the mailboxes it reaches now: its own, and never more than its owner's. */
async function liveToken(hash: string) {
  const { id, name, mayRead, mayWrite, mayMeasure, mayAdminister, expiresAt, lastUsedAt } = apiTokens
  const [row] = await db
    .select({
      ...{ id, name, mayRead, mayWrite, mayMeasure, mayAdminister, expiresAt, lastUsedAt, role: agents.role },
      mailboxIds: sql<number[]>`(select coalesce(json_agg(m.id order by m.id), '[]') from mailboxes m
        where (${apiTokens.mailboxIds} is null or ${apiTokens.mailboxIds} @> to_jsonb(m.id))
          and (coalesce(${agents.role}, 'admin') <> 'agent'
               or exists (select from mailbox_agents b where b.mailbox_id = m.id and b.agent_id = ${agents.id})))`,
    })
    .from(apiTokens)
    .leftJoin(agents, eq(agents.id, apiTokens.ownerId))
    .where(and(eq(apiTokens.tokenHash, hash), isNull(apiTokens.revokedAt), isNull(agents.deactivatedAt)))
  return row ?? null
}

type Mays = Pick<typeof apiTokens.$inferSelect, "mayRead" | "mayWrite" | "mayMeasure" | "mayAdminister">

function scopesOf({ mayRead: read, mayWrite: write, mayMeasure: metrics, mayAdminister: admin }: Mays): Scope[] {
  const may = { read, write, metrics, admin }
  return scopes.filter((scope) => may[scope])
}

/** A new token, which only its maker ever sees. */
export const makeToken = (name: string, held: readonly Scope[], now: Date, limits: Partial<TokenLimits> = {}) =>
  db.transaction((tx) => insertToken(tx, name, held, now, limits))

/** The same for a press, once: null where a token of that name is in use, for then somebody pressed twice. */
export async function makeTokenFor(
  by: Presser,
  name: string,
  held: readonly Scope[],
  now: Date,
  limits: Partial<TokenLimits>,
): Promise<string | null> {
  return onceSecret(by, "make token", async (tx) =>
    (await isInUse(tx, name.trim(), now)) ? null : insertToken(tx, name, held, now, limits),
  )
}

async function insertToken(tx: Tx, name: string, held: readonly Scope[], now: Date, limits: Partial<TokenLimits>) {
  const token = `upturn_${newToken()}`
  const may = {
    ...{ mayRead: held.includes("read"), mayWrite: held.includes("write") },
    ...{ mayMeasure: held.includes("metrics"), mayAdminister: held.includes("admin") },
  }
  const row = { ...unlimited, ...limits, ...may, name: name.trim(), tokenHash: tokenHash(token), createdAt: now }
  await tx.insert(apiTokens).values(row)
  return token
}

async function isInUse(tx: Tx, named: string, now: Date) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`token ${named}`}, 0))`)
  const { id, name, revokedAt, expiresAt } = apiTokens
  const lives = and(eq(name, named), isNull(revokedAt), or(isNull(expiresAt), gt(expiresAt, now)))
  return (await tx.select({ id }).from(apiTokens).where(lives).limit(1)).length > 0
}

export async function listTokens() {
  const { id, name, mailboxIds, createdAt, lastUsedAt, expiresAt } = apiTokens
  const { mayRead, mayWrite, mayMeasure, mayAdminister } = apiTokens
  const rows = await db
    .select({
      ...{ id, name, mailboxIds, createdAt, lastUsedAt, expiresAt, mayRead, mayWrite, mayMeasure, mayAdminister },
      owner: agents.name,
      ownerLeft: agents.deactivatedAt,
    })
    .from(apiTokens)
    .leftJoin(agents, eq(agents.id, apiTokens.ownerId))
    .where(isNull(apiTokens.revokedAt))
    .orderBy(asc(id))
  return rows.map(({ mayRead, mayWrite, mayMeasure, mayAdminister, ...row }) => {
    return { ...row, scopes: scopesOf({ mayRead, mayWrite, mayMeasure, mayAdminister }) }
  })
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

/** A repeated call is the same call only of the same token, and of the same kind. */
export function idempotencyKey(request: Request, { tokenId }: Program, kind: "reply" | "case"): string | null {
  const key = request.headers.get("idempotency-key")
  return key ? createHash("sha256").update(`${tokenId} ${kind} ${key}`).digest("base64url") : null
}

function unauthorized(detail: string) {
  const answer = problem(401, "Unauthorized", detail)
  answer.headers.set("WWW-Authenticate", "Bearer")
  return answer
}
