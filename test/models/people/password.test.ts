import { expect, test } from "vitest"
import { passwordRefusal } from "#app/models/people/password.ts"

test("twelve characters of one's own are a password, spaces and all", () => {
  expect(passwordRefusal("vier Pferde im Regen", "Acme Support")).toBeNull()
})

test.each([
  ["elevenchars", "A password has at least 12 characters"],
  ["x".repeat(257), "A password has at most 256 characters"],
  ["Password1234", "That password is among the first anybody would try"],
  ["correct horse battery staple", "That password is among the first anybody would try"],
  ["aaaaaaaaaaaaaaa", "That password is among the first anybody would try"],
  ["AcmeSupport2026", "A password must be more than the desk's name"],
  ["upturn-upturn-1", "A password must be more than the desk's name"],
])("%s is refused", (password, words) => {
  expect(passwordRefusal(password, "Acme Support")).toBe(words)
})

test("a letter outside the first plane counts as one character", () => {
  expect(passwordRefusal("🦊🐻🐼🐨🐯🦁", "Acme")).toBe("A password has at least 12 characters")
})
