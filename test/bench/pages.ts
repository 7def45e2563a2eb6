/**
 * npm run bench:pages. On a desk with more than 100,000 cases: how long the main pages take, one at a time and four at
 * a time, and how much JavaScript each brings. DATA_DIR names the desk; it is filled once and used again later.
 */
import { mkdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import postgres from "postgres"
import { emailOf, password, team } from "#app/desk/demo/cast.ts"
import { get, javascriptOf, signIn } from "./browser.ts"
import { desk, quantile, startProductionDesk } from "./production-desk.ts"

const requests = Number(process.argv[2] ?? 200)
const dataDir = process.env.DATA_DIR ?? join(tmpdir(), "upturn-bench-pages")
mkdirSync(dataDir, { recursive: true, mode: 0o755 })

await fillOnce()
const running = await startProductionDesk(dataDir)
const sql = postgres(running.databaseUrl, { max: 1, onnotice: () => {} })
try {
  const [lead] = team
  if (!lead) throw new Error("the demo has nobody")
  const cookie = await signIn(running.url, emailOf(lead), password)
  const rows = []
  for (const [page, paths] of Object.entries(await pages())) {
    const alone = await measure(paths, cookie, 1)
    const four = await measure(paths, cookie, 4)
    const { kilobytes, files } = await javascriptOf(running.url, paths[0] ?? "/", cookie)
    rows.push({ page, ...named(alone, "×1"), ...named(four, "×4"), "JS kB": kilobytes, files })
  }
  console.table(rows)
} finally {
  await sql.end()
  await running.stop()
}

async function fillOnce() {
  const probe = await startProductionDesk(dataDir)
  const client = postgres(probe.databaseUrl, { max: 1, onnotice: () => {} })
  const [row] = await client`select count(*)::int as cases from cases`
  await client.end()
  await probe.stop()
  if (Number(row?.cases) < 100_000) desk(dataDir, "demo", "--full")
}

/** Each page by a few of its addresses, so that no single row stays warm. */
async function pages(): Promise<Record<string, string[]>> {
  const [count] =
    await sql`select count(*)::int as cases, count(*) filter (where closed_at is null)::int as open from cases`
  console.log(`${count?.cases} cases, ${count?.open} of them open; ${requests} requests for each line`)
  const closed = await sql`select number from cases where number % 977 = 0 order by number limit 100`
  const open = await sql`select number from cases where closed_at is null order by number limit 40`
  const customers = await sql`select id from customers where id % 499 = 0 order by id limit 60`
  const views = ["mine", "unassigned", "everyone", "waiting-on-them", "snoozed", "closed", "all"]
  const words = ["invoice", "can't sign in", "export stuck", "refund", "Bakery", "zebra crossing", "calendar march"]
  return {
    ...Object.fromEntries(views.map((view) => [`list, ${view}`, [`/cases?view=${view}`]])),
    search: words.map((word) => `/cases?view=all&q=${encodeURIComponent(word)}`),
    "case, open": open.map(({ number }) => `/cases/${number}`),
    "case, past": closed.map(({ number }) => `/cases/${number}`),
    customer: customers.map(({ id }) => `/customers/${id}`),
    "happiness, 2011": ["/happiness/2011"],
    "happiness, now": ["/happiness"],
    frowns: ["/frowns"],
    load: ["/load"],
  }
}

async function measure(paths: readonly string[], cookie: string, abreast: number) {
  // The first look at a page reads it from disk and compiles its plan; people see that once a day.
  for (const path of paths.slice(0, 5)) await get(running.url, path, cookie)
  const times: number[] = []
  let next = 0
  const worker = async () => {
    while (next < requests) {
      const path = paths[next++ % paths.length] ?? "/"
      const began = performance.now()
      await get(running.url, path, cookie)
      times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: abreast }, worker))
  return times.toSorted((a, b) => a - b)
}

function named(times: number[], suffix: string) {
  return { [`p50 ${suffix}`]: Math.round(quantile(times, 0.5)), [`p95 ${suffix}`]: Math.round(quantile(times, 0.95)) }
}
