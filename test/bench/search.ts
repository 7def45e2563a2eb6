/**
 * npm run bench:search [messages]. How long the desk takes to find cases among a million messages: common words and rare
 * ones, two conditions at once, busy mailboxes and small ones. DATA_DIR keeps the desk for the next time.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sql } from "drizzle-orm"
import { makeWordsDue } from "#app/models/cases/case-words.server.ts"
import { type Filter, listCases } from "#app/models/cases/views.server.ts"
import type { Viewer } from "#app/models/people/agent.ts"
import { startCluster } from "#db/cluster.server.ts"
import { connect, db, disconnect } from "#db/connection.server.ts"
import { migrateDatabase } from "#db/migrate.server.ts"
import { quantile } from "./production-desk.ts"
import { fillSearchDesk } from "./search-desk.ts"

const messages = Number(process.argv[2] ?? 1_000_000)
const times = Number(process.argv[3] ?? 20)
const dataDir = process.env.DATA_DIR ?? join(tmpdir(), "upturn-bench-search")
mkdirSync(dataDir, { recursive: true, mode: 0o755 })

const everyone: Viewer = { id: 1, name: "Agent 1", email: "agent1@desk.example", role: "agent", mailboxIds: [1, 2, 3] }
const small: Viewer = { ...everyone, mailboxIds: [3] }
const program: Viewer = { ...everyone, id: null }

const cluster = await startCluster(dataDir)
await migrateDatabase(cluster.url)
// One connection, so that the work of its process can be told from the waiting for others on the machine.
connect(cluster.url, 1)
try {
  const [row] = await db.execute<{ cases: number }>(sql`select count(*)::int as cases from cases`)
  if (!row?.cases) await fillSearchDesk(messages)
  while (await makeWordsDue());
  const [now] = await db.execute<{ said: number; cases: number; size: string }>(sql`
    select (select count(*)::int from messages) as said, (select count(*)::int from cases) as cases,
           pg_size_pretty(pg_total_relation_size('case_words')) as size`)
  console.log(`${now?.said} messages in ${now?.cases} cases; their words take ${now?.size}`)
  await measureAll()
} finally {
  await disconnect()
  await cluster.stop()
}

async function measureAll() {
  const [someone] = await db.execute<{ name: string }>(sql`select name from customers where id = 4711`)
  const [first = "", last = ""] = (someone?.name ?? "").split(" ")
  const kinds: Record<string, [Viewer, string]> = {
    "a word in most cases": [everyone, "hello"],
    "one in a third": [everyone, "invoice"],
    "one in a fiftieth, in subjects": [everyone, "printer"],
    "one in a thousandth": [everyone, "refund"],
    "a word nobody wrote": [everyone, "xylophone"],
    "two common words": [everyone, "hello invoice"],
    "three words": [everyone, "hello invoice refund"],
    "a word's beginning": [everyone, "inv"],
    "two letters": [everyone, "re"],
    "a beginning and a rare word": [everyone, "he refund"],
    "a name": [everyone, `${first} ${last}`],
    "a name the other way round, and a word": [everyone, `${last} ${first} hello`],
    "from: and a common word": [everyone, `from:${last} hello`],
    "an order number": [everyone, "2007-000007"],
    "a lone number": [everyone, "000123"],
    "part of an address": [everyone, "c4711@firm"],
    "a phrase": [everyone, '"hello order"'],
    "a common word, not another": [everyone, "hello -invoice"],
    "a small mailbox behind a busy one": [everyone, "mailbox:press hello"],
    "and a rare word there": [everyone, "mailbox:press refund"],
    "who answers the small mailbox alone": [small, "invoice"],
    "a subject, closed, of an agent": [everyone, 'subject:invoice is:closed agent:"agent 3"'],
    "a stretch of time": [everyone, "invoice after:2025-06 before:2025-07"],
    "a program's search": [program, "hello printer"],
    "conditions alone": [everyone, "is:closed mailbox:billing"],
  }
  const rows = []
  const all: number[] = []
  const works: number[] = []
  for (const [kind, [viewer, q]] of Object.entries(kinds)) {
    const { took, found, work } = await measure(viewer, q)
    all.push(...took)
    works.push(work)
    rows.push({
      kind,
      found,
      "work, mean": Math.round(work),
      p50: Math.round(quantile(took, 0.5)),
      p95: Math.round(quantile(took, 0.95)),
    })
  }
  console.table(rows)
  const sorted = all.toSorted((a, b) => a - b)
  console.log(`all: p50 ${Math.round(quantile(sorted, 0.5))} ms, p95 ${Math.round(quantile(sorted, 0.95))} ms`)
  const sortedWorks = works.toSorted((a, b) => a - b)
  console.log(
    `work: p50 ${Math.round(quantile(sortedWorks, 0.5))} ms, p95 ${Math.round(quantile(sortedWorks, 0.95))} ms`,
  )
}

/** Milliseconds of processor that this process and its PostgreSQL have used; the latter where Linux tells. */
async function worked() {
  const [row] = await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  const { user, system } = process.cpuUsage()
  const file = `/proc/${row?.pid}/stat`
  const [utime = 0, stime = 0] = existsSync(file)
    ? (readFileSync(file, "utf8").split(") ")[1]?.split(" ").slice(11, 13).map(Number) ?? [])
    : []
  return (user + system) / 1000 + (utime + stime) * 10
}

async function measure(viewer: Viewer, q: string) {
  const filter: Filter = { view: "all", mailboxId: null, agentId: null, customerId: null, q, cursor: null }
  // The first reads from disk what the others find in memory.
  const { rows } = await listCases(viewer, filter, new Date())
  const took: number[] = []
  const before = await worked()
  for (let time = 0; time < times; time++) {
    const began = performance.now()
    await listCases(viewer, filter, new Date())
    took.push(performance.now() - began)
  }
  const work = ((await worked()) - before) / times
  return { took: took.sort((a, b) => a - b), found: rows.length, work }
}
