import { sql } from "drizzle-orm"
import { listCases } from "#app/models/cases/views.server.ts"
import { startCluster } from "#db/cluster.server.ts"
import { connect, db, disconnect, hearStatements } from "#db/connection.server.ts"
const cluster = await startCluster("/tmp/bench-search-million")
connect(cluster.url)
const everyone: any = { id: 1, name: "Agent 1", email: "agent1@desk.example", role: "agent", mailboxIds: [1, 2, 3] }
await db.execute(sql`create extension if not exists pg_stat_statements`).catch(()=>{})
for (const q of (process.argv[2] ?? "hello|invoice|refund|2007-000007|inv|subject:invoice is:closed agent:\"agent 3\"|invoice after:2025-06 before:2025-07|c4711@firm").split("|")) {
  const f: any = { view: "all", mailboxId: null, agentId: null, customerId: null, q, cursor: null }
  await listCases(everyone, f, new Date())
  const t: any[] = []; hearStatements((text) => t.push([performance.now(), text.replace(/\s+/g," ").trim().slice(0, 60)]))
  const cpu = process.cpuUsage(); const t0 = performance.now()
  await listCases(everyone, f, new Date())
  const end = performance.now(); const used = process.cpuUsage(cpu); hearStatements(null)
  console.log(q, Math.round(end-t0), "ms; node cpu", Math.round(used.user/1000))
  t.forEach(([at, text], i) => console.log("   ", Math.round((t[i+1]?.[0] ?? end) - at), text))
}
await disconnect(); await cluster.stop()
