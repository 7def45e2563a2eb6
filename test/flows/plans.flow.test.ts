import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, inject, test } from "vitest"
import { caseFor } from "#app/models/cases/case.server.ts"
import { conversation } from "#app/models/cases/conversation.server.ts"
import { type Filter, listCases, viewCounts, views } from "#app/models/cases/views.server.ts"
import { happinessReport, loadReport } from "#app/models/happiness/report.server.ts"
import { pointersOf } from "#app/models/mail/pointers.server.ts"
import { setSecret } from "#app/models/people/secret.server.ts"
import { drainPool } from "#app/models/sharing/drain.server.ts"
import { loads } from "#app/models/sharing/load.server.ts"
import { connect, db, disconnect } from "#db/connection.server.ts"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { ann, ida, noon, resetDesk } from "#test/fixtures/desk.ts"
import { letter } from "#test/support/arrive.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { viewer } from "#test/support/viewer.ts"

const size = 100_000

beforeAll(async () => {
  // One connection: what it scanned is then told at once, and nobody else's work is counted.
  connect(await freshDatabase(inject("clusterUrl")), 1)
  setSecret("a secret of the tests, 32 letters")
  await resetDesk()
  await fill()
}, 180_000)

afterAll(disconnect)

/** 100,000 cases over three years, two thousand of them open, two messages and half a rating each. */
async function fill() {
  await db.execute(sql`
    insert into cases (number, mailbox_id, customer_id, agent_id, subject, opened_at, waiting_since, snoozed_until, closed_at,
                       last_message_at, message_count, preview)
    select n, 1 + n % 2, 1 + n % 3, case when n % 50 = 0 then null else 2 + n % 3 end, 'Matter ' || n, at,
           case when n > 98000 and n % 3 > 0 then at end, case when n > 98000 and n % 7 = 0 then ${noon.toISOString()}::timestamptz + interval '3 days' end,
           case when n <= 98000 then at + interval '1 day' end, at, 2, 'words ' || n
      from generate_series(1, ${size}::int) n, lateral (select ${noon.toISOString()}::timestamptz - (${size}::int - n) * interval '15 minutes' as at) t`)
  await db.execute(sql`
    insert into messages (case_number, kind, at, "from", agent_id, text, new_text, rfc_message_id)
    select number, kind, last_message_at, '{"name":"","address":"x@customer.example"}', case when kind = 'reply' then 2 + number % 3 end, 'text ' || number, 'text ' || number,
           case when number % 1000 = 0 then '<JIRA.' || number || '.1.2@x>' else '<' || kind || number || '@x>' end
      from cases, unnest(array['email', 'reply']) kind`)
  await db.execute(sql`
    insert into participants (case_number, address, standing, added_at)
    select number, 'c' || number % 5000 || '@customer.example', 'requester', opened_at from cases`)
  await db.execute(sql`
    insert into rating_tallies (basis, day, mailbox_id, agent_id, asked, happy, ok, frown)
    select basis, day, 1, 2, 100, 27, 2, 1 from generate_series('2023-01-01'::date, '2026-03-10', '1 day') day, unnest(array['sent', 'rated']) basis`)
  await db.execute(sql`analyze`)
}

/**
 * How often `cases` and `messages` were read from end to end while the work was done; eight times over, for from the
 * sixth on PostgreSQL may use a plan made for any values.
 */
async function wholeReads(work: () => Promise<unknown>) {
  const before = await scans()
  for (let time = 0; time < 8; time++) await work()
  const after = await scans()
  return { cases: after.cases - before.cases, messages: after.messages - before.messages }
}

async function scans() {
  await db.execute(sql`select pg_stat_force_next_flush()`)
  const rows = await db.execute<{ name: string; seq: number }>(
    sql`select relname as name, seq_scan::int as seq from pg_stat_user_tables where relname in ('cases', 'messages')`,
  )
  const of = (name: string) => rows.find((row) => row.name === name)?.seq ?? 0
  return { cases: of("cases"), messages: of("messages") }
}

const none = { cases: 0, messages: 0 }
const every: Filter = { view: "all", mailboxId: null, agentId: null, customerId: null, q: null, cursor: null }

test("counting whole reads sees each", async () => {
  expect(await wholeReads(() => db.execute(sql`select sum(message_count) from cases`))).toEqual({
    cases: 8,
    messages: 0,
  })
})

test("no view of a hundred thousand cases reads them all, on its first page or its second", async () => {
  for (const view of views) {
    const page = (cursor: string | null) => listCases(viewer(ann), { ...every, view, cursor }, noon)
    const { next } = await page(null)
    expect([view, await wholeReads(() => page(null)), await wholeReads(() => page(next))]).toEqual([view, none, none])
  }
})

test("neither do the counts, the loads, the sharing, a case, or a search", async () => {
  const looks: Record<string, () => Promise<unknown>> = {
    counts: () => viewCounts(viewer(ann), noon),
    loads: () => loads(noon),
    sharing: () => drainPool(noon),
    case: () => Promise.all([caseFor(viewer(ann), 5000), conversation(viewer(ida), 5000)]),
    search: () => listCases(viewer(ann), { ...every, q: "text 4711" }, noon),
    customer: () => listCases(viewer(ann), { ...every, customerId: 2 }, noon),
  }
  for (const [name, look] of Object.entries(looks)) expect([name, await wholeReads(look)]).toEqual([name, none])
})

test("neither does a mail that looks for its case", async () => {
  const email = await readEmail(
    Buffer.from(
      letter({ id: "<JIRA.5000.1.3@x>", more: ["In-Reply-To: <q@x>", "References: <JIRA.5000.1@x> <email7@x>"] }),
    ),
  )
  const asker = { envelopeTo: ["help@desk.example"], sender: "c7@customer.example", closedBefore: noon }
  const work = () => db.transaction((tx) => pointersOf(tx, email, asker))
  expect((await work()).map(({ caseNumber }) => caseNumber)).toEqual([7, 5000])
  expect(await wholeReads(work)).toEqual(none)
})

test("the year is read from the rollups alone", async () => {
  const year = {
    from: "2025-01-01",
    to: "2026-01-01",
    by: "month",
    mailboxId: null,
    agentId: null,
    basis: "sent",
  } as const
  expect(await wholeReads(() => happinessReport(year, noon))).toEqual(none)
  expect(await wholeReads(() => loadReport(year, noon))).toEqual(none)
})
