import { eq, sql } from "drizzle-orm"
import { makeToken } from "#app/models/people/api-token.server.ts"
import { invite } from "#app/models/people/invitation.server.ts"
import type { Scope } from "#app/models/people/scope.ts"
import { openSession } from "#app/models/people/sign-in.server.ts"
import { hashToken } from "#app/models/ratings/token.server.ts"
import { db } from "#db/connection.server.ts"
import { mailReceived } from "#db/tables/mail.ts"
import { absences, agents, holidays, mailboxAgents } from "#db/tables/people.ts"
import { ratingRequests } from "#db/tables/ratings.ts"
import { ann, billing, cy, help, ida, later, noon, resetDesk } from "#test/fixtures/desk.ts"
import { fullCase, thirdMailbox } from "#test/fixtures/merged-desk.ts"

export type Caller = {
  name: string
  /** Null: nobody the desk knows, or knows any more. */
  role: "agent" | "lead" | "admin" | null
  isFresh: boolean
  scopes: Scope[] | null
  reaches: number[]
  headers: Record<string, string>
}

const dot = { id: 5, name: "Dot Eriksen", email: "dot@desk.example", role: "agent" } as const
const gil = { id: 6, name: "Gil Haas", email: "gil@desk.example", role: "admin" } as const
/** Whom things are done to. */
const vic = { id: 7, name: "Vic Ito", email: "vic@desk.example", role: "agent" } as const
const everything = [1, 2, 3]
const ratingToken = "abcdefghijklmnopqrstuvwxyz"

/** What stands in an address: of the help mailbox, of billing, and nothing's. Ids are equally long, so that answers may be. */
export type Named = Record<string, { own: string; foreign: string | null; missing: string }>

export async function seeded(): Promise<{ named: Named; callers: Caller[] }> {
  await resetDesk()
  await thirdMailbox()
  await db.insert(agents).values([dot, gil, vic].map((person) => ({ ...person, createdAt: noon })))
  await db.insert(mailboxAgents).values([dot, vic].map(({ id }) => ({ mailboxId: 3, agentId: id })))
  await db.execute(sql`
    do $$ declare s text; begin
      for s in select sequencename from pg_sequences where schemaname = 'public' loop perform setval(s, 1000); end loop;
    end $$`)
  const [own, foreign] = [await fullCase(1, help.id), await fullCase(2, billing.id)]
  const [absence] = await db
    .insert(absences)
    .values({ agentId: vic.id, startsAt: later(60), endsAt: later(120) })
    .returning()
  const live = { tokenHash: hashToken(ratingToken), sentAt: new Date() }
  await db.update(ratingRequests).set(live).where(eq(ratingRequests.caseNumber, own.number))
  await db.update(mailReceived).set({ fate: "spam" })
  await db.insert(holidays).values({ day: "2026-12-25", name: "Christmas" })
  const of = (key: "number" | "email" | "attachment" | "customer" | "frown" | "sent" | "received") => {
    return { own: String(own[key]), foreign: String(foreign[key]), missing: "9999" }
  }
  const named = {
    ...{ case: of("number"), message: of("email"), file: of("attachment"), customer: of("customer") },
    ...{ frown: of("frown"), sent: of("sent"), received: of("received") },
    agent: { own: String(vic.id), foreign: null, missing: "9" },
    email: { own: vic.email, foreign: null, missing: "any@desk.example" },
    mailbox: { own: String(help.id), foreign: null, missing: "9" },
    absence: { own: String(absence?.id), foreign: null, missing: "9999" },
    invitation: { own: (await invite(vic.id, new Date())) ?? "", foreign: null, missing: "x".repeat(43) },
    rating: { own: ratingToken, foreign: null, missing: "z".repeat(26) },
  }
  return { named, callers: [...(await people()), ...(await programs())] }
}

async function people(): Promise<Caller[]> {
  const now = new Date()
  const signedIn = async (person: { id: number }, at = now) => {
    const cookie = await openSession(new Request("http://localhost"), person.id, at)
    return { cookie: cookie.split(";")[0] ?? "" }
  }
  const nobody = { role: null, isFresh: false, scopes: null, reaches: [] }
  const known = { isFresh: true, scopes: null, reaches: everything }
  const gone = await signedIn(gil)
  await db.update(agents).set({ deactivatedAt: now }).where(eq(agents.id, gil.id))
  return [
    { ...nobody, name: "anonymous", headers: {} },
    { ...nobody, name: "expired session", headers: await signedIn(ida, later(-31 * 1440, now)) },
    { ...nobody, name: "deactivated admin", headers: gone },
    { ...known, name: "agent outside the mailbox", role: "agent", reaches: [3], headers: await signedIn(dot) },
    { ...known, name: "agent", role: "agent", reaches: [help.id], headers: await signedIn(cy) },
    { ...known, name: "lead", role: "lead", headers: await signedIn(ann) },
    { ...known, name: "admin", role: "admin", headers: await signedIn(ida) },
    {
      ...{ ...known, name: "admin of an hour ago", role: "admin", isFresh: false },
      headers: await signedIn(ida, later(-60, now)),
    },
  ]
}

async function programs(): Promise<Caller[]> {
  const program = async (name: string, scopes: Scope[] | null, made: Promise<string>, reaches = everything) => {
    const headers = { authorization: `Bearer ${await made}` }
    return { name, role: null, isFresh: false, scopes, reaches, headers }
  }
  const over = { expiresAt: later(-1, new Date()) }
  const some = { mailboxIds: [help.id] }
  return Promise.all([
    program("token to read", ["read"], makeToken("a", ["read"], noon)),
    program("token to write", ["write"], makeToken("b", ["write"], noon)),
    program("token for metrics", ["metrics"], makeToken("c", ["metrics"], noon)),
    program("token for everything", ["admin"], makeToken("d", ["admin"], noon)),
    program("token of one mailbox", ["read", "write"], makeToken("e", ["read", "write"], noon, some), [help.id]),
    program("token that ended", null, makeToken("f", ["admin"], noon, over)),
    program("token of who left", null, makeToken("g", ["admin"], noon, { ownerId: gil.id })),
  ])
}

/** Left behind by looks: pages made when first shown, and forms kept until a password is typed. */
const ofLooks = ["message_pages", "kept_forms"]

/** A checksum of every other table, less when somebody was last seen. */
export async function checksum(): Promise<Record<string, string>> {
  const tables = await db.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public'`,
  )
  const found: Record<string, string> = {}
  for (const { name } of tables.filter((table) => !ofLooks.includes(table.name))) {
    const less = sql`to_jsonb(t) - 'seen_at' - 'last_used_at'`
    const [row] = await db.execute<{ sum: string }>(
      sql`select coalesce(md5(string_agg(x, ',' order by x)), '') as sum from (select (${less})::text as x from ${sql.identifier(name)} t) rows`,
    )
    found[name] = row?.sum ?? ""
  }
  return found
}
