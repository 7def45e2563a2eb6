import fc from "fast-check"
import { expect, test } from "vitest"
import { htmlFromMarkdown, textFromMarkdown } from "#emails/markdown.ts"

/** What a browser shows of it where white space is kept: each block begins on a line of its own. */
function seen(html: string) {
  return html
    .replaceAll("<div><br></div>", "\n")
    .replace(/<br>|<\/(?:div|pre|ul|ol|blockquote)>/g, "\n")
    .replace(/\n$/, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&(amp|lt|gt|quot);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[name as "amp"])
}

test("lines stay lines and addresses become links", () => {
  const html = htmlFromMarkdown("Hello\nsee https://desk.example/help")
  expect(html).toContain("Hello<br>")
  expect(html).toContain('<a href="https://desk.example/help" rel="noopener noreferrer nofollow" target="_blank">')
})

test("tags an agent types are text", () => {
  expect(htmlFromMarkdown("<script>alert(1)</script> <b>x</b>")).not.toMatch(/<script|<b>/)
})

test("a script address is no link", () => {
  for (const url of ["javascript:alert(1)", "vbscript:x", "data:text/html,x", "y", "/cases/1"])
    expect(htmlFromMarkdown(`[press](${url})`)).not.toContain(`href="${url.slice(0, 4)}`)
  expect(htmlFromMarkdown("[x](y)")).toBe('<div dir="auto">[x](y)</div>')
})

test("an image is left as its words", () => {
  expect(htmlFromMarkdown("![logo](https://tracker.example/x.png)")).not.toContain("<img")
})

test("what is no formatting arrives as it was typed", () => {
  const typed = [
    "Kind regards\n--\nAnn",
    "Total\n==\n--- \n***\n- - -",
    "    four blanks\n\ttab\n  two",
    "C:\\_a_\\ \\\\server\\*x* a*b*c 2 * 3 * 4 snake_case_name __init__ *so*",
    "<angle@brackets> <https> &amp; &lt; 5 < 6",
    "# not a heading\n#12 ###",
    "1) first\n2) second\n007. James\n+49 30 1\n* star\n-5\n1.5 kg",
    "two blanks  \nbelow\n\n\n\nthree empty lines",
    "~~no~~ | a | b |\n|---|---|\n:smile: (c) -- ...",
    "src/**/*.ts f(*a, **kw) 2**3**4 ** x ** ****",
    "```\nnever closed\n`` ` `",
    ">:( >5 ->",
  ]
  for (const text of typed) expect(seen(htmlFromMarkdown(text))).toBe(text)
  for (const text of typed) expect(htmlFromMarkdown(text)).not.toMatch(/<(?!\/?(?:div|br|a)\b)/)
})

test("the signs that are formatting are gone, and what they stood for is there", () => {
  expect(htmlFromMarkdown("**so** `a_b` [help](https://a.example/x_(y))")).toBe(
    '<div dir="auto"><strong>so</strong> <code>a_b</code> <a href="https://a.example/x_(y)" rel="noopener noreferrer nofollow" target="_blank">help</a></div>',
  )
  expect(htmlFromMarkdown("**see [help](https://a.example)** これは**太字**です")).toContain("<strong>see <a ")
  expect(htmlFromMarkdown("これは**太字**です")).toContain("<strong>太字</strong>")
  expect(htmlFromMarkdown("```js\n  a\n\n**b**\n```")).toBe('<pre dir="auto"><code>  a\n\n**b**</code></pre>')
  expect(htmlFromMarkdown("> they\nme")).toBe(
    '<blockquote dir="auto"><div dir="auto">they</div></blockquote><div dir="auto">me</div>',
  )
})

test("a list keeps its numbers and what stands in its items", () => {
  expect(htmlFromMarkdown("7. a\n8. b\n12. c\n12. d")).toBe(
    '<ol dir="auto" start="7"><li>a</li><li>b</li><li value="12">c</li><li value="12">d</li></ol>',
  )
  expect(htmlFromMarkdown("1. a\n\n2. b")).toBe(
    '<ol dir="auto"><li>a</li></ol><div><br></div><ol dir="auto" start="2"><li>b</li></ol>',
  )
  expect(htmlFromMarkdown("- a\n  more\n  - b\n- c\nafter")).toBe(
    '<ul dir="auto"><li>a<br>more<ul dir="auto"><li>b</li></ul></li><li>c</li></ul><div dir="auto">after</div>',
  )
})

const sign = fc.constantFrom(..."ab1 _*\\#~|=<>&;:\"'()[]{}!+.-,/$%@^\t", "é", "ж", "字", "👍", "  ", "א")
const line = fc
  .array(sign, { maxLength: 30 })
  .map((signs) => signs.join(""))
  .filter((text) => !/\*\*|^ {0,3}(?:-|\d{1,9}\.) |^>(?:[ >]|$)|\]\((?:https?:|mailto:)/.test(text))
  .map((text) => (text.trim() === "" ? "" : text))

test("any text without those signs is seen as it was typed", () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
      expect(seen(htmlFromMarkdown(lines.join("\n")))).toBe(lines.join("\n"))
      expect(textFromMarkdown(lines.join("\n"))).toBe(lines.join("\n"))
    }),
    { numRuns: 500 },
  )
})

const word = fc.constantFrom("a_b", "C:\\x\\", "2 * 3", "ж é", "<t>", "&amp;", "字", "so")
const piece = fc.oneof(
  word.map((text) => [text, text]),
  word.map((text) => [`**${text}**`, text]),
  word.map((text) => [`\`${text}\``, text]),
  word.map((text) => [`[${text}](https://a.example/${"(b)"})`, text]),
)

test("of formatted words only the signs are not seen", () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
      const [typed, plain] = [0, 1].map((side) => pieces.map((pair) => pair[side]).join(" ")) as [string, string]
      expect(seen(htmlFromMarkdown(typed))).toBe(plain)
      expect(textFromMarkdown(typed)).toBe(plain)
    }),
  )
})

test("the longest reply is laid out in a moment, whatever it is made of", () => {
  const pieces = "```x\n|>|- |**a |a** **|`|`a |[|[a](https://|https://a.b/((|a@b.c |1. a\n|- a\n  |\n| |*|> "
  for (const one of pieces.split("|")) {
    const before = performance.now()
    htmlFromMarkdown(one.repeat(50_000).slice(0, 50_000))
    expect(performance.now() - before, JSON.stringify(one)).toBeLessThan(3000)
  }
})
