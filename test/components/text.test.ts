import { expect, test } from "vitest"
import { viewPath } from "#app/components/case-views.ts"
import { isCurrent } from "#app/components/frame-link.tsx"
import { schemeOf } from "#app/components/scheme.ts"
import { linked } from "#emails/links.ts"

const links = (text: string) => linked(text).flatMap(({ href }) => href ?? [])

test("an address in a text can be pressed, without the full stop behind it", () => {
  expect(linked("See https://a.example/b?c=1, please.")).toEqual([
    { words: "See ", href: null },
    { words: "https://a.example/b?c=1", href: "https://a.example/b?c=1" },
    { words: ", please.", href: null },
  ])
})
test("a mail address can be pressed", () =>
  expect(links("ask dana@customer.example!")).toEqual(["mailto:dana@customer.example"]))
test("nothing else becomes a link", () =>
  expect(links("javascript:alert(1) data:text/html,x www.a.example")).toEqual([]))
test("a bracket that was opened in an address belongs to it, any other does not", () => {
  expect(links("https://a.example/x_(y) (https://b.example/z). [https://c.example]")).toEqual([
    "https://a.example/x_(y)",
    "https://b.example/z",
    "https://c.example",
  ])
})
test("all of the text is still there", () => {
  const text = "a https://x.example (b@c.example) https://y.example/a_(b) end"
  expect(
    linked(text)
      .map(({ words }) => words)
      .join(""),
  ).toBe(text)
})
test("a long line of signs holds no address, and all of it is there", () => {
  const signs = `${"a.".repeat(50_000)}@${"-".repeat(50_000)}`
  expect(linked(signs)).toEqual([{ words: signs, href: null }])
})

test("the view one is in is marked, whatever page of it", () => {
  const here = { pathname: "/cases", search: "?view=closed&cursor=abc" }
  expect(isCurrent(viewPath("closed"), here)).toBe(true)
  expect(isCurrent(viewPath("mine"), here)).toBe(false)
})
test("without a view it is mine", () =>
  expect(isCurrent(viewPath("mine"), { pathname: "/cases", search: "" })).toBe(true))
test("a mailbox is not the whole view", () => {
  expect(isCurrent(viewPath("everyone"), { pathname: "/cases", search: "?view=everyone&mailbox=2" })).toBe(false)
})
test("a page below a place is in that place", () => {
  expect(isCurrent("/customers", { pathname: "/customers/4", search: "" })).toBe(true)
  expect(isCurrent("/mail", { pathname: "/mailboxes", search: "" })).toBe(false)
})

test("the colour scheme is what the cookie says, and nothing else", () => {
  expect(schemeOf("desk=x; scheme=dark")).toBe("dark")
  expect(schemeOf("scheme=purple")).toBeNull()
  expect(schemeOf("myscheme=dark")).toBeNull()
  expect(schemeOf(null)).toBeNull()
})
