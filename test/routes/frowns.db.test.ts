import { eq } from "drizzle-orm"
import { beforeEach, expect, test } from "vitest"
import { ensureCauses } from "#app/models/frowns/cause.server.ts"
import { openFromSettled } from "#app/models/frowns/open.server.ts"
import { makeToken } from "#app/models/people/api-token.server.ts"
import { loader as api } from "#app/routes/api.v1.frowns.ts"
import { loader as queue } from "#app/routes/frowns._index.tsx"
import { action as callAction } from "#app/routes/frowns.$frownId.call.ts"
import { action as causeAction } from "#app/routes/frowns.$frownId.cause.ts"
import { action as claimAction } from "#app/routes/frowns.$frownId.claim.ts"
import { action as closureAction } from "#app/routes/frowns.$frownId.closure.ts"
import { loader as one } from "#app/routes/frowns.$frownId.tsx"
import { action as unclaimAction } from "#app/routes/frowns.$frownId.unclaim.ts"
import { loader as causesPage } from "#app/routes/frowns.causes.tsx"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { frowns } from "#db/tables/frowns.ts"
import { ratingComments } from "#db/tables/ratings.ts"
import { ann, billing, bo, cy, later, noon } from "#test/fixtures/desk.ts"
import { aFrownedReply, allFrowns } from "#test/fixtures/frown.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

type Action = typeof claimAction
type Person = { id: number }

beforeEach(() => ensureCauses(db))

async function aFrown() {
  const reply = await aFrownedReply()
  await db.insert(ratingComments).values({ requestId: reply.requestId, at: later(1), body: "Nobody reads my mails." })
  await openFromSettled(later(3))
  return { ...reply, id: (await allFrowns()).at(-1)!.id }
}

const args = (request: Request, params = {}) => ({ request, params, context: {} }) as never
const press = async (action: Action, id: number, who: Person, form: Record<string, string> = {}) =>
  action(args(await requestAs(who, `/frowns/${id}/x`, { form: { ...form, from: "page" } }), { frownId: String(id) }))
const where = async (answer: Promise<Response>) => (await answer).headers.get("location")
const page = async (id: number | string, who: Person, query = "") =>
  one(args(await requestAs(who, `/frowns/${id}${query}`), { frownId: String(id) }))
const list = async (who: Person, query = "") => (await queue(args(await requestAs(who, `/frowns${query}`)))).json()

test("the queue shows people: their words first, who wrote the reply, and how many wait", async () => {
  await aFrown()
  const { rows, counts, tab } = await list(ann)
  expect([tab, counts.open]).toEqual(["open", 1])
  expect(rows[0]).toMatchObject({
    words: "Nobody reads my mails.",
    customer: { name: "Dana Reyes" },
    author: { name: "Bo Diaz" },
    kase: { subject: "Invoice wrong" },
    state: "new",
  })
})

test("a list that does not exist is the open one", async () => {
  expect((await list(ann, "?list=gone")).tab).toBe("open")
  expect((await list(ann, "?list=closed")).tab).toBe("closed")
})

test("whoever is not signed in is asked to, and comes back", async () => {
  const answer = await thrown(queue(args(await requestAs(null, "/frowns?list=mine"))))
  expect(answer.headers.get("location")).toBe("/sign-in?to=%2Ffrowns%3Flist%3Dmine")
})

test("who claims second is told who has it", async () => {
  const { id } = await aFrown()
  expect(await where(press(claimAction, id, bo))).toBe(`/frowns/${id}`)
  expect(await where(press(claimAction, id, cy))).toBe(`/frowns/${id}?said=taken`)
  const { said, owner } = await (await page(id, cy, "?said=taken")).json()
  expect([said, owner?.name]).toEqual(["Bo Diaz has this one already.", "Bo Diaz"])
})

test("given back, it is free again", async () => {
  const { id } = await aFrown()
  await press(claimAction, id, bo)
  expect(await where(press(unclaimAction, id, cy))).toBe(`/frowns/${id}?said=not-possible-now`)
  expect(await where(press(unclaimAction, id, bo))).toBe(`/frowns/${id}`)
  expect((await allFrowns())[0]?.ownerId).toBeNull()
})

test("a call is logged, and then it can be closed with a cause and a line", async () => {
  const { id } = await aFrown()
  const closing = { cause: "tone", whatWeDid: "Called, said sorry, sent the right invoice" }
  expect(await where(press(closureAction, id, bo, closing))).toBe(`/frowns/${id}?said=contact-first`)
  expect(await where(press(callAction, id, bo, { words: "" }))).toBe(`/frowns/${id}?said=words-missing`)
  expect(await where(press(callAction, id, bo, { words: "Spoke with her", told: "happier" }))).toBe(`/frowns/${id}`)
  expect(await where(press(closureAction, id, bo, { ...closing, cause: "" }))).toBe(`/frowns/${id}?said=cause-missing`)
  expect(await where(press(closureAction, id, bo, { ...closing, whatWeDid: "" }))).toBe(
    `/frowns/${id}?said=line-missing`,
  )
  expect(await where(press(closureAction, id, bo, closing))).toBe("/frowns")
  const { state, closer, cause } = await (await page(id, ann)).json()
  expect([state, closer?.name, cause?.name]).toEqual(["let go", "Bo Diaz", "Tone"])
})

test("no form makes a flip", async () => {
  const { id } = await aFrown()
  await press(callAction, id, bo, { words: "All well", told: "flipped", outcome: "flipped" })
  await press(causeAction, id, bo, { cause: "tone", outcome: "flipped" })
  await press(closureAction, id, bo, { cause: "tone", whatWeDid: "x", outcome: "flipped", state: "flipped" })
  expect((await allFrowns())[0]).toMatchObject({ outcome: null, toldImprovedAt: null })
})

test("a lead dismisses with a reason of the list only", async () => {
  const { id } = await aFrown()
  const closing = { cause: "misclick", whatWeDid: "They told us" }
  expect(await where(press(closureAction, id, ann, { ...closing, dismissedAs: "bored" }))).toBe(
    `/frowns/${id}?said=reason-missing`,
  )
  expect(await where(press(closureAction, id, ann, { ...closing, dismissedAs: "misclick" }))).toBe("/frowns")
})

test("a frown of a mailbox one does not answer is not there, nor is one with a strange number", async () => {
  const { id, caseNumber } = await aFrown()
  await db.update(cases).set({ mailboxId: billing.id }).where(eq(cases.number, caseNumber))
  expect((await thrown(page(id, cy))).status).toBe(404)
  expect((await thrown(press(claimAction, id, cy))).status).toBe(404)
  for (const strange of ["0", "-1", "1e3", "abc", "9".repeat(30)])
    expect((await thrown(page(strange, ann))).status).toBe(404)
})

test("an address that says something unknown says nothing", async () => {
  const { id } = await aFrown()
  expect((await (await page(id, ann, "?said=<b>you</b>")).json()).said).toBeNull()
})

test("the causes of a half year, and of this one when the address names none", async () => {
  const { id } = await aFrown()
  await press(causeAction, id, bo, { cause: "bug" })
  const causesOf = async (query: string) =>
    (await causesPage(args(await requestAs(ann, `/frowns/causes${query}`)))).json()
  expect((await causesOf("?half=2026-1")).rows).toMatchObject([{ name: "Bug", count: 1, share: 1, ours: false }])
  expect((await causesOf("?half=2025-2")).rows).toEqual([])
  const { half, isCurrent } = await causesOf("?half=2026-3")
  expect([Number.isInteger(half.year), isCurrent]).toEqual([true, true])
})

async function asApi(query: string, token?: string) {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
  return api(args(new Request(`http://localhost:3000/api/v1/frowns${query}`, { headers })))
}

test("the API gives the queue, field by field", async () => {
  const { id, caseNumber } = await aFrown()
  await press(claimAction, id, bo)
  const answer = await asApi("", await makeToken("reports", ["read"], noon))
  expect(await answer.json()).toEqual({
    data: [
      {
        id,
        caseNumber,
        customer: { name: "Dana Reyes", email: "dana@customer.example" },
        words: "Nobody reads my mails.",
        author: { name: "Bo Diaz", email: "bo@desk.example" },
        openedAt: later(3).toISOString(),
        dueAt: expect.any(String),
        owner: { name: "Bo Diaz", email: "bo@desk.example" },
        state: "claimed",
        firstContactAt: null,
        outcome: null,
        cause: null,
        closedAt: null,
      },
    ],
    next: null,
  })
})

test("the API knows states by name, refuses others, and asks for a token", async () => {
  const { id } = await aFrown()
  const token = await makeToken("reports", ["read"], noon)
  const ids = async (query: string) =>
    (await (await asApi(query, token)).json()).data.map((row: { id: number }) => row.id)
  expect([await ids("?state=new"), await ids("?state=flipped"), await ids("?state=all")]).toEqual([[id], [], [id]])
  await db.update(frowns).set({ outcome: "no answer", outcomeAt: noon }).where(eq(frowns.id, id))
  expect(await ids("?state=no-answer")).toEqual([id])
  expect((await asApi("?state=sad", token)).status).toBe(422)
  expect((await thrown(asApi(""))).status).toBe(401)
})
