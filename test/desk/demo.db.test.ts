import { sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import { password as demoPassword } from "#app/desk/demo/cast.ts"
import { fillDesk } from "#app/desk/demo/fill.server.ts"
import { tiny } from "#app/desk/demo/size.ts"
import { rebuildAll } from "#app/desk/rebuild.ts"
import { followUpDue } from "#app/models/frowns/follow-up.server.ts"
import { openFromSettled } from "#app/models/frowns/open.server.ts"
import { speakComments } from "#app/models/frowns/speak.server.ts"
import { happinessReport, loadReport } from "#app/models/happiness/report.server.ts"
import { addAgent, agentByEmail } from "#app/models/people/agent.server.ts"
import { acceptInvitation, invite } from "#app/models/people/invitation.server.ts"
import { viewerOf } from "#app/models/people/session.server.ts"
import { signIn } from "#app/models/people/sign-in.server.ts"
import { settleDue } from "#app/models/ratings/rating.server.ts"
import { drainPool } from "#app/models/sharing/drain.server.ts"
import { loads } from "#app/models/sharing/load.server.ts"
import { chosenFrom } from "#app/models/sharing/next-agent.ts"
import { releaseStranded } from "#app/models/sharing/release.server.ts"
import { db } from "#db/connection.server.ts"
import { agents, mailboxAgents, mailboxes } from "#db/tables/people.ts"
import { assignments } from "#db/tables/sharing.ts"
import { ida, noon } from "#test/fixtures/desk.ts"

const fill = () => fillDesk(tiny, () => {}, noon)

async function one<T>(query: ReturnType<typeof sql>): Promise<T> {
  const [row] = await db.execute(query)
  return row as T
}

test("the past comes out exactly, by half and by year, whichever day it is counted by", async () => {
  await fill()
  for (const basis of ["sent", "rated"] as const) {
    const asked = { from: "2010-01-01", to: "2012-01-01", mailboxId: null, agentId: null, basis }
    const years = await happinessReport({ ...asked, by: "year" }, noon)
    const halves = await happinessReport({ ...asked, by: "half" }, noon)
    expect(years.periods.map(({ shares }) => shares)).toEqual([
      { happy: 84, ok: 9, frown: 7 },
      { happy: 90, ok: 7, frown: 3 },
    ])
    expect(halves.periods.slice(2).map(({ shares }) => shares)).toEqual([
      { happy: 88, ok: 9, frown: 3 },
      { happy: 92, ok: 5, frown: 3 },
    ])
  }
  const { periods } = await loadReport({ from: "2010-01-01", to: "2012-01-01", by: "year" }, noon)
  // A fortieth of 80 and of 40.
  expect(periods.map(({ perAgentDay }) => Math.round(perAgentDay ?? 0))).toEqual([2, 1])
})

test("every figure follows from its sources: the worker finds nothing to do, rebuilding nothing to correct", async () => {
  await fill()
  const found = {
    settled: await settleDue(noon),
    opened: await openFromSettled(noon),
    followed: await followUpDue(noon),
    spoken: await speakComments(noon),
    given: await drainPool(noon),
    released: await releaseStranded(noon),
  }
  expect(found).toEqual({ settled: 0, opened: 0, followed: 0, spoken: 0, given: 0, released: 0 })
  expect(await rebuildAll()).toEqual([])
})

test("why each of today's cases is with whom it is follows from the facts beside it", async () => {
  await fill()
  const told = (await db.select().from(assignments)).filter(({ candidates }) => candidates.length > 0)
  expect(told.length).toBeGreaterThan(10)
  for (const { candidates, asked, toAgentId, reason, rule } of told)
    expect(asked && chosenFrom(candidates, asked)).toMatchObject({ agentId: toAgentId, reason, rule })
})

test("nothing can leave it, and every address ends in .example", async () => {
  await fill()
  const { waiting, kept } = await one<{ waiting: number; kept: number }>(sql`
    select count(*) filter (where kept_at is null)::int as waiting, count(*)::int as kept from mail_to_send`)
  expect([waiting, kept > 20]).toEqual([0, true])
  const { others } = await one<{ others: number }>(sql`
    select count(*)::int as others from (
      select email as address from agents union all select address from mailboxes union all
      select address from customer_addresses union all select address from participants union all
      select address from mail_recipients union all select "from" ->> 'address' from messages union all
      select jsonb_array_elements("to") ->> 'address' from messages) as known
     where address not like '%.example'`)
  expect(others).toBe(0)
})

test("the present: seven on shift, one of them full and one away, some sixty cases open, frowns due", async () => {
  await fill()
  const people = await loads(noon)
  const demos = people.filter(({ email }) => email.endsWith("@harbor.example"))
  expect(demos.length).toBe(7)
  expect(demos.filter(({ presence }) => presence.state === "away").map(({ name }) => name)).toEqual(["Ann Lindqvist"])
  expect(demos.filter(({ load, limit }) => load === limit).map(({ name }) => name)).toEqual(["Chase Moreno"])
  const { open, pool, snoozed, frowns, late } = await one<Record<string, number>>(sql`
    select (select count(*)::int from cases where closed_at is null) as open,
           (select count(*)::int from cases where closed_at is null and agent_id is null) as pool,
           (select count(*)::int from cases where snoozed_until is not null) as snoozed,
           (select count(*)::int from frowns where closed_at is null) as frowns,
           (select count(*)::int from frowns where closed_at is null and owner_id is null
              and due_at < ${noon.toISOString()}::timestamptz) as late`)
  expect(open).toBeGreaterThan(50)
  expect(open).toBeLessThan(70)
  expect(pool).toBeGreaterThan(0)
  expect({ snoozed, frowns, late }).toEqual({ snoozed: 4, frowns: 8, late: 1 })
})

test("it fills an empty desk only, and keeps who is there", async () => {
  await fill()
  const before = await one<{ count: number }>(sql`select count(*)::int from messages`)
  expect(await fill()).toBe("not empty")
  expect(await one(sql`select count(*)::int from messages`)).toEqual(before)
  expect(await one(sql`select name, role from agents where id = ${ida.id}`)).toEqual({ name: ida.name, role: "admin" })
  expect(await one(sql`select count(*)::int as admins from agents where role = 'admin'`)).toEqual({ admins: 1 })
})

const signInAs = (email: string, given: string) =>
  signIn(new Request("http://localhost:3000/"), { email, password: given, remote: "192.0.2.1" }, deskNow())

test("on a desk that has its people nobody of the demo can sign in until they are given a password", async () => {
  await fill()
  expect(await signInAs("joan@harbor.example", demoPassword)).toEqual({ refused: "wrong" })
  const joan = await agentByEmail("joan@harbor.example")
  const token = (await invite(joan?.id ?? 0, noon)) ?? ""
  expect(await acceptInvitation(token, "vier Pferde im Regen", noon)).toBe("accepted")
  expect(await signInAs("joan@harbor.example", "vier Pferde im Regen")).toHaveProperty("cookie")
})

test("a desk of nobody but the demo opens with its password, until somebody real is admin", async () => {
  for (const table of [mailboxAgents, mailboxes, agents]) await db.delete(table)
  await fill()
  const answer = await signInAs("joan@harbor.example", demoPassword)
  const cookie = "cookie" in answer ? (answer.cookie.split(";")[0] ?? "") : ""
  const visit = () => viewerOf(new Request("http://localhost:3000/", { headers: { cookie } }))
  expect(await visit()).toMatchObject({ role: "admin" })
  const limits = { loadLimit: 20, mailboxIds: [], skills: [], mailboxLimits: [] }
  const eve = { email: "eve@desk.example", name: "Eve Roth", role: "admin", ...limits } as const
  await addAgent({ ...eve, password: null }, noon)
  expect(await visit()).not.toBeNull()
  await addAgent({ ...eve, email: "finn@desk.example", password: "fünf Esel im Schnee" }, noon)
  expect(await visit()).toBeNull()
  expect(await signInAs("joan@harbor.example", demoPassword)).toEqual({ refused: "wrong" })
})
