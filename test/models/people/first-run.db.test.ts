import { eq } from "drizzle-orm"
import { beforeEach, expect, test } from "vitest"
import { hasAgents } from "#app/models/people/agent.server.ts"
import { codeRefusal, firstRunCode, setUpDesk } from "#app/models/people/first-run.server.ts"
import { mailboxIdsOf, mailboxOf } from "#app/models/people/mailbox.server.ts"
import { setting } from "#app/models/people/settings.server.ts"
import { db } from "#db/connection.server.ts"
import { jobs } from "#db/tables/jobs.ts"
import { agents, mailboxAgents, mailboxes, settings } from "#db/tables/people.ts"
import { noon } from "#test/fixtures/desk.ts"

const wanted = {
  deskName: "Acme Support",
  timeZone: "Europe/Berlin",
  mailboxes: ["help@acme.example", "Sales@acme.example"],
  name: "Ida Berg",
  email: "Ida@acme.example",
  password: "vier Pferde im Regen",
  wantsDemo: false,
}

const refusal = (code: string, remote = "192.0.2.1") => codeRefusal(code, remote, noon)

beforeEach(async () => {
  for (const table of [mailboxAgents, mailboxes, agents]) await db.delete(table)
})

test("the first admin answers the first mailboxes of a desk with a name and a zone", async () => {
  const made = await setUpDesk(wanted, noon)
  const id = "agentId" in made ? made.agentId : 0
  expect(await db.select().from(agents).where(eq(agents.id, id))).toMatchObject([
    { email: "ida@acme.example", role: "admin" },
  ])
  expect(await mailboxIdsOf(id)).toHaveLength(2)
  expect(await mailboxOf("sales@acme.example")).toMatchObject({ name: "Sales" })
  expect([await setting("desk.name"), await setting("desk.timeZone")]).toEqual(["Acme Support", "Europe/Berlin"])
})

test("a desk is set up once, also when two do it at the same moment", async () => {
  const made = await Promise.all([setUpDesk(wanted, noon), setUpDesk({ ...wanted, email: "eve@acme.example" }, noon)])
  expect(made.filter((one) => "agentId" in one)).toHaveLength(1)
  expect(await setUpDesk(wanted, noon)).toHaveProperty("refused")
  expect(await db.select().from(agents)).toHaveLength(1)
})

test.each([
  [{ deskName: " " }, "The desk's name must not be empty"],
  [{ timeZone: "Mars/Base" }, "The time zone must be a time zone such as Europe/Berlin or UTC"],
  [{ mailboxes: [] }, "A mailbox is not an email address"],
  [{ mailboxes: ["help"] }, "help is not an email address"],
  [{ email: "ida" }, "ida is not an email address"],
  [{ name: "" }, "A name is needed, customers see it under replies"],
  [{ password: "short" }, "A password has at least 12 characters"],
  [{ password: "acmesupport1" }, "A password must be more than the desk's name"],
])("%j makes no desk", async (wrong, refused) => {
  expect(await setUpDesk({ ...wanted, ...wrong }, noon)).toEqual({ refused })
  expect([await hasAgents(), await db.select().from(mailboxes)]).toEqual([false, []])
})

test("the demo desk asked for becomes a job for the worker", async () => {
  await setUpDesk({ ...wanted, wantsDemo: true }, noon)
  expect(await db.select({ kind: jobs.kind }).from(jobs).where(eq(jobs.kind, "demo"))).toHaveLength(1)
})

test("the code on the console lets the first visitor in, typed with or without its dash", async () => {
  const code = (await firstRunCode()) ?? ""
  expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  expect(await refusal(code)).toBeNull()
  expect(await refusal(code.replace("-", " ").toLowerCase())).toBeNull()
  expect(JSON.stringify(await db.select().from(settings))).not.toContain(code.replace("-", ""))
})

test("a wrong, empty or earlier code lets nobody in", async () => {
  const before = (await firstRunCode()) ?? ""
  await firstRunCode()
  for (const code of ["", " ", "%", "AAAA-AAAA", before])
    expect((await refusal(code))?.words).toBe("That is not the code on the console where the desk was started")
})

test("no code at all is stored before the first start, and nothing matches that", async () => {
  expect(await refusal("")).not.toBeNull()
})

test("after twenty tries even the right code waits, at that address", async () => {
  const code = (await firstRunCode()) ?? ""
  for (let tried = 0; tried < 20; tried++) await refusal("AAAA-AAAA")
  expect(await refusal(code)).toMatchObject({
    words: expect.stringMatching(/^Too many tries/),
    waitSeconds: expect.any(Number),
  })
  expect(await refusal(code, "198.51.100.7")).toBeNull()
})

test("strangers at a thousand addresses use up nothing of whoever sits at the console", async () => {
  const code = (await firstRunCode()) ?? ""
  for (let tried = 0; tried < 1000; tried++) await refusal("AAAA-AAAA", `10.0.${tried % 4}.${tried % 250}`)
  expect(await refusal(code, "127.0.0.1")).toBeNull()
})

test("a new start gives a new code and new tries", async () => {
  await firstRunCode()
  for (let tried = 0; tried < 21; tried++) await refusal("AAAA-AAAA")
  expect(await refusal((await firstRunCode()) ?? "")).toBeNull()
})

test("a desk that is set up gives no more codes, and the last one is gone", async () => {
  const code = (await firstRunCode()) ?? ""
  await setUpDesk(wanted, noon)
  expect(await firstRunCode()).toBeNull()
  expect(await refusal(code)).not.toBeNull()
})
