import { join } from "node:path"
import { readMigrationFiles } from "drizzle-orm/migrator"
import { drizzle } from "drizzle-orm/postgres-js"
import { migrate } from "drizzle-orm/postgres-js/migrator"
import postgres, { type Sql } from "postgres"
import { projectRoot } from "./place.server.ts"
import { ClusterProblem } from "./postmaster.server.ts"

const migrationsFolder = join(projectRoot, "db/migrations")

/**
 * Brings the tables to this version. Two processes starting at once take turns. A ClusterProblem says in one line why
 * this version must not touch them.
 */
export async function migrateDatabase(url: string) {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await client`select pg_advisory_lock(717273)`
    const problem = (await encodingProblem(client)) ?? (await versionProblem(client))
    if (problem) throw new ClusterProblem(problem)
    await client`create extension if not exists pg_trgm`
    await migrate(drizzle(client), { migrationsFolder })
  } finally {
    await client.end()
  }
}

/** Emails hold every script there is; in another encoding PostgreSQL refuses most of them, or keeps bytes it cannot read. */
async function encodingProblem(client: Sql): Promise<string | null> {
  const [row] = await client<{ name: string; encoding: string }[]>`
    select current_database() as name, pg_encoding_to_char(encoding) as encoding
      from pg_database where datname = current_database()`
  if (!row || row.encoding === "UTF8") return null
  return `The database ${row.name} is ${row.encoding}, and mail needs UTF-8. Make one with: create database ${row.name}_utf8 encoding 'UTF8' template template0`
}

/** Tables that a newer version, or another program, has changed are not understood here. */
async function versionProblem(client: Sql): Promise<string | null> {
  const [row] = await client<{ there: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as there`
  if (!row?.there) return null
  const done = await client<{ hash: string; madeAt: string }[]>`
    select hash, created_at::text as "madeAt" from drizzle.__drizzle_migrations order by created_at`
  const known = readMigrationFiles({ migrationsFolder })
  const hashOf = new Map(known.map(({ folderMillis, hash }) => [String(folderMillis), hash]))
  const newest = known.at(-1)?.folderMillis ?? 0
  if (done.some(({ madeAt }) => Number(madeAt) > newest))
    return `The database is of a newer version of Upturn: ${done.length} migrations are done, and this one knows ${known.length}. Start the newer version`
  if (done.some(({ madeAt, hash }) => hashOf.get(madeAt) !== hash))
    return "The tables of the database are not those of this version of Upturn. Start the version that made them, or restore a backup of this one"
  return null
}
