import { expect, test } from "vitest"
import { secretKey, setSecret } from "#app/models/people/secret.server.ts"

test("a key is asked for only after the secret is known", () => {
  expect(() => secretKey("undo")).toThrow("setSecret was not called")
})

test("each purpose and each secret has its own key, the same every time", () => {
  setSecret("a secret of at least 32 characters, one")
  const [reply, undo] = [secretKey("reply address"), secretKey("undo")]
  expect([reply.length, reply.equals(undo), reply.equals(secretKey("reply address"))]).toEqual([32, false, true])
  setSecret("a secret of at least 32 characters, two")
  expect(reply.equals(secretKey("reply address"))).toBe(false)
})
