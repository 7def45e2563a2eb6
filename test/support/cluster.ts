import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import postgres from "postgres"
import type { TestProject } from "vitest/node"
import { startCluster } from "#db/cluster.server.ts"
import { migrateDatabase } from "#db/migrate.server.ts"

declare module "vitest" {
  export interface ProvidedContext {
    clusterUrl: string
    /** As the role that may do everything. */
    adminUrl: string
  }
}

const quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]

/**
 * One real PostgreSQL for the run, with a migrated database that every test file copies. Its role is the desk's own, so
 * that a statement that needs more fails here as well; only the making of databases and the emptying of tables between
 * tests need something besides.
 */
export default async function setup({ provide }: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "upturn-test-"))
  chmodSync(folder, 0o755)
  const cluster = await startCluster(folder, quick)
  await migrateDatabase(cluster.url)
  const admin = postgres(cluster.adminUrl.replace(/upturn$/, "postgres"), { max: 1, onnotice: () => {} })
  await admin`alter role desk createdb`
  await admin`grant set on parameter session_replication_role to desk`
  await admin`alter database upturn rename to template_upturn`
  await admin.end()
  provide("clusterUrl", cluster.url)
  provide("adminUrl", cluster.adminUrl)
  return async () => {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
