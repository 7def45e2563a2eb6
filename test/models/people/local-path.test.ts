import { expect, test } from "vitest"
import { localPath } from "#app/models/people/local-path.ts"

test("after signing in one goes on to the page one wanted", () => {
  expect(localPath("/cases/12?tab=notes")).toBe("/cases/12?tab=notes")
})

test.each([
  null,
  "",
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "/.//evil.example",
  "/x/..//evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "evil.example",
  "/\u200b/evil.example",
])("%j leads nowhere but home", (to) => {
  expect(localPath(to)).toBe("/")
})

test("escaped slashes stay escaped, and so stay on the desk", () => {
  expect(localPath("/%2f%2fevil.example")).toBe("/%2f%2fevil.example")
})
