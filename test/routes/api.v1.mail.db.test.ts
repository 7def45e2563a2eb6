import { expect, test } from "vitest"
import { bodyRefusal } from "#app/gate.ts"
import { makeToken } from "#app/models/people/api-token.server.ts"
import { action } from "#app/routes/api.v1.mail._index.ts"
import { db } from "#db/connection.server.ts"
import { mailReceived } from "#db/tables/mail.ts"
import { billing, help, noon } from "#test/fixtures/desk.ts"
import { letter } from "#test/support/arrive.ts"

const megabyte = 1024 * 1024

async function post(body: BodyInit, query = "") {
  const token = await makeToken("tests", ["read", "write"], noon)
  const headers = { authorization: `Bearer ${token}`, "content-type": "message/rfc822" }
  const init = { method: "POST", headers, body, duplex: "half" } as RequestInit
  const request = new Request(`http://localhost:3000/api/v1/mail${query}`, init)
  const answer = await action({ request, params: {}, context: {} })
  return { status: answer.status, type: answer.headers.get("content-type") ?? "", body: await answer.json() }
}

const kept = () => db.select().from(mailReceived)

test("a mail is taken for those it names, with or without a tag, and once more it is the same", async () => {
  const mail = letter({ to: "elsewhere@other.example" })
  const first = await post(mail, `?to=${help.address}&to=billing%2Btag@desk.example`)
  expect(first.status).toBe(202)
  expect(await post(mail, `?to=billing%2Btag@desk.example&to=${help.address}`)).toMatchObject({ body: first.body })
  expect(await kept()).toMatchObject([{ via: "api", envelopeTo: [help.address, "billing+tag@desk.example"] }])
})

test("without a name it is for those of our mailboxes it is written to", async () => {
  await post(letter({ to: `${billing.address}, x@other.example` }))
  expect(await kept()).toMatchObject([{ envelopeTo: [billing.address] }])
})

test.each([
  ["an empty body", "", "", "The body is empty"],
  ["a recipient that is none of ours", letter(), "?to=nobody@desk.example", "There is no mailbox nobody@desk.example"],
  ["a mail to none of ours", letter({ to: "x@other.example" }), "", "name one with ?to="],
])("%s is 422 and nothing is kept", async (_name, body, query, words) => {
  const answer = await post(body, query)
  expect(answer).toMatchObject({ status: 422, type: "application/problem+json" })
  expect(answer.body.detail).toContain(words)
  expect(await kept()).toEqual([])
})

test("a mail that is too large is 413 as soon as that is known, piped in or not", async () => {
  expect(await post(Buffer.alloc(36 * megabyte, "x"))).toMatchObject({ status: 413, type: "application/problem+json" })
  let given = 0
  const endless = new ReadableStream({
    pull(controller) {
      given++
      controller.enqueue(new Uint8Array(megabyte))
    },
  })
  expect(await post(endless)).toMatchObject({ status: 413 })
  expect(given).toBeLessThan(40)
  expect(await kept()).toEqual([])
})

test("the gate lets mail in its own type through, piped or measured, and nothing else", () => {
  const asked = (headers: Record<string, string>, path = "/api/v1/mail") =>
    bodyRefusal({ method: "POST", path, headers })?.status
  const mail = { "content-type": "message/rfc822" }
  expect(asked({ ...mail, "content-length": "10" })).toBeUndefined()
  expect(asked({ ...mail, "transfer-encoding": "chunked" })).toBeUndefined()
  expect(asked({ ...mail, "content-length": String(36 * megabyte) })).toBe(413)
  expect(asked({ "content-type": "application/json", "content-length": "10" })).toBe(415)
  expect(asked({ "content-type": "text/plain", "transfer-encoding": "chunked" })).toBe(415)
  expect(asked({ "content-type": "application/json", "transfer-encoding": "chunked" }, "/api/v1/cases")).toBe(411)
})
