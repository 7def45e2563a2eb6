import { sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { causeBook } from "#app/models/frowns/cause.ts"
import type { Behind } from "#app/models/happiness/behind.ts"
import { titleOf } from "#app/models/happiness/behind-query.ts"
import { repliesBehind } from "#app/models/happiness/behind-rows.server.ts"
import { casesBehind } from "#app/models/happiness/cases-behind.server.ts"
import { momentsOf } from "#app/models/happiness/period.ts"
import { changeSetting } from "#app/models/people/settings.server.ts"
import { db } from "#db/connection.server.ts"
import { causes } from "#db/tables/frowns.ts"
import { ann, billing, bo, cy, help, later, noon } from "#test/fixtures/desk.ts"
import { frown, reply } from "./seeded.ts"

const year: Behind = {
  ...{ from: "2026-01-01", to: "2027-01-01", show: "rated", face: null },
  ...{ mailboxId: null, agentId: null, cause: null, cursor: null },
}
const lead = { ...ann, mailboxIds: [help.id, billing.id] }
const behind = (about: Partial<Behind>, viewer: Parameters<typeof casesBehind>[0] = lead) =>
  casesBehind(viewer, { ...year, ...about }, noon)
const numbers = async (about: Partial<Behind>, viewer?: Parameters<typeof casesBehind>[0]) =>
  (await behind(about, viewer)).rows.map(({ number }) => number)

test("behind a face stand the replies that earned it first, latest first, with the customer's words", async () => {
  const { number: first } = await reply(later(1), { face: "frown", standing: "happy", words: "It took a week." })
  await reply(later(2), { face: "happy" })
  const { number: second } = await reply(later(3), { face: "frown" })
  const { rows } = await behind({ face: "frown" })
  expect(rows.map(({ number }) => number)).toEqual([second, first])
  expect(rows[1]).toMatchObject({
    ...{ subject: "A question", customer: "Dana Reyes", agent: "Bo Diaz", mailbox: "Help" },
    ...{ first: "frown", standing: "happy", words: "It took a week.", at: later(1) },
  })
})

test("what the ratio leaves out is not behind it: voided, follow-ups, asks not sent", async () => {
  await reply(later(1), { face: "happy", voided: true })
  await reply(later(2), { face: "happy", recoveryFrownId: 1 })
  await reply(later(3), { face: "happy", sentAt: null })
  expect(await numbers({})).toEqual([])
})

test("asked, unanswered and left off each have their replies", async () => {
  const { number: answered } = await reply(later(1), { face: "ok" })
  const { number: silent } = await reply(later(2))
  await reply(later(3), { bouncedAt: later(4) })
  const { number: leftOff } = await reply(later(5), { leftOffBy: bo.id })
  const { number: voided } = await reply(later(6), { face: "frown", voided: true })
  expect(await numbers({ show: "asked" })).toEqual([voided, silent, answered])
  expect(await numbers({ show: "unanswered" })).toEqual([voided, silent])
  expect(await numbers({ show: "left-off" })).toEqual([leftOff])
})

test("the stretch is the desk's days, with the first and without the last", async () => {
  await changeSetting("desk.timeZone", "America/Chicago", noon)
  await reply(new Date("2012-01-01T05:59:00Z"), { face: "happy" })
  await reply(new Date("2012-01-01T06:00:00Z"), { face: "ok" })
  expect((await behind({ from: "2011-01-01", to: "2012-01-01" })).rows.map(({ first }) => first)).toEqual(["happy"])
  expect((await behind({ from: "2012-01-01", to: "2012-01-02" })).rows.map(({ first }) => first)).toEqual(["ok"])
})

test("narrowed to a mailbox or to a person", async () => {
  const { number: bos } = await reply(later(1), { face: "happy", agentId: bo.id })
  const { number: cys } = await reply(later(2), { face: "happy", agentId: cy.id, mailboxId: billing.id })
  expect(await numbers({ agentId: bo.id })).toEqual([bos])
  expect(await numbers({ mailboxId: billing.id })).toEqual([cys])
})

test("an agent sees their own only, whatever they ask for", async () => {
  const { number: bos } = await reply(later(1), { face: "happy", agentId: bo.id })
  await reply(later(2), { face: "happy", agentId: cy.id })
  const asBo = { ...bo, mailboxIds: [help.id] }
  expect(await numbers({}, asBo)).toEqual([bos])
  expect(await numbers({ agentId: cy.id }, asBo)).toEqual([bos])
})

test("pages follow each other without a gap or a repeat, even where moments are equal", async () => {
  for (let count = 0; count < 60; count += 1) await reply(later(count % 7), { face: "happy" })
  const first = await behind({})
  const second = await behind({ cursor: first.next })
  expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 10, null])
  expect(new Set([...first.rows, ...second.rows].map(({ number }) => number)).size).toBe(60)
})

test("frowns by what became of them, and by cause", async () => {
  await db.insert(causes).values(causeBook.map((cause, at) => ({ ...cause, id: at + 1 })))
  const flipped = await frown(later(1), { firstContactAt: later(2), outcome: "flipped", causeId: 1 })
  const contacted = await frown(later(2), { firstContactAt: later(3) })
  const late = await frown(later(-90), { dueAt: later(-60) })
  await frown(later(4), { outcome: "void" })
  expect(await numbers({ show: "frowns" })).toEqual([contacted, flipped, late])
  expect(await numbers({ show: "contacted" })).toEqual([contacted, flipped])
  expect(await numbers({ show: "flipped" })).toEqual([flipped])
  expect(await numbers({ show: "overdue" })).toEqual([late])
  expect(await numbers({ show: "frowns", cause: "tone" })).toEqual([flipped])
  expect(await numbers({ show: "frowns", cause: "unknown" })).toEqual([contacted, late])
})

test("the list says what it is a list of, and that its time is not over", () => {
  const title = (about: Partial<Behind>, today = "2027-01-01") => titleOf({ ...year, ...about }, today)
  expect(title({ face: "frown" })).toBe("Frowned replies, sent in 2026")
  expect(title({ face: "frown" }, "2026-12-31")).toBe("Frowned replies, sent in 2026 so far")
  expect(title({ show: "flipped", from: "2026-07-01" })).toBe(
    "Frowned replies that flipped, sent in the second half of 2026",
  )
  expect(title({ show: "frowns", cause: "bug" })).toBe("Frowned replies, sent in 2026: Bug")
  expect(title({ to: "2026-01-04" })).toBe("Rated replies sent from 1 January 2026 to 3 January 2026")
})

test("a year of forty thousand replies is read by index, whichever number is opened", async () => {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql`insert into cases (number, mailbox_id, customer_id, subject, opened_at, last_message_at)
      select g, 1, 1 + g % 3, 'Question ' || g, at, at from generate_series(1, 40000) g,
      lateral (select timestamptz '2025-06-01' + g * interval '15 minutes' as at) t`)
    await tx.execute(sql`insert into rating_requests (id, reply_id, case_number, origin_case_number, customer_id, agent_id, mailbox_id, made_at, sent_at)
      select number, number, number, number, customer_id, 2 + number % 3, 1, opened_at, opened_at from cases`)
    await tx.execute(sql`insert into ratings (request_id, first, standing, first_at, last_at, settled_at)
      select number, f, f, opened_at, opened_at, opened_at from cases,
      lateral (select case when number % 100 < 3 then 'frown' when number % 100 < 10 then 'ok' else 'happy' end as f) t
      where number % 10 < 4`)
    await tx.execute(sql`insert into frowns (case_number, customer_id, author_id, mailbox_id, opened_at, due_at)
      select number, customer_id, 3, 1, opened_at, opened_at from cases where number % 100 < 3`)
    await tx.execute(sql`insert into frown_ratings (frown_id, request_id) select id, case_number from frowns`)
  })
  await db.execute(sql`analyze`)
  const moments = momentsOf(year, "Europe/Berlin")
  const asked: Partial<Behind>[] = [
    {},
    { face: "happy" },
    { face: "frown" },
    { show: "unanswered" },
    { show: "frowns" },
    { face: "frown", agentId: bo.id },
    { face: "frown", cursor: (await behind({ face: "frown" })).next },
  ]
  for (const about of asked) {
    const plan = await planOf(repliesBehind(lead, { ...year, ...about }, moments, noon))
    expect(plan).not.toMatch(/Seq Scan on (cases|rating_requests)/)
    expect(plan).toMatch(/rating_requests_(sent|agent|pkey)/)
  }
})

async function planOf(query: { getSQL(): ReturnType<typeof sql> }) {
  const rows = await db.execute<{ "QUERY PLAN": string }>(sql`explain ${query.getSQL()}`)
  return rows.map((row) => row["QUERY PLAN"]).join("\n")
}
