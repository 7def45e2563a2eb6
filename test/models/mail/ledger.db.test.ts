import { expect, test } from "vitest"
import { ledgerMail, ledgerPage, ledgerRecord, problemMail, rawMail } from "#app/models/mail/ledger.server.ts"
import { readPlace, writePlace } from "#app/models/mail/place-in-list.ts"
import { makeToken } from "#app/models/people/api-token.server.ts"
import { action, loader } from "#app/routes/api.v1.mail._index.ts"
import { loader as rawLoader } from "#app/routes/api.v1.mail.$mailId.raw.ts"
import { loader as ledgerLoader } from "#app/routes/mail._index.tsx"
import { action as retryAction } from "#app/routes/mail.$mailId.retry.ts"
import { db } from "#db/connection.server.ts"
import { mailReceived } from "#db/tables/mail.ts"
import { ann, bo, dana, help, noon } from "#test/fixtures/desk.ts"
import { arrive, letter } from "#test/support/arrive.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"
import { viewer } from "#test/support/viewer.ts"

const lead = viewer(ann)

test("every mail stands in the ledger with its fate, newest first, page by page", async () => {
  for (let i = 0; i < 53; i++) await arrive(letter({ subject: `Mail ${i}` }))
  const first = await ledgerPage(lead, null, null)
  expect(first.rows.map(({ subject }) => subject).slice(0, 2)).toEqual(["Mail 52", "Mail 51"])
  expect(first.rows).toHaveLength(50)
  const rest = await ledgerPage(lead, null, first.next)
  expect(rest.rows.map(({ subject }) => subject)).toEqual(["Mail 2", "Mail 1", "Mail 0"])
  expect(rest.next).toBeNull()
})

test("one fate can be asked for, and mail that has none yet", async () => {
  await arrive(letter({ id: "<d@x>" }))
  await arrive(letter({ id: "<d@x>" }), { to: ["billing@desk.example"] })
  expect((await ledgerPage(lead, "duplicate", null)).rows).toHaveLength(1)
  expect((await ledgerPage(lead, "opened", null)).rows).toHaveLength(1)
  expect((await ledgerPage(lead, "waiting", null)).rows).toEqual([])
})

test("the ledger is for leads", async () => {
  const { id } = await arrive(letter())
  expect(await ledgerPage(viewer(bo), null, null)).toEqual({ rows: [], next: null })
  expect(await ledgerMail(viewer(bo), id)).toBeNull()
  expect(await rawMail(viewer(bo), id)).toBeNull()
  expect(await problemMail(viewer(bo))).toEqual([])
  expect((await thrown(ledgerLoader({ request: await requestAs(bo, "/mail"), params: {}, context: {} }))).status).toBe(
    403,
  )
  const press = await requestAs(bo, `/mail/${id}/retry`, { form: {} })
  expect((await thrown(retryAction({ request: press, params: { mailId: String(id) }, context: {} }))).status).toBe(403)
})

test("one mail shows its header lines and gives back its bytes", async () => {
  const raw = letter({ subject: "=?utf-8?Q?Gr=C3=BC=C3=9Fe?=" })
  const { id } = await arrive(raw)
  const mail = await ledgerMail(lead, id)
  expect(mail?.headers).toContainEqual({ name: "subject", value: "Grüße" })
  expect((await rawMail(lead, id))?.toString()).toBe(raw)
  expect(await ledgerMail(lead, 999_999)).toBeNull()
})

test("mail that stumbled is on the list of problems with the words of the trouble", async () => {
  await arrive(letter())
  const stumbled: typeof mailReceived.$inferInsert = {
    ...{ via: "smtp", envelopeFrom: "", envelopeTo: [], digest: "x", size: 1, receivedAt: noon, dueAt: noon },
    ...{ lastError: "no room", attempts: 2 },
  }
  await db.insert(mailReceived).values(stumbled)
  expect(await problemMail(lead)).toMatchObject([{ lastError: "no room", fate: null }])
})

test("a row in the API has exactly these fields", async () => {
  const { id } = await arrive(letter({ id: "<m@x.example>" }))
  const [row] = (await ledgerPage(lead, null, null)).rows
  expect(ledgerRecord(row!)).toEqual({
    id,
    receivedAt: noon.toISOString(),
    from: dana.address,
    to: help.address,
    subject: "My order",
    messageId: "m@x.example",
    size: row!.size,
    fate: "opened",
    because: "New mail to help@desk.example.",
    caseNumber: row!.caseNumber,
  })
})

const api = (path: string, token: string, init: RequestInit = {}) =>
  new Request(`http://localhost:3000/api/v1${path}`, { ...init, headers: { authorization: `Bearer ${token}` } })
const at = (request: Request, params = {}) => ({ request, params, context: {} })

test("a mail handed in over the API is acknowledged once it is kept, and again is the same", async () => {
  const token = await makeToken("t", ["read", "write"], noon)
  const hand = (body: string, to = "?to=help@desk.example") =>
    action(at(api(`/mail${to}`, token, { method: "POST", body })))
  const answer = await hand(letter({ id: "<api@x.example>" }))
  expect(answer.status).toBe(202)
  const { id } = (await answer.json()) as { id: number }
  expect(await (await hand(letter({ id: "<api@x.example>" }))).json()).toEqual({ id })
  const raw = await rawLoader(at(api(`/mail/${id}/raw`, token), { mailId: String(id) }))
  expect(raw.headers.get("content-type")).toBe("message/rfc822")
  expect(await raw.text()).toBe(letter({ id: "<api@x.example>" }))
  const listed = await loader(at(api("/mail", token)))
  expect(await listed.json()).toMatchObject({ data: [{ id, fate: null, caseNumber: null }], next: null })
})

test("without a recipient in the query the letter's own count", async () => {
  const token = await makeToken("t", ["write"], noon)
  const hand = (body: string) => action(at(api("/mail", token, { method: "POST", body })))
  expect((await hand(letter({ to: "Help <help@desk.example>" }))).status).toBe(202)
  expect((await hand(letter({ to: "nobody@elsewhere.example" }))).status).toBe(422)
})

test("what cannot be taken in is refused with its reason", async () => {
  const token = await makeToken("t", ["read", "write"], noon)
  const hand = (body: BodyInit | null, to: string) =>
    action(at(api(`/mail?to=${to}`, token, { method: "POST", ...(body === null ? {} : { body }) })))
  expect((await hand(null, "help@desk.example")).status).toBe(422)
  const unknown = await hand(letter(), "nobody@desk.example")
  expect(unknown.status).toBe(422)
  expect(await unknown.json()).toMatchObject({ detail: "There is no mailbox nobody@desk.example here" })
  const large = await hand(Buffer.alloc(35 * 1024 * 1024 + 1), "help@desk.example")
  expect(large.status).toBe(413)
  expect(await db.select().from(mailReceived)).toEqual([])
})

test("a token that only reads hands nothing in, and none at all reads nothing", async () => {
  const token = await makeToken("t", ["read"], noon)
  const post = api("/mail?to=help@desk.example", token, { method: "POST", body: letter() })
  expect((await thrown(action(at(post)))).status).toBe(403)
  expect((await thrown(loader(at(new Request("http://localhost:3000/api/v1/mail"))))).status).toBe(401)
})

test("pages of the API follow an opaque cursor, and a strange one is refused", async () => {
  const token = await makeToken("t", ["read"], noon)
  for (let i = 0; i < 51; i++) await arrive(letter({ subject: `Mail ${i}` }))
  const page = (query: string) => loader(at(api(`/mail${query}`, token))).then((answer) => answer.json())
  const first = (await page("")) as { data: unknown[]; next: string }
  expect(first.data).toHaveLength(50)
  expect(await page(`?cursor=${first.next}`)).toMatchObject({ data: [{ subject: "Mail 0" }], next: null })
  expect(await page("?cursor=AAAAA")).toMatchObject({ status: 422 })
  expect(await (await loader(at(api("/mail?fate=eaten", token)))).json()).toMatchObject({ status: 422 })
})

test("a cursor of ours reads back, anything else is none", () => {
  expect(readPlace(writePlace(42))).toBe(42)
  for (const odd of [null, "", "x", "====", "AAAAA", btoa("mail.x"), btoa("case.1"), "\u0000"])
    expect(readPlace(odd)).toBeNull()
})
