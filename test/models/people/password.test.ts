import { expect, test } from "vitest"
import { passwordRefusal } from "#app/models/people/password.ts"

const chooser = { name: "Ann Lee", email: "ann.lee@acme-tools.example", deskName: "Acme Support" }
const list = ["password", "sunshine", "hunter", "password1234", "qazwsxedcrfv", "pässword"]
const isCommon = (text: string) => list.includes(text)
const refusal = (password: string) => passwordRefusal(password, chooser, isCommon)

const first = "That password is too easy to guess"
const desk = "A password must be more than the desk's name"
const own = "A password must be more than your name, your address and the desk's name"

test.each([
  "vier Pferde im Regen",
  "a long enough passphrase",
  "Ann likes tea and cake",
  "support the old bridge",
  "annual planning meeting",
  "my hunter is not common",
  "#9$K2!x@7%p&4Z",
  "Пароль не простой",
  "🦊🐻🐼🐨🐯🦁🦊🐻🐼🐨🐯🐮",
])("%s is a password", (password) => {
  expect(refusal(password)).toBeNull()
})

test.each([
  ["elevenchars", "A password has at least 12 characters"],
  ["🦊🐻🐼🐨🐯🦁", "A password has at least 12 characters"],
  ["x".repeat(257), "A password has at most 256 characters"],
])("%s is refused for its length", (password, words) => {
  expect(refusal(password)).toBe(words)
})

test.each([
  "Password1234",
  "QAZWSXEDCRFV",
  "ｐａｓｓｗｏｒｄ１２３４",
  "pa\u0308ssword12345",
  "password-1234",
  "P@ssw0rd2026!",
  "!!!Sunshine!!!",
  "$unsh1ne-2024",
  "hunterhunter",
  "Hunter-Hunter-7",
  "correct horse battery staple",
  "aaaaaaaaaaaaaaa",
  "ababcababcabab",
  "2026-11-30-1415",
])("%s is too easy to guess", (password) => {
  expect(refusal(password)).toBe(first)
})

test.each(["AcmeSupport2026", "upturn-upturn-1", "acme support!!", "UPTURN acme support 1"])(
  "%s is only the desk's name",
  (password) => {
    expect(refusal(password)).toBe(desk)
  },
)

test.each([
  "AnnLee123456",
  "lee.ann.2026!",
  "ann.lee@acme-tools.example",
  "acme-tools-2026",
  "ANN LEE ACME TOOLS",
  "leeannleeann",
  "AnnLeeSupport1",
])("%s is only what anybody knows of the person", (password) => {
  expect(refusal(password)).toBe(own)
})

test("nothing of the longest password costs more than a moment", () => {
  const started = performance.now()
  for (const part of ["a1", "ann", "0", "!", " ", "acme support "]) refusal(part.repeat(256).slice(0, 256))
  expect(performance.now() - started).toBeLessThan(100)
})
