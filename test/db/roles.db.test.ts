import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import postgres from "postgres"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Cluster, startCluster } from "#db/cluster.server.ts"
import { migrateDatabase } from "#db/migrate.server.ts"
import { maintenance } from "#db/roles.server.ts"

const folder = mkdtempSync(join(tmpdir(), "upturn-roles-"))
const quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
let cluster: Cluster

async function as<T>(url: string, work: (client: postgres.Sql) => Promise<T>): Promise<T> {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** A folder as the version before left it: everything made by, and belonging to, the superuser. */
beforeAll(async () => {
  chmodSync(folder, 0o755)
  const before = await startCluster(folder, quick)
  await as(maintenance(before.adminUrl), async (client) => {
    await client`drop database upturn`
    await client`drop role desk`
    await client`create database upturn`
  })
  await migrateDatabase(before.adminUrl)
  await as(before.adminUrl, async (client) => {
    await client`create type mood as enum ('happy', 'frown')`
    await client`create function twice(n int) returns int language sql as 'select n * 2'`
    await client`create view moods as select 'happy'::mood as mood`
    await client`select lo_from_bytea(4711, 'a large mail')`
  })
  await before.stop()
  cluster = await startCluster(folder, quick)
})

afterAll(async () => {
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
})

test("everything in a folder of before belongs to the desk's own role, which may do nothing else", async () => {
  const facts = await as(cluster.url, async (client) => ({
    role: [
      ...(await client`select rolname, rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user`),
    ],
    others: [
      ...(await client`select relname from pg_class c join pg_namespace n on n.oid = relnamespace
        where nspname in ('public', 'drizzle') and relkind in ('r', 'S', 'v') and relowner <> 'desk'::regrole`),
    ],
    bytes: String((await client`select lo_get(4711) as bytes`)[0]?.bytes),
  }))
  expect(facts).toEqual({
    role: [{ rolname: "desk", rolsuper: false, rolcreaterole: false, rolcreatedb: false }],
    others: [],
    bytes: "a large mail",
  })
  await as(cluster.url, async (client) => {
    await client`alter table agents add column probe int`
    await client`drop view moods`
    await client`drop function twice(int)`
    await client`drop type mood`
    await client`select lo_unlink(4711)`
  })
})

test("tables are brought to the next version as the desk's own role", () => migrateDatabase(cluster.url))

test.each([
  "create role other superuser",
  "create database other",
  "copy agents to program 'cat'",
  "select pg_read_file('/etc/passwd')",
  "alter system set fsync = off",
  "set session_replication_role = replica",
  "drop extension pg_trgm",
  "alter role upturn password null",
])("the desk's own role may not: %s", async (statement) => {
  const code = await as(cluster.url, (client) =>
    client.unsafe(statement).then(
      () => null,
      (error) => error.code,
    ),
  )
  // Privileges that are not there, or not the owner.
  expect(code).toBe("42501")
})

test("both passwords lie in files nobody else may read, and no statement held one", () => {
  const files = readdirSync(folder).filter((name) => name.startsWith("postgres-"))
  expect(files.map((name) => [name, statSync(join(folder, name)).mode & 0o777])).toEqual([
    ["postgres-desk-password", 0o600],
    ["postgres-password", 0o600],
  ])
})

test("a start beside a running PostgreSQL takes it over with the same role", async () => {
  const second = await startCluster(folder, quick)
  expect([second.url, second.adminUrl]).toEqual([cluster.url, cluster.adminUrl])
})
