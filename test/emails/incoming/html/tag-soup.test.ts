import fc from "fast-check"
import { expect, test } from "vitest"
import { withInlineImages, withRemoteImages } from "#app/models/cases/inline-images.ts"
import { cleanHtml } from "#emails/incoming/html/clean-html.ts"
import { dangersIn } from "#test/support/dangers.ts"
import { sized } from "#test/support/sizes.ts"

const names = fc.constantFrom(
  ...(
    "a b i u p div span table tbody thead tr td th caption col colgroup li ul ol dl dt dd h1 h2 pre br hr img font nobr " +
    "button form select option textarea title template svg math mi mtext foreignObject desc style script details summary " +
    "center blockquote ruby rt rp object applet marquee plaintext xmp listing frameset frame body html head input fieldset " +
    "section noscript noembed noframes iframe main menu dir address code big strike em"
  ).split(" "),
)
const attributes = fc.constantFrom(
  ...["", "", "", ` style="color:red"`, ` style='font-family:"a b";background:url(x)'`, ` title="<!--"`, ` title='">'`],
  ...[` href="https://a.example/?x=1&y=2"`, ` href=javascript:x`, ` src="//a.example/x.png"`, ` src="cid:x@y"`, ` x="`],
  ...[
    ` src="data:image/png;base64,AA=="`,
    ` onclick=x`,
    ` id=x name=y class="quoted"`,
    ` title="a&#13;b"`,
    " /",
    ` dir=rtl`,
  ],
)
const words = fc.constantFrom(
  ...[
    "x",
    " ",
    "\n",
    "&amp;",
    "&lt;b&gt;",
    "<!--",
    "-->",
    "<!-->",
    "<!--->",
    "<![CDATA[",
    "]]>",
    "&#13;",
    "&#0;",
    "\r\n",
  ],
  ...["\u00a0", "<", ">", '"', "'", "<!doctype html>", "<?xml?>", "</", "&#x3c;script>", "\u0000", "=", "😀"],
)
const soup = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.tuple(names, attributes).map(([name, words]) => `<${name}${words}>`) },
      { weight: 4, arbitrary: names.map((name) => `</${name}>`) },
      { weight: 2, arbitrary: words },
    ),
    { maxLength: 100 },
  )
  .map((pieces) => pieces.join(""))

const runs = { numRuns: sized({ push: 1000, night: 100_000, release: 500_000 }) }

function clean(html: string) {
  const { page, trouble } = cleanHtml(html, { newText: "", contentIds: ["x@y"] })
  if (!page) throw new Error(trouble)
  return page.html
}

test("whatever tags a page is made of, nothing outside the allow list comes out", { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(soup, (html) => {
      expect(dangersIn(clean(html))).toEqual([])
      expect(dangersIn(withInlineImages(withRemoteImages(clean(html)), [7]))).toEqual([])
    }),
    runs,
  )
})

test("what was cleaned is what a browser reads: cleaned again it stays as it is", { timeout: 120_000 }, () => {
  const asSent = (html: string) => withRemoteImages(html).replaceAll('data-inline="0"', 'src="cid:x@y"')
  fc.assert(
    fc.property(soup, (html) => {
      const once = clean(html)
      expect(clean(asSent(once))).toBe(once)
    }),
    runs,
  )
})
