import { readdirSync } from "node:fs"
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node"
import { expect, test } from "vitest"
import type { calls } from "#app/api/calls.ts"
import { setClock } from "#app/clock.server.ts"
import { leaveNote } from "#app/models/cases/note.server.ts"
import { openFromSettled } from "#app/models/frowns/open.server.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { makeToken } from "#app/models/people/api-token.server.ts"
import { keepComment } from "#app/models/ratings/comment.server.ts"
import { handOver } from "#app/models/sharing/hand-over.server.ts"
import { loader as agents } from "#app/routes/api.v1.agents._index.ts"
import { loader as agent } from "#app/routes/api.v1.agents.$email.ts"
import { loader as cases } from "#app/routes/api.v1.cases._index.ts"
import { loader as kase } from "#app/routes/api.v1.cases.$number._index.ts"
import { action as answer } from "#app/routes/api.v1.cases.$number.replies.ts"
import { loader as frowns } from "#app/routes/api.v1.frowns.ts"
import { action as handIn, loader as ledger } from "#app/routes/api.v1.mail._index.ts"
import { loader as document } from "#app/routes/api.v1.openapi[.]json.ts"
import { loader as happiness } from "#app/routes/api.v1.reports.happiness.ts"
import { loader as load } from "#app/routes/api.v1.reports.load.ts"
import { db } from "#db/connection.server.ts"
import { projectRoot } from "#db/place.server.ts"
import { causes, frowns as frownRows } from "#db/tables/frowns.ts"
import { ratingRequests, ratings } from "#db/tables/ratings.ts"
import { ann, bo, dana, help, later, noon } from "#test/fixtures/desk.ts"
import { press } from "#test/fixtures/frown.ts"
import { arrive, letter } from "#test/support/arrive.ts"
import { type Described, heldAgainst } from "#test/support/described.ts"
import { startSink } from "#test/support/mail-sink.ts"
import { thrown } from "#test/support/signed-in.ts"
import { viewer } from "#test/support/viewer.ts"
import { story } from "../models/happiness/tallies.ts"

type Door = (asked: LoaderFunctionArgs & ActionFunctionArgs) => Promise<unknown>

async function ask(
  door: unknown,
  { query = "", params = {}, ...init }: RequestInit & { query?: string; params?: object } = {},
) {
  const token = await makeToken("tests", ["read", "write"], noon)
  const headers = { authorization: `Bearer ${token}`, ...init.headers }
  const request = new Request(`http://localhost:3000/api/v1/x?${query}`, { ...init, headers })
  return (await thrown((door as Door)({ request, params, context: {} } as never))).json()
}

const described = async (): Promise<Described & { paths: typeof calls }> => ask(document)

/** With a file and an invitation, as mail programs send them. */
const invitation = ["MIME-Version: 1.0", 'Content-Type: multipart/mixed; boundary="b"'].join("\r\n")
const parts = [
  "--b\r\nContent-Type: text/plain\r\n\r\nWhere is it?",
  '--b\r\nContent-Type: image/png; name="box.png"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=',
  "--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Talk\r\nDTSTART:20260312T130000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n--b--\r\n",
].join("\r\n")

/** One case in which everything happened that the API tells of. */
async function richCase() {
  const mail = { more: [invitation, `Cc: ${dana.address.replace("dana", "eli")}`], text: parts }
  const { caseNumber } = await arrive(letter(mail))
  const number = caseNumber!
  expect(await handOver(viewer(ann), number, bo.id, undefined, noon)).toBe("done")
  await leaveNote(viewer(ann), number, { body: "She rang as well", again: false }, noon)
  const said = { agent: bo.email, text: "On its way.", attachments: [{ filename: "a.txt", content: "YQ==" }] }
  const made = await ask(answer, {
    query: "now=1",
    params: { number: String(number) },
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(said),
  })
  expect(made).toEqual({ id: expect.any(Number) })
  const sink = await startSink()
  await deliverNext("test", () => later(1), { smtpUrl: sink.url })
  await sink.close()
  const [request] = await db.select().from(ratingRequests)
  await press(request!.id, "frown", later(10))
  await db.transaction((tx) => keepComment(tx, request!.id, "Too slow", later(10)))
  await openFromSettled(later(20))
  const [cause] = await db
    .insert(causes)
    .values({ key: "slow", name: "Slow", group: "process", ours: true, position: 1 })
    .returning()
  await db.update(frownRows).set({ causeId: cause!.id, ownerId: ann.id })
  await story()
  return number
}

test("what the document says is what the server answers, field by field, on one rich case", async () => {
  await setClock(false)
  const held = heldAgainst(await described())
  const number = await richCase()
  held.look(await ask(kase, { params: { number: String(number) } }), "Case")
  await db.update(ratings).set({ voidedAt: later(30), voidedBy: ann.id, voidedBecause: "A slip" })
  held.look(await ask(kase, { params: { number: String(number) } }), "Case")
  for (const row of (await ask(cases)).data) held.look(row, "CaseSummary")
  for (const row of (await ask(ledger)).data) held.look(row, "LedgerRow")
  for (const row of (await ask(agents)).data) held.look(row, "Agent")
  for (const row of (await ask(frowns)).data) held.look(row, "Frown")
  held.look(await ask(agent, { params: { email: bo.email } }), "Agent")
  held.look(await ask(happiness, { query: "from=2010&to=2011" }), "Happiness")
  held.look(await ask(load, { query: "from=2010&to=2011" }), "Load")
  held.look(await ask(kase, { params: { number: "9999" } }), "Problem")
  const mail = { method: "POST", headers: { "content-type": "message/rfc822" }, body: letter({ to: help.address }) }
  held.look(await ask(handIn, mail), "Taken")
  expect(held.wrong).toEqual([])
  expect(held.notMet()).toEqual([])
})

test("every address of the API is described, with what it takes and how it refuses", async () => {
  const { paths } = await described()
  const routes = readdirSync(`${projectRoot}/app/routes`).filter((file) => file.startsWith("api.v1."))
  const addresses = routes.map((file) => {
    const path = file
      .replace(/\.tsx?$/, "")
      .replace(/\._index$/, "")
      .replace("[.]json", "#json")
    return `/${path.replaceAll(".", "/").replace("#", ".")}`.replace(
      /\$(\w+)/g,
      (_all, name) => `{${name.replace(/^\w+Id$/, "id")}}`,
    )
  })
  expect(addresses.sort()).toEqual(
    Object.keys(paths)
      .filter((path) => path.startsWith("/api/"))
      .sort(),
  )
  expect(paths["/api/v1/cases/{number}/replies"]?.post).toMatchObject({
    requestBody: { content: { "application/json": {}, "multipart/form-data": {} } },
    responses: { 201: {}, 401: {}, 403: {}, 409: {}, 413: {} },
  })
  expect(paths["/api/v1/reports/load"]?.get).toMatchObject({
    responses: { 200: { content: { "application/json": {}, "text/csv": {} } }, 422: {} },
  })
})
