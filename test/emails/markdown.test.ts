import { expect, test } from "vitest"
import { htmlFromMarkdown } from "#emails/markdown.ts"

test("lines stay lines and addresses become links", () => {
  const html = htmlFromMarkdown("Hello\nsee https://desk.example/help")
  expect(html).toContain("Hello<br>")
  expect(html).toContain('<a href="https://desk.example/help" rel="noopener noreferrer nofollow" target="_blank">')
})

test("tags an agent types are text", () => {
  expect(htmlFromMarkdown("<script>alert(1)</script> <b>x</b>")).not.toMatch(/<script|<b>/)
})

test("a script address is no link", () => {
  for (const url of ["javascript:alert(1)", "vbscript:x", "data:text/html,x"])
    expect(htmlFromMarkdown(`[press](${url})`)).not.toContain("href")
})

test("an image is left as its words", () => {
  expect(htmlFromMarkdown("![logo](https://tracker.example/x.png)")).not.toContain("<img")
})
