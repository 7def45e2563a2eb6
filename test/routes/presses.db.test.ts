import type { ActionFunctionArgs } from "@remix-run/node"
import { beforeEach, expect, test } from "vitest"
import { db } from "#db/connection.server.ts"
import { operations } from "#db/tables/guards.ts"
import { everything } from "#test/fixtures/everything.ts"
import { type Press, presses } from "#test/fixtures/presses.ts"
import { cookieOf } from "#test/support/signed-in.ts"
import { goBackTo, sizes, type WholeDatabase, wholeDatabase } from "#test/support/whole-database.ts"

beforeEach(everything)

type Action = (args: ActionFunctionArgs) => Promise<unknown>
const routes = import.meta.glob<{ action: Action }>("../../app/routes/*.{ts,tsx}")
const named = ({ route, form = {} }: Press) => [route, form.act ?? form.forget].filter(Boolean).join(" ")

/** The same request, as often as it is called. */
async function repeatable({ who, route, params = {}, form = {} }: Press) {
  const load = routes[`../../app/routes/${route}.ts`] ?? routes[`../../app/routes/${route}.tsx`]
  if (!load) throw new Error(`there is no route ${route}`)
  const [{ action }, cookie] = [await load(), await cookieOf(who)]
  const path = route.replaceAll(".", "/").replace(/\$(\w+)/g, (_all, name) => params[name] ?? "")
  return async (opId: string) => {
    const body = new FormData()
    for (const [name, value] of Object.entries({ ...form, opId })) body.set(name, value)
    const request = new Request(`http://localhost/${path}`, { method: "POST", headers: { cookie }, body })
    const answer = await action({ request, params, context: {} }).catch((thrown: unknown) => thrown)
    if (!(answer instanceof Response)) throw answer
    return { status: answer.status, to: answer.headers.get("location"), text: await answer.text() }
  }
}

test.each(presses.map((press) => [named(press), press] as const))(
  "%s: once, whatever is sent again",
  async (_, one) => {
    const send = await repeatable(one)
    const before = await wholeDatabase()
    const first = await send("once")
    expect(first.status).toBeLessThan(400)
    expect(first.to ?? "").not.toContain("said=")
    const after = await wholeDatabase()
    expect(after).not.toEqual(before)

    await goBackTo(before)
    const answers = await Promise.all(Array.from({ length: 5 }, () => send("at once")))
    expect(sizes(await wholeDatabase())).toEqual(sizes(after))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)

    // A colleague has undone it all since.
    await goBackTo(before)
    expect(await send("at once")).toEqual(answers[0])
    expect(await wholeDatabase()).toEqual(before)

    // Two windows of one person, each with an id of its own, and a form without one.
    for (const windows of [
      ["one", "other"],
      ["", ""],
    ]) {
      await goBackTo(before)
      const both = await Promise.all(windows.map(send))
      expect(both.filter(({ status }) => status >= 500)).toEqual([])
      expect(said(await wholeDatabase())).toEqual(said(after))
    }
  },
)

/** Rows that say something: open browsers may hear of it twice, and words that were not sent again are a draft. */
function said(all: WholeDatabase) {
  const { events: _heard, drafts: _kept, ...told } = sizes(all)
  return told
}

test("a note pressed fifty times at once is one note, and other words from the same page are another", async () => {
  const press = { ...presses.find(({ route }) => route.endsWith("notes"))! }
  const [send, other] = await Promise.all([repeatable(press), repeatable({ ...press, form: { body: "Never mind" } })])
  const before = sizes(await wholeDatabase()).notes!
  await Promise.all(Array.from({ length: 50 }, () => send("one page")))
  expect(sizes(await wholeDatabase()).notes).toBe(before + 1)
  await other("one page")
  expect(sizes(await wholeDatabase()).notes).toBe(before + 2)
})

test("what somebody pressed is nobody else's press", async () => {
  const note = presses.find(({ route }) => route.endsWith("notes"))!
  const before = sizes(await wholeDatabase()).notes!
  for (const who of [{ id: 3 }, { id: 4 }]) await (await repeatable({ ...note, who }))("the same")
  expect(sizes(await wholeDatabase()).notes).toBe(before + 2)
})

test("no secret and no word of a form can be read from what is kept of it", async () => {
  const kept = presses.filter(({ route }) => /tokens._index|invitation|people.new|outgoing/.test(route))
  const secrets: string[] = ["a secret"]
  for (const press of kept) {
    const { text } = await (await repeatable(press))("kept")
    secrets.push(...(/upturn_[\w-]+|(?<=invitation\/)[\w-]+/.exec(text) ?? []))
  }
  expect(secrets).toHaveLength(4)
  const rows = JSON.stringify(await db.select().from(operations))
  expect(secrets.filter((secret) => rows.includes(secret))).toEqual([])
})
