import { expect, test } from "vitest"
import { htmlText } from "#emails/incoming/html-text.ts"
import { longOf, pagePieces } from "#test/fixtures/long-patterns.ts"

test("blocks are lines, paragraphs leave a blank one, breaks break", () => {
  expect(htmlText("<div>Hello</div><div>there</div><p>One</p><p>Two<br>three</p>")).toBe(
    "Hello\nthere\n\nOne\n\nTwo\nthree",
  )
})

test("white space in the source is one space, hard spaces stay", () => {
  expect(htmlText("<p>a\n   b&nbsp;&nbsp;c <b> d</b></p>")).toBe("a b  c d")
})

test("quoted blocks carry their mark at every depth", () => {
  expect(htmlText("<p>Yes</p><blockquote>Was?<blockquote>Oh</blockquote></blockquote>Bye")).toBe(
    "Yes\n\n> Was?\n>\n> > Oh\n\nBye",
  )
})

test("what nobody sees is left out", () => {
  const html =
    "<style>p{}</style><title>t</title><p>Hi<script>alert('<b>')</script></p><div style='display:none'>pre<div>x</div></div>!"
  expect(htmlText(html)).toBe("Hi\n\n!")
})

test("a link says where it goes unless its words already do", () => {
  expect(htmlText('<a href="https://shop.example/o/1">Your order</a>')).toBe("Your order <https://shop.example/o/1>")
  expect(htmlText('<a href="https://shop.example/">shop.example</a>')).toBe("shop.example")
  expect(htmlText('<a href="javascript:alert(1)">x</a>')).toBe("x")
})

test("lists, tables and preformatted text stay readable", () => {
  expect(htmlText("<ul><li>one<li>two</ul><table><tr><td>a</td><td>b</td></tr></table><pre>x\n  y</pre>")).toBe(
    "- one\n- two\n\na b\n\nx\n  y",
  )
})

test("entities are read once", () => {
  expect(htmlText("&lt;b&gt; &amp;amp; &euro; &#128512;")).toBe("<b> &amp; € 😀")
})

for (const [name, piece] of Object.entries(pagePieces))
  test(`a megabyte of ${name} is read, and the words above it are there`, () => {
    expect(htmlText(longOf(piece, "<p>words</p>")).slice(0, 5)).toBe("words")
  })
