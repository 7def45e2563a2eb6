import type { LoaderFunctionArgs } from "@remix-run/node"
import { sql } from "drizzle-orm"
import { beforeEach, expect, test } from "vitest"
import { makeToken } from "#app/models/people/api-token.server.ts"
import { loader as agents } from "#app/routes/api.v1.agents._index.ts"
import { loader as cases } from "#app/routes/api.v1.cases._index.ts"
import { loader as frowns } from "#app/routes/api.v1.frowns.ts"
import { loader as mail } from "#app/routes/api.v1.mail._index.ts"
import { db } from "#db/connection.server.ts"
import { bo, noon } from "#test/fixtures/desk.ts"

let authorization: string
beforeEach(async () => {
  authorization = `Bearer ${await makeToken("walker", ["read"], noon)}`
})

type Loader = (args: LoaderFunctionArgs) => Promise<Response>
type Row = { number?: number; id?: number; email?: string }

async function ask(list: Loader, query: Record<string, string>) {
  const request = new Request(`http://localhost/api/v1/list?${new URLSearchParams(query)}`, {
    headers: { authorization },
  })
  const answer = await list({ request, params: {}, context: {} })
  const { data = [], next, detail } = (await answer.json()) as { data?: Row[]; next?: string | null; detail?: string }
  return { status: answer.status, detail, next, keys: data.map(({ number, id, email }) => number ?? id ?? email) }
}

/** The whole of a list, page by page, while something happens between two pages. */
async function walk(list: Loader, query: Record<string, string>, meanwhile: () => Promise<unknown>) {
  const seen: unknown[] = []
  for (let cursor: string | null | undefined = ""; cursor !== null; await meanwhile()) {
    const page: Awaited<ReturnType<typeof ask>> = await ask(list, { ...query, ...(cursor ? { cursor } : {}) })
    seen.push(...page.keys)
    cursor = page.next ?? null
  }
  return seen
}

const many = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

/** As on a busy desk: first cases come last, others are answered, closed, put off or handed on. */
const moved = () =>
  db.execute(sql`update cases set
    last_message_at = now() - number * interval '1 second', opened_at = opened_at,
    waiting_since = now() - random() * interval '9 days', agent_id = case when agent_id is null then ${bo.id}::bigint end`)

beforeEach(() =>
  db.execute(sql`insert into cases (number, mailbox_id, customer_id, subject, opened_at, last_message_at, waiting_since)
    select n, 1, 1, 'Case', now() - random() * interval '9 days', now() + n * interval '1 minute', now() - n * interval '1 minute'
      from generate_series(1, 120) n`),
)

test("a list of cases misses none and tells none twice, though they move while it is walked", async () => {
  for (const query of [{}, { state: "waiting-on-us" }, { q: "mailbox:help" }])
    expect(await walk(cases, query, moved)).toEqual(many(120))
  expect(await walk(cases, { order: "-number" }, moved)).toEqual(many(120).reverse())
})

test("another order is asked for by name, and its cursor goes on in it", async () => {
  const still = async () => {}
  expect(await walk(cases, { order: "lastMessageAt" }, still)).toEqual(many(120))
  expect(await walk(cases, { order: "-lastMessageAt" }, still)).toEqual(many(120).reverse())
  const { next } = await ask(cases, { order: "-number" })
  expect((await ask(cases, { cursor: next ?? "" })).keys[0]).toBe(70)
  expect(await ask(cases, { cursor: next ?? "", order: "number" })).toMatchObject({ status: 422 })
})

test("mail, frowns and people have an order by id of their own", async () => {
  await db.execute(sql`insert into mail_received (id, received_at, via, envelope_from, envelope_to, digest, size, due_at, mailbox_id)
    select n, now(), 'smtp', '', '[]', n, 1, now(), 1 from generate_series(1, 60) n`)
  await db.execute(sql`insert into frowns (id, case_number, customer_id, author_id, mailbox_id, opened_at, due_at)
    select n, n, 1, 3, 1, now(), now() - n * interval '1 hour' from generate_series(1, 60) n`)
  const postponed = () => db.execute(sql`update frowns set due_at = now() + random() * interval '9 days'`)
  expect(await walk(frowns, {}, postponed)).toEqual(many(60))
  expect(await walk(mail, {}, async () => {})).toEqual(many(60).reverse())
  expect(await walk(mail, { order: "id" }, async () => {})).toEqual(many(60))
  expect((await ask(frowns, { order: "due" })).status).toBe(200)
  const byName = ["ann", "bo", "cy"].map((name) => `${name}@desk.example`)
  expect((await ask(agents, { order: "name" })).keys).toEqual([...byName, "ida@desk.example"])
  expect((await ask(agents, {})).keys).toEqual(["ida@desk.example", ...byName])
})

test("an order or a cursor that is none is refused by name, in every list", async () => {
  for (const list of [cases, mail, frowns, agents] as Loader[]) {
    expect(await ask(list, { order: "colour" })).toMatchObject({
      status: 422,
      detail: expect.stringContaining("order"),
    })
    for (const cursor of ["AAAAA", "x", "9".repeat(300), "\u0000", "bnVtYmVyIDE", "＝"])
      expect(await ask(list, { cursor })).toMatchObject({ status: 422, detail: expect.stringContaining("cursor") })
  }
  expect(await ask(cases, { q: "invoice", order: "number" })).toMatchObject({ status: 422 })
})
