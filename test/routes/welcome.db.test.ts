import type { ActionFunctionArgs } from "@remix-run/node"
import { beforeEach, expect, test } from "vitest"
import { firstRunCode } from "#app/models/people/first-run.server.ts"
import { viewerOf } from "#app/models/people/session.server.ts"
import { action as setUp, loader as welcome } from "#app/routes/welcome.tsx"
import { db } from "#db/connection.server.ts"
import { jobs } from "#db/tables/jobs.ts"
import { agents, mailboxAgents, mailboxes } from "#db/tables/people.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

const wanted = {
  deskName: "Acme Support",
  mailbox: "help@acme.example",
  timeZone: "Europe/Berlin",
  name: "Ida Berg",
  email: "ida@acme.example",
  password: "vier Pferde im Regen",
}

beforeEach(async () => {
  for (const table of [mailboxAgents, mailboxes, agents]) await db.delete(table)
})

const press = async (form: Record<string, string>) =>
  setUp({ request: await requestAs(null, "/welcome", { form }), params: {}, context: {} } as ActionFunctionArgs)

test("the first visit with the code from the console makes the desk and signs its admin in", async () => {
  const code = (await firstRunCode()) ?? ""
  const answer = await press({ ...wanted, code })
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/"])
  const cookie = answer.headers.get("set-cookie") ?? ""
  const viewer = await viewerOf(new Request("http://localhost:3000/", { headers: { cookie } }))
  expect(viewer).toMatchObject({ name: "Ida Berg", role: "admin", mailboxIds: [expect.any(Number)] })
  expect(await db.select().from(jobs)).not.toContainEqual(expect.objectContaining({ kind: "demo" }))
})

test("the ticked box asks for the demo", async () => {
  await press({ ...wanted, code: (await firstRunCode()) ?? "", demo: "on" })
  expect(await db.select().from(jobs)).toContainEqual(expect.objectContaining({ kind: "demo" }))
})

test("without the code nothing is made, and what was typed comes back but for the password", async () => {
  await firstRunCode()
  const answer = await press({ ...wanted, code: "AAAA-AAAA" })
  expect(answer.status).toBe(422)
  const text = await answer.text()
  expect(JSON.parse(text)).toMatchObject({
    code: "That is not the code on the console where the desk was started",
    typed: { deskName: "Acme Support", email: "ida@acme.example" },
  })
  expect(text).not.toContain(wanted.password)
  expect(await db.select().from(agents)).toEqual([])
})

test("the right code does not excuse a weak password", async () => {
  const answer = await press({ ...wanted, code: (await firstRunCode()) ?? "", password: "acmesupport12" })
  expect(await answer.json()).toMatchObject({ error: "A password must be more than the desk's name", code: null })
})

test("once somebody has an account the page is closed for ever, code or no code", async () => {
  const code = (await firstRunCode()) ?? ""
  await press({ ...wanted, code })
  expect((await press({ ...wanted, code, email: "eve@evil.example" })).headers.get("location")).toBe("/sign-in")
  expect((await thrown(welcome())).headers.get("location")).toBe("/sign-in")
  expect(await db.select().from(agents)).toHaveLength(1)
})
