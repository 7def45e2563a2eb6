import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto"
import postgres from "postgres"

/** The same server's database for upkeep: one's own cannot be made or given away from within. */
export const maintenance = (url: string) => url.replace(/upturn$/, "postgres")

/**
 * The desk's database, and the role it is used with: it owns that database, and may neither make roles or databases nor
 * read files of the machine. Everything in a folder of an earlier version, where the desk was superuser, is handed to
 * it. Processes of one desk may start at the same moment, so they take turns.
 */
export async function ensureDesk(adminUrl: string, password: string): Promise<string> {
  await asAdmin(maintenance(adminUrl), async (client) => {
    await client`select pg_advisory_lock(717274)`
    await ensureRole(client, password)
    const [found] = await client`select 1 from pg_database where datname = 'upturn'`
    if (!found) await client`create database upturn owner desk`
    else await client`alter database upturn owner to desk`
  })
  await asAdmin(adminUrl, async (client) => {
    await client`select pg_advisory_lock(717274)`
    // Trusted, so the desk could make it itself; an owner of the whole cluster keeps it out of the desk's hands.
    await client`create extension if not exists pg_trgm`
    for (const { statement } of await client<{ statement: string }[]>`${owedToDesk(client)}`)
      await client.unsafe(statement)
  })
  const url = new URL(adminUrl)
  url.username = "desk"
  url.password = password
  return url.href
}

async function ensureRole(client: postgres.Sql, password: string) {
  const [role] = await client`select 1 from pg_roles where rolname = 'desk'`
  if (!role) await client`create role desk`
  await client.unsafe(
    `alter role desk login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '${verifierOf(password)}'`,
  )
}

/** What PostgreSQL keeps of a password (RFC 5803), made here so that no statement, and no log of one, ever holds it. */
function verifierOf(password: string) {
  const [salt, rounds] = [randomBytes(16), 4096]
  const salted = pbkdf2Sync(password, salt, rounds, 32, "sha256")
  const keyed = (label: string) => createHmac("sha256", salted).update(label).digest()
  const stored = createHash("sha256").update(keyed("Client Key")).digest("base64")
  return `SCRAM-SHA-256$${rounds}:${salt.toString("base64")}$${stored}:${keyed("Server Key").toString("base64")}`
}

/** What in this database still belongs to somebody else, as statements that give it to the desk. */
const owedToDesk = (client: postgres.Sql) => client`
  with ours as (select oid from pg_namespace where nspname not like 'pg\\_%' and nspname <> 'information_schema'),
    desk as (select oid from pg_roles where rolname = 'desk'),
    extended as (select classid, objid from pg_depend where deptype = 'e')
  select format('alter schema %I owner to desk', nspname) as statement from pg_namespace
   where oid in (select oid from ours) and nspname <> 'public' and nspowner <> (select oid from desk)
  union all
  select format('alter %s %s owner to desk',
      case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
      oid::regclass) from pg_class
   where relnamespace in (select oid from ours) and relkind in ('r', 'p', 'v', 'm', 'S')
     and relowner <> (select oid from desk)
     and not exists (select from extended where classid = 'pg_class'::regclass and objid = pg_class.oid)
     -- A sequence behind a column follows its table.
     and not exists (select from pg_depend where objid = pg_class.oid and deptype in ('a', 'i') and relkind = 'S')
  union all
  select format('alter routine %s owner to desk', oid::regprocedure) from pg_proc
   where pronamespace in (select oid from ours) and proowner <> (select oid from desk)
     and not exists (select from extended where classid = 'pg_proc'::regclass and objid = pg_proc.oid)
  union all
  select format('alter type %s owner to desk', oid::regtype) from pg_type
   where typnamespace in (select oid from ours) and typtype in ('e', 'd') and typowner <> (select oid from desk)
     and not exists (select from extended where classid = 'pg_type'::regclass and objid = pg_type.oid)
  union all
  select format('alter large object %s owner to desk', oid) from pg_largeobject_metadata
   where lomowner <> (select oid from desk)`

async function asAdmin(url: string, work: (client: postgres.Sql) => Promise<void>) {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
