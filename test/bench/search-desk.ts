import { sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"

/** How many cases a message falls on. */
const perCase = 4

/**
 * A desk of so many messages in an embedded PostgreSQL: three mailboxes, one of them with nearly all the mail and one with
 * a thousandth, words as common as they are in letters, one case in a thousand merged into the one before it.
 */
export async function fillSearchDesk(messages: number) {
  const count = Math.ceil(messages / perCase)
  const step = async (name: string, work: Promise<unknown>) => {
    const began = performance.now()
    await work
    console.log(`${name}: ${Math.round((performance.now() - began) / 1000)} s`)
  }
  await step("people", people())
  await step("cases", casesOf(count))
  await step("messages", messagesOf(count))
  await step("words", wordsOf(count))
  await step(
    "index",
    db.execute(sql`
      create index case_words_words on case_words using gin (words) with (fastupdate = on, gin_pending_list_limit = 512)`),
  )
  await step("merges", merges(count))
  await step("analyze", db.execute(sql`analyze`))
}

async function people() {
  await db.execute(sql`
    insert into mailboxes (id, address, name, created_at)
    values (1, 'help@desk.example', 'Help', now()), (2, 'billing@desk.example', 'Billing', now()), (3, 'press@desk.example', 'Press', now())`)
  await db.execute(sql`
    insert into agents (id, email, name, role, created_at)
    select n, 'agent' || n || '@desk.example', 'Agent ' || n, 'agent', now() from generate_series(1, 8) n`)
  await db.execute(sql`
    insert into customers (id, name, created_at)
    select n, ${nameOf(sql`n`)}, now() from generate_series(1, 40000) n`)
}

/** A word as common as its place among twenty thousand is low. */
const word = sql`translate(to_hex((power(random(), 3) * 20000)::int * 31 + 70000), '0123456789abcdef', 'etaoinshrdlucmfw')`
const name = (n: ReturnType<typeof sql>) =>
  sql`translate(to_hex(${n} * 17 + 4096), '0123456789abcdef', 'aeionrstlmdkvbyz')`
const nameOf = (n: ReturnType<typeof sql>) => sql`initcap(${name(sql`(${n} % 700)`)} || ' ' || ${name(sql`${n}`)})`

async function casesOf(count: number) {
  await db.execute(sql`alter table cases disable trigger user`)
  await db.execute(sql`
    insert into cases (number, mailbox_id, customer_id, agent_id, subject, opened_at, closed_at, waiting_since, last_message_at, message_count, preview)
    select n, case when n % 1000 = 7 then 3 when n % 5 = 0 then 2 else 1 end, 1 + (n * 7919::bigint) % 40000, 1 + n % 8,
           ${word} || ' ' || ${word} || case when n % 50 = 1 then ' printer' when n % 10 = 1 then ' invoice' else '' end,
           at, case when n < ${count} - 3000 then at + interval '1 day' end, case when n >= ${count} - 3000 then at end, at, 4, 'preview'
      from generate_series(1, ${count}::int) n, lateral (select now() - (${count}::int - n) * interval '5 minutes' as at) t`)
  await db.execute(sql`alter table cases enable trigger user`)
}

async function messagesOf(count: number) {
  await db.execute(sql`alter table messages disable trigger user`)
  await db.execute(sql`
    insert into messages (case_number, kind, at, "from", agent_id, subject, text, new_text)
    select n, case when place % 2 = 1 then 'email' else 'reply' end, now() - (${count}::int - n) * interval '5 minutes',
           jsonb_build_object('name', '', 'address', 'c' || (1 + (n * 7919::bigint) % 40000) || '@firm' || n % 900 || '.example'),
           case when place % 2 = 0 then 1 + n % 8 end, '', '', said.text
      from generate_series(1, ${count}::int) n, generate_series(1, ${perCase}) place, lateral (
        select string_agg(${word}, ' ') || case when (n + place) % 3 = 0 then ' hello' else '' end
               || case when (n * 13 + place) % 10 = 0 then ' invoice' else '' end
               || case when (n * 7) % 4000 = place then ' refund' else '' end
               || case when place = 1 then ' order ' || 2000 + n % 24 || '-' || lpad(n::text, 6, '0') else '' end as text
          from generate_series(1, 22 + n % 3 + place * 0)) said`)
  await db.execute(sql`alter table messages enable trigger user`)
}

/** As the desk makes them (search-document.ts); in SQL, for a million in the desk's own way take a quarter of an hour. */
async function wordsOf(count: number) {
  await db.execute(sql`drop index case_words_words`)
  await db.execute(sql`
    insert into case_words (case_number, part, root, words)
    select c.number, 0, c.number,
           (select string_agg(format('''%s'':1 ''s=%s'':1', w, w), ' ') from unnest(string_to_array(c.subject, ' ')) w)::tsvector
           || (select string_agg(format('''%s'':1 ''f=%s'':1', w, w), ' ') from unnest(string_to_array(lower(u.name), ' ')) w)::tsvector
           || format('''c%s'':1 ''f=c%s'':1 ''firm'':2 ''f=firm'':2 ''%s'':3 ''f=%s'':3 ''example'':4 ''f=example'':4', c.customer_id, c.customer_id, c.number % 900, c.number % 900)::tsvector
           || format('''m=%s''', c.mailbox_id)::tsvector
           || (select to_tsvector('simple', string_agg(replace(m.new_text, '-', ''), ' ' order by m.id)) from messages m where m.case_number = c.number)
      from cases c join customers u on u.id = c.customer_id where c.number <= ${count}`)
}

/** By the way the desk goes: triggers note them, and their words are made as a worker would. */
async function merges(count: number) {
  await db.execute(
    sql`update cases set merged_into = number - 1 where number % 50 = 0 and number % 1000 = 50 and number <= ${count}`,
  )
}
