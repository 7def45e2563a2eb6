import { join } from "node:path"
import { drizzle } from "drizzle-orm/postgres-js"
import { migrate } from "drizzle-orm/postgres-js/migrator"
import postgres from "postgres"
import { projectRoot } from "./place.server.ts"

/** Brings the tables to this version. Two processes starting at once take turns. */
export async function migrateDatabase(url: string) {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await client`select pg_advisory_lock(717273)`
    await client`create extension if not exists pg_trgm`
    await migrate(drizzle(client), { migrationsFolder: join(projectRoot, "db/migrations") })
  } finally {
    await client.end()
  }
}
