import { afterAll, beforeAll, expect, inject, test } from "vitest"
import { setSecret } from "#app/models/people/secret.server.ts"
import { connect, disconnect } from "#db/connection.server.ts"
import { billing, bo, cy, dana, eli, help, noon, resetDesk } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { caseNow } from "#test/support/replies.ts"
import { type RunningDesk, secret, startDesk } from "#test/support/server.ts"
import { cookieOf, formOf } from "#test/support/signed-in.ts"

let desk: RunningDesk

beforeAll(async () => {
  setSecret(secret)
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  connect(databaseUrl)
  await resetDesk()
  desk = await startDesk({ databaseUrl })
})
afterAll(async () => {
  await desk.stop()
  await disconnect()
})

/** As a browser without script sends it. */
async function ask(who: { id: number }, path: string, form?: Record<string, string>) {
  const headers = { cookie: await cookieOf(who, new Date()), origin: desk.url, "sec-fetch-site": "same-origin" }
  const body = form ? { method: "POST", body: formOf(form) } : {}
  const answer = await fetch(desk.url + path, { headers, redirect: "manual", ...body })
  const html = (await answer.text()).replaceAll("<!-- -->", "")
  return { status: answer.status, html, to: answer.headers.get("location") }
}

test("two cases are shown beside each other, and of two customers nothing is merged before a person has said so", async () => {
  const from = await caseOf("Where is my lamp?", noon, dana, help.id, "Lamp")
  const into = await caseOf("Please send the bill.", noon, eli, help.id, "Bill")
  const page = `/cases/${from}/merge?into=${into}`
  expect((await ask(bo, `/cases/${from}`)).html).toContain(`action="/cases/${from}/merge"`)
  const { html } = await ask(bo, page)
  for (const words of [
    "Lamp",
    "Bill",
    dana.address,
    eli.address,
    "Where is my lamp?",
    "Please send the bill.",
    help.name,
  ])
    expect(html).toContain(words)
  expect(html).toContain("These are two customers:")
  expect(await ask(bo, `/cases/${from}/merge`, { into: String(into) })).toMatchObject({ status: 302, to: page })
  expect((await caseNow(from)).mergedInto).toBeNull()
  const back = `/cases/${into}`
  const said = await ask(bo, `/cases/${from}/merge`, { into: `#${into}`, customersDiffer: "yes", back })
  expect(said).toMatchObject({ status: 302, to: back })
  expect((await caseNow(from)).mergedInto).toBe(into)
  const ticks = [...(await ask(bo, back)).html.matchAll(/<input type="checkbox"[^>]*name="cc"[^>]*>/g)].map(String)
  expect(ticks.some((tick) => tick.includes(dana.address))).toBe(true)
  expect(ticks.some((tick) => tick.includes("checked"))).toBe(false)
})

test("two cases of one customer are asked about with one press, and what cannot be merged says why", async () => {
  const [from, into] = [await caseOf("One"), await caseOf("Two")]
  const { html } = await ask(bo, `/cases/${from}/merge?into=${into}`)
  expect(html).toContain(`Merge into #${into}`)
  expect(html).not.toContain("These are two customers")
  expect((await ask(bo, `/cases/${from}/merge?into=${from}`)).html).toContain("That is this case itself.")
  expect((await ask(bo, `/cases/${from}/merge`)).status).toBe(200)
  await ask(bo, `/cases/${from}/merge`, { into: String(into) })
  expect((await caseNow(from)).mergedInto).toBe(into)
})

test("a case of a mailbox one does not answer is not shown on the way to a merge", async () => {
  const [mine, secret] = [await caseOf("One"), await caseOf("Two", noon, eli, billing.id, "The secret bill")]
  const { status, html } = await ask(cy, `/cases/${mine}/merge?into=${secret}`)
  expect([status, html.includes("There is no such case in your mailboxes.")]).toEqual([200, true])
  for (const words of ["secret bill", eli.address]) expect(html).not.toContain(words)
  expect((await ask(cy, `/cases/${secret}/merge?into=${mine}`)).status).toBe(404)
})
