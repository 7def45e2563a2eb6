import { expect, test } from "vitest"
import { seal, unseal } from "#app/models/people/sealed.server.ts"
import { setSecret } from "#app/models/people/secret.server.ts"

setSecret("what the tests sign with, 32 characters")

test("a sealed secret opens again, and never looks the same twice", () => {
  const sealed = seal("pässword", "imap")
  expect(unseal(sealed, "imap")).toBe("pässword")
  expect(seal("pässword", "imap").equals(sealed)).toBe(false)
  expect(sealed.toString("latin1")).not.toContain("ssword")
})

test("it does not open for another purpose, when a byte was changed, or under another SECRET", () => {
  const sealed = seal("password", "imap")
  expect(() => unseal(sealed, "smtp")).toThrow()
  const broken = Buffer.from(sealed)
  broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1
  expect(() => unseal(broken, "imap")).toThrow()
  setSecret("another secret altogether, 32 characters")
  expect(() => unseal(sealed, "imap")).toThrow()
  setSecret("what the tests sign with, 32 characters")
})
