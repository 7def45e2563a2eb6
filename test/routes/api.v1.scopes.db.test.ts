import type { ActionFunctionArgs } from "@remix-run/node"
import { expect, test } from "vitest"
import { setClock } from "#app/clock.server.ts"
import { makeToken, type TokenLimits } from "#app/models/people/api-token.server.ts"
import type { Scope } from "#app/models/people/scope.ts"
import { loader as agents } from "#app/routes/api.v1.agents._index.ts"
import { loader as agent, action as change } from "#app/routes/api.v1.agents.$email.ts"
import { loader as file } from "#app/routes/api.v1.attachments.$attachmentId.ts"
import { loader as cases, action as start } from "#app/routes/api.v1.cases._index.ts"
import { loader as kase } from "#app/routes/api.v1.cases.$number._index.ts"
import { action as give } from "#app/routes/api.v1.cases.$number.agent.ts"
import { action as close } from "#app/routes/api.v1.cases.$number.closed.ts"
import { action as answer } from "#app/routes/api.v1.cases.$number.replies.ts"
import { loader as frowns } from "#app/routes/api.v1.frowns.ts"
import { action as handIn, loader as ledger } from "#app/routes/api.v1.mail._index.ts"
import { loader as raw } from "#app/routes/api.v1.mail.$mailId.raw.ts"
import { loader as happiness } from "#app/routes/api.v1.reports.happiness.ts"
import { loader as load } from "#app/routes/api.v1.reports.load.ts"
import { billing, bo, cy, help, noon } from "#test/fixtures/desk.ts"
import { fullCase, shownIn } from "#test/fixtures/merged-desk.ts"
import { arrive, letter } from "#test/support/arrive.ts"
import { thrown } from "#test/support/signed-in.ts"
import { story } from "../models/happiness/tallies.ts"

type Asked = { params?: object; query?: string; method?: string; body?: object | string; key?: string }

/** Asks as a program with these scopes and limits does. */
async function program(scopes: Scope[], limits: Partial<TokenLimits> = {}) {
  await setClock(false)
  const token = await makeToken("tests", scopes, noon, limits)
  return async (door: unknown, { params = {}, query = "", method = "GET", body, key }: Asked = {}) => {
    const type = typeof body === "string" ? "message/rfc822" : "application/json"
    const headers = new Headers({ authorization: `Bearer ${token}` })
    if (body !== undefined) headers.set("content-type", type)
    if (key) headers.set("idempotency-key", key)
    const sent = typeof body === "string" ? body : JSON.stringify(body)
    const init = body === undefined ? {} : { method: method === "GET" ? "POST" : method, body: sent }
    const request = new Request(`http://localhost:3000/api/v1/x?${query}`, { ...init, headers })
    const work = (door as (asked: ActionFunctionArgs) => Promise<unknown>)({ request, params, context: {} } as never)
    const answered = await thrown(work)
    const text = await answered.text()
    const isJson = answered.headers.get("content-type")?.includes("json")
    return { status: answered.status, text, body: isJson ? JSON.parse(text) : null }
  }
}

const put = (params: object, body: object) => ({ params, body, method: "PUT" })

test("a token that may write and not read is told what it wrote, and nothing of what stands there", async () => {
  const { number } = await fullCase(7, help.id)
  const call = await program(["write"])
  const reads = [cases, kase, file, agents, agent, frowns, ledger, raw, happiness, load]
  const told = { number, email: bo.email, attachmentId: "1", mailId: "1" }
  for (const door of reads) expect((await call(door, { params: told })).status).toBe(403)
  const params = { number: String(number) }
  const given = await call(give, put(params, { agent: cy.email }))
  expect([given.status, given.body]).toEqual([200, { number, agent: cy.email }])
  const closed = await call(close, put(params, { closed: true }))
  expect([closed.status, closed.body]).toEqual([200, { number, closed: true }])
  const changed = await call(change, { params: { email: bo.email }, method: "PATCH", body: { limit: 7 } })
  expect([changed.status, changed.body]).toEqual([200, { email: bo.email, limit: 7 }])
  const reply = await call(answer, { params, body: { agent: bo.email, text: "On its way." } })
  expect([reply.status, Object.keys(reply.body)]).toEqual([201, ["id"]])
  const late = await call(give, put(params, { agent: bo.email, expected: null }))
  expect([late.status, late.text.includes("Cy Novak")]).toEqual([409, false])
  const letterToEli = {
    mailbox: help.address,
    agent: bo.email,
    to: "eli@customer.example",
    subject: "Hi",
    text: "Hello",
  }
  for (const _again of [1, 2]) {
    const started = await call(start, { body: letterToEli, key: "the same" })
    expect([started.status, Object.keys(started.body)]).toEqual([200, ["number", "mailbox", "agent", "subject"]])
  }
})

test("a token for one mailbox finds nothing of another, which is as if it were not there", async () => {
  const [mine, theirs] = [await fullCase(1, help.id), await fullCase(2, billing.id)]
  const call = await program(["read", "write"], { mailboxIds: [help.id] })
  for (const door of [cases, frowns, ledger]) {
    const found = await call(door, { query: door === frowns ? "state=all" : "" })
    expect([...shownIn(found.body)]).toEqual([1])
  }
  const refusal = async (door: unknown, params: object, body?: object) => {
    const { status, text } = await call(door, body ? put(params, body) : { params })
    return [status, text.replace(/\d+/g, "n")]
  }
  for (const [door, name, id, body] of [
    [kase, "number", theirs.number],
    [file, "attachmentId", theirs.attachment],
    [raw, "mailId", theirs.received],
    [give, "number", theirs.number, { agent: bo.email }],
    [close, "number", theirs.number, { closed: true }],
  ] as const) {
    const foreign = await refusal(door, { [name]: String(id) }, body)
    expect(foreign).toEqual(await refusal(door, { [name]: "999999" }, body))
    expect(foreign[0]).toBe(404)
  }
  expect((await call(kase, { params: { number: String(mine.number) } })).status).toBe(200)
})

test("mail is handed in to the mailboxes a token reaches, people are those who answer them", async () => {
  const call = await program(["read", "write"], { mailboxIds: [billing.id] })
  const sent = (to: string, query = "") => call(handIn, { query, body: letter({ to }) })
  expect((await sent("x@elsewhere.example", `to=${billing.address}`)).status).toBe(202)
  expect((await sent("x@elsewhere.example", `to=${help.address}`)).status).toBe(422)
  expect((await sent(help.address)).status).toBe(422)
  expect((await sent(`${help.address}, ${billing.address}`)).status).toBe(202)
  expect((await call(ledger)).body.data).toHaveLength(2)
  await arrive(letter(), { to: [help.address] })
  expect((await call(ledger)).body.data).toHaveLength(2)
  const people = (await call(agents)).body.data.map(({ email }: { email: string }) => email)
  expect([people.includes(bo.email), people.includes(cy.email)]).toEqual([true, false])
  expect((await call(agent, { params: { email: cy.email } })).status).toBe(404)
  const asCy = { mailbox: billing.address, agent: cy.email, to: "eli@customer.example", subject: "Hi", text: "Hello" }
  expect((await call(start, { body: asCy })).status).toBe(422)
  const foreign = await call(start, { body: { ...asCy, agent: bo.email, mailbox: help.address } })
  const missing = await call(start, { body: { ...asCy, agent: bo.email, mailbox: "none@desk.example" } })
  expect([foreign.status, missing.status]).toEqual([422, 422])
})

test("a report counts the mailboxes a token reaches; one it does not reach is none to it", async () => {
  await story()
  const asked = async (limits: Partial<TokenLimits>) => {
    const call = await program(["read"], limits)
    const [rated, replied] = [
      await call(happiness, { query: "from=2010&to=2011" }),
      await call(load, { query: "from=2010&to=2011" }),
    ]
    const sum = (rows: Record<string, number>[], name: string) => rows.reduce((all, row) => all + (row[name] ?? 0), 0)
    return [sum(rated.body.periods, "rated"), sum(replied.body.periods, "replies")]
  }
  const [all, none, inHelp, inBilling] = [
    await asked({}),
    await asked({ mailboxIds: [] }),
    await asked({ mailboxIds: [help.id] }),
    await asked({ mailboxIds: [billing.id] }),
  ]
  expect(all[0]).toBeGreaterThan(0)
  expect(none).toEqual([0, 0])
  expect([0, 1].map((place) => (inHelp[place] ?? 0) + (inBilling[place] ?? 0))).toEqual(all)
  const call = await program(["read"], { mailboxIds: [billing.id] })
  expect((await call(happiness, { query: `mailbox=${help.address}` })).status).toBe(422)
})

test("the same key of two tokens is two calls, and a key for a reply is none for a case", async () => {
  const { number } = await fullCase(3, help.id)
  const [one, other] = [await program(["read", "write"]), await program(["read", "write"])]
  const reply = { params: { number: String(number) }, body: { agent: bo.email, text: "On its way." }, key: "k" }
  const ids = [await one(answer, reply), await one(answer, reply), await other(answer, reply)].map(
    ({ body }) => body.id,
  )
  expect([ids[0] === ids[1], ids[0] === ids[2]]).toEqual([true, false])
  const long = "k".repeat(150)
  const two = [await one(answer, { ...reply, key: `${long}1` }), await one(answer, { ...reply, key: `${long}2` })]
  expect(two[0]?.body.id).not.toBe(two[1]?.body.id)
})

test("what is no number is no case", async () => {
  const call = await program(["read", "write"])
  for (const number of ["abc", "1e3", "-1", "0", "99999999999999999999", "1.5"]) {
    expect((await call(kase, { params: { number } })).status).toBe(404)
    expect((await call(close, put({ number }, { closed: true }))).status).toBe(404)
    expect((await call(give, put({ number }, { agent: null }))).status).toBe(404)
  }
})
