import PostalMime from "postal-mime"
import { beforeEach, expect, test } from "vitest"
import { bodyRefusal } from "#app/gate.ts"
import { attachmentsOf, readFile } from "#app/models/cases/attachment.server.ts"
import { makeToken } from "#app/models/people/api-token.server.ts"
import { action as start } from "#app/routes/api.v1.cases._index.ts"
import { action as reply } from "#app/routes/api.v1.cases.$number.replies.ts"
import { db } from "#db/connection.server.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { bo, help, ida, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { thrown } from "#test/support/signed-in.ts"
import { viewer } from "#test/support/viewer.ts"

const megabyte = 1024 * 1024
const bytes = Buffer.from(Array.from({ length: 3000 }, (_, n) => n % 256))
const label = { filename: "Etikett März.pdf", contentType: "application/pdf", content: bytes.toString("base64") }
const said = { agent: bo.email, text: "Here you are." }

let token = ""
beforeEach(async () => {
  token = await makeToken("tests", ["read", "write"], noon)
})

async function call(number: number | null, body: BodyInit, headers: Record<string, string> = {}) {
  const type: Record<string, string> = typeof body === "string" ? { "content-type": "application/json" } : {}
  const init = { method: "POST", body, headers: { authorization: `Bearer ${token}`, ...type, ...headers } }
  const request = new Request("http://localhost:3000/api/v1/cases", init)
  const asked = { request, params: { number: String(number) }, context: {} } as never
  const answer = await thrown((number === null ? start : reply)(asked))
  return { status: answer.status, body: await answer.json() }
}
const json = (more: object) => JSON.stringify({ ...said, ...more })

function form(fields: Record<string, string>, files: File[]) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  for (const file of files) body.append("files", file)
  return body
}

async function sentFiles() {
  const [mail] = await db.select().from(mailToSend)
  const { attachments } = await PostalMime.parse(mail?.rendered ?? "")
  return attachments.map(({ filename, mimeType, content }) => [filename, mimeType, Buffer.from(content as ArrayBuffer)])
}

test("a reply takes files as base64 in JSON, byte for byte", async () => {
  const number = await caseOf("Where?")
  expect(await call(number, json({ attachments: [label] }))).toMatchObject({ status: 201 })
  expect(await sentFiles()).toEqual([["Etikett März.pdf", "application/pdf", bytes]])
  const [kept] = await attachmentsOf(viewer(ida), number)
  expect(await readFile(kept!.sha256)).toEqual(bytes)
})

test("a reply takes files as a form, whose fields mean what they mean in JSON", async () => {
  const number = await caseOf("Where?")
  const file = new File([bytes], "label.pdf", { type: "application/pdf" })
  expect(await call(number, form({ ...said, text: "42", close: "true" }, [file]))).toMatchObject({ status: 201 })
  expect(await sentFiles()).toEqual([["label.pdf", "application/pdf", bytes]])
  const [mail] = await db.select().from(mailToSend)
  expect(mail?.rendered.toString("latin1")).toContain("\r\n42\r\n")
})

test("a case is started with files, and a call repeated with its key starts one", async () => {
  const first = { mailbox: help.address, to: "gus@new.example", subject: "Your order", attachments: [label] }
  const key = { "Idempotency-Key": "call-1" }
  const answer = await call(null, json(first), key)
  expect(answer).toMatchObject({
    status: 200,
    body: { messages: [{ attachments: [{ filename: "Etikett März.pdf", size: 3000 }] }] },
  })
  expect((await call(null, json(first), key)).body.number).toBe(answer.body.number)
  expect(await db.select().from(mailToSend)).toHaveLength(1)
})

test("a reply and a new case may share a key", async () => {
  const key = { "Idempotency-Key": "call-1" }
  await call(await caseOf("Where?"), json({}), key)
  const first = { mailbox: help.address, to: "gus@new.example", subject: "Your order" }
  expect(await call(null, json(first), key)).toMatchObject({ status: 200, body: { subject: "Your order" } })
})

test.each([
  ["no base64", json({ attachments: [{ ...label, content: "=)" }] }), 400, "attachments.0.content: is not base64"],
  ["a file without a name", json({ attachments: [{ content: "" }] }), 400, "attachments.0.filename"],
  ["an unknown word of a file", json({ attachments: [{ ...label, url: "x" }] }), 400, "attachments.0"],
  ["a word where a file belongs", form({ ...said, files: "label.pdf" }, []), 400, "files: "],
  ["a field that is missing from a form", form({ text: "Hi" }, []), 400, "agent: "],
  ["a word for yes or no", form({ ...said, close: "perhaps" }, []), 400, "close: "],
])("%s is refused by name and nothing is sent", async (_name, body, status, words) => {
  const answer = await call(await caseOf("Where?"), body)
  expect(answer).toMatchObject({ status, body: { detail: expect.stringContaining(words) } })
  expect(await db.select().from(mailToSend)).toEqual([])
})

test("a form that ends early is the caller's mistake", async () => {
  const headers = { "content-type": "multipart/form-data; boundary=x" }
  const answer = await call(
    await caseOf("Where?"),
    '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nHi',
    headers,
  )
  expect(answer).toMatchObject({ status: 400 })
})

test("files beyond what mail takes are 413, by bytes and by number", async () => {
  const number = await caseOf("Where?")
  const big = form(said, [new File([Buffer.alloc(25 * megabyte + 1)], "big.bin")])
  expect(await call(number, big)).toMatchObject({ status: 413, body: { detail: expect.stringContaining("25 MB") } })
  const many = Array.from({ length: 51 }, () => label)
  expect(await call(number, json({ attachments: many }))).toMatchObject({ status: 413 })
  expect(await attachmentsOf(viewer(ida), number)).toEqual([])
})

test("the gate lets letters bring files, and no other call of the API", () => {
  const asked = (path: string, type: string, length: number) =>
    bodyRefusal({ method: "POST", path, headers: { "content-type": type, "content-length": String(length) } })?.status
  const big = 34 * megabyte
  for (const path of ["/api/v1/cases", "/api/v1/cases/7/replies"]) {
    expect(asked(path, "multipart/form-data; boundary=x", big)).toBeUndefined()
    expect(asked(path, "application/json", big)).toBeUndefined()
    expect(asked(path, "application/json", 36 * megabyte)).toBe(413)
    expect(asked(path, "application/x-www-form-urlencoded", 10)).toBe(415)
  }
  expect(asked("/api/v1/cases/7/closed", "multipart/form-data", 10)).toBe(415)
  expect(asked("/api/v1/cases/7/agent", "application/json", big)).toBe(413)
})
