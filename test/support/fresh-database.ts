import { randomBytes } from "node:crypto"
import postgres from "postgres"

/** A new migrated database on the run's cluster; its URL. */
export async function freshDatabase(clusterUrl: string) {
  const name = `test_${randomBytes(6).toString("hex")}`
  const admin = postgres(clusterUrl.replace(/upturn$/, "postgres"), { max: 1, onnotice: () => {} })
  await admin`select pg_advisory_lock(1)`
  await admin.unsafe(`create database ${name} template template_upturn`)
  await admin.end()
  return clusterUrl.replace(/upturn$/, name)
}
