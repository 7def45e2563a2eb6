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
  }
}

const quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]

/** One real PostgreSQL for the run, with a migrated database that every test file copies. */
export default async function setup({ provide }: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "upturn-test-"))
  chmodSync(folder, 0o755)
  const cluster = await startCluster(folder, quick)
  await migrateDatabase(cluster.url)
  const admin = postgres(cluster.url.replace(/upturn$/, "postgres"), { max: 1, onnotice: () => {} })
  await admin`alter database upturn rename to template_upturn`
  await admin.end()
  provide("clusterUrl", cluster.url)
  return async () => {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
