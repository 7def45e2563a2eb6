import { expect, test } from "vitest"
import { z } from "zod"
import { jsonBody } from "#app/models/people/json-body.ts"

const Reply = z.object({ text: z.string().min(1), close: z.boolean().optional() })
const sent = (body: string) => jsonBody(new Request("http://desk/api", { method: "POST", body }), Reply)
const refusal = async (body: string) => {
  const answer = await sent(body).catch((thrown: unknown) => thrown)
  return answer instanceof Response ? answer.json() : answer
}

test("a body is read as what it must be, without what is not asked for", async () => {
  expect(await sent('{"text":"Hello","__proto__":{"admin":true},"more":1}')).toEqual({ text: "Hello" })
})

test("NUL is left out of every text", async () => {
  expect(await sent('{"text":"Hel\\u0000lo"}')).toEqual({ text: "Hello" })
})

test("what is wrong is named", async () => {
  expect(await refusal('{"text":5}')).toMatchObject({ status: 400, detail: expect.stringMatching(/^text: /) })
  expect(await refusal("null")).toMatchObject({ status: 400 })
})

test.each(["", "{", "hello", "{'text':'x'}", "\u0000"])("%j is not JSON", async (body) => {
  expect(await refusal(body)).toMatchObject({ status: 400, detail: "The body is not JSON" })
})
