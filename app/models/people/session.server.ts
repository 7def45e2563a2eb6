import { redirect } from "@remix-run/node"
import { and, eq, isNull, not, sql } from "drizzle-orm"
import { deskNow } from "#app/clock.server.ts"
import { db } from "#db/connection.server.ts"
import { agents } from "#db/tables/people.ts"
import { sessions } from "#db/tables/sign-in.ts"
import { isAtLeast, type Viewer } from "./agent.ts"
import { sessionCookie, sessionToken } from "./cookie.ts"
import { isFresh, isLive, isWorthNoting } from "./session.ts"
import { isShutOut } from "./shut-out.server.ts"
import { tokenHash } from "./token.server.ts"

export type SignedIn = Viewer & { id: number }
export type Session = { viewer: SignedIn; tokenHash: string; isFresh: boolean }

/** The signed-in person, or null. Everybody who may see any mailbox sees all of them from lead upwards. */
export async function viewerOf(request: Request, now = deskNow()): Promise<SignedIn | null> {
  return (await sessionOf(request, now))?.viewer ?? null
}

export async function sessionOf(request: Request, now = deskNow()): Promise<Session | null> {
  const session = await seenSession(request, now)
  if (session && isWorthNoting(session, now))
    await db.update(sessions).set({ seenAt: now }).where(eq(sessions.tokenHash, session.tokenHash))
  return session
}

/** The same for what goes on by itself in an open page, which keeps no session alive. */
export async function seenSession(request: Request, now = deskNow()): Promise<(Session & { seenAt: Date }) | null> {
  const token = sessionToken(request)
  if (token === null) return null
  const hash = tokenHash(token)
  const row = await liveRow(hash)
  if (!row || !isLive(row, now)) return null
  const { id, name, email, role, mailboxIds, seenAt } = row
  return { viewer: { id, name, email, role, mailboxIds }, tokenHash: hash, isFresh: isFresh(row, now), seenAt }
}

/** Everybody else is asked to sign in, and comes back to where they were going. */
export async function requireViewer(request: Request): Promise<SignedIn> {
  return (await requireSession(request)).viewer
}

export async function requireSession(request: Request): Promise<Session> {
  const session = await sessionOf(request)
  if (!session) throw redirect(signInFor(request))
  return session
}

export async function requireLead(request: Request): Promise<SignedIn> {
  return atLeast(await requireViewer(request), "lead")
}

export async function requireAdmin(request: Request): Promise<SignedIn> {
  return atLeast(await requireViewer(request), "admin")
}

/** An admin who typed the password in the last ten minutes: to see what only such a one may change. */
export async function requireFreshAdmin(request: Request): Promise<SignedIn> {
  const session = await requireFreshSession(request)
  return atLeast(session.viewer, "admin")
}

export async function requireFreshSession(request: Request): Promise<Session> {
  const session = await requireSession(request)
  if (!session.isFresh) throw redirect(proofPage(pageOf(request), null))
  return session
}

/** Where the password is typed again, on the way to a page or to finish what was sent. */
export function proofPage(to: string, keptForm: string | null) {
  return `/me/proof?${new URLSearchParams({ to, ...(keptForm ? { keptForm } : {}) })}`
}

/** Ends this browser's session; the headers make it forget what it kept. */
export async function signOut(request: Request): Promise<Headers> {
  const token = sessionToken(request)
  if (token !== null) await db.delete(sessions).where(eq(sessions.tokenHash, tokenHash(token)))
  return new Headers({ "Set-Cookie": sessionCookie(request, ""), "Clear-Site-Data": '"cache", "storage"' })
}

export function atLeast(viewer: SignedIn, role: "lead" | "admin") {
  if (!isAtLeast(viewer, role))
    throw new Response(`Only ${role === "lead" ? "a lead or an admin" : "an admin"} of the desk can open this.`, {
      status: 403,
    })
  return viewer
}

function signInFor(request: Request) {
  const to = pageOf(request)
  return to === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(to)}`
}

/** The page that was being read, or the one a form stood on: a press itself cannot be repeated by a redirect. */
export function pageOf(request: Request) {
  const referrer = request.headers.get("referer") ?? ""
  const asked = new URL(request.url)
  if (request.method !== "GET" && !URL.canParse(referrer)) return "/"
  const url = request.method === "GET" ? asked : new URL(referrer)
  if (url.origin !== asked.origin) return "/"
  url.searchParams.delete("_data")
  return url.pathname + url.search
}

async function liveRow(hash: string) {
  const [row] = await db
    .select({
      id: agents.id,
      name: agents.name,
      email: agents.email,
      role: agents.role,
      createdAt: sessions.createdAt,
      seenAt: sessions.seenAt,
      provedAt: sessions.provedAt,
      mailboxIds: sql<
        number[]
      >`(select coalesce(json_agg(m.id order by m.id), '[]') from mailboxes m where ${agents.role} <> 'agent'
        or exists (select from mailbox_agents b where b.mailbox_id = m.id and b.agent_id = ${agents.id}))`,
    })
    .from(sessions)
    .innerJoin(agents, and(eq(agents.id, sessions.agentId), isNull(agents.deactivatedAt), not(isShutOut)))
    .where(eq(sessions.tokenHash, hash))
  return row
}
