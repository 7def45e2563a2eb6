import { Parser } from "htmlparser2"
import { expect, test } from "vitest"
import { cleanHtml, foldHidesWords } from "#app/models/cases/clean-html.ts"
import { attacks } from "#test/fixtures/html-attacks.ts"

const none = { inlineImage: () => null, images: "own", quotes: "show" } as const
const clean = (html: string) => cleanHtml(html, none).html

const forbidden =
  /^(script|style|svg|math|form|input|button|textarea|select|meta|base|object|embed|applet|iframe|frame|frameset|link|video|audio|source|xmp|noscript|template|marquee|portal|dialog|body|html|head|title|animate|set|use|image|foreignobject)$/

/** Everything in the output that could act: read back with a parser, as a browser would. */
function dangers(html: string) {
  const found: string[] = []
  const parser = new Parser({
    onopentag(name, attributes) {
      if (forbidden.test(name)) found.push(`<${name}>`)
      for (const [key, value] of Object.entries(attributes)) {
        if (
          /^on/i.test(key) ||
          /^(srcdoc|srcset|action|formaction|background|ping|xlink:href|id|class|name)$/.test(key)
        )
          if (!(/^(details|div)$/.test(name) && key === "class" && /^(quoted|more)$/.test(value)))
            found.push(`${name} ${key}`)
        if (key === "href" && !/^(https?:\/\/|mailto:|tel:)/i.test(value)) found.push(`href ${value}`)
        if (key === "src" && !/^(https:\/\/|\/attachments\/\d|data:image\/(png|jpe?g|gif|webp);)/i.test(value))
          found.push(`src ${value}`)
        if (key === "style" && /url|expression|behavior|binding|import|script|position|@|\\/i.test(value))
          found.push(`style ${value}`)
      }
    },
  })
  parser.write(html)
  parser.end()
  return found
}

test("there are at least sixty attacks to stop", () => expect(attacks.length).toBeGreaterThanOrEqual(60))

test.each(attacks)("nothing that acts is left of %s", (attack) => {
  expect(dangers(clean(attack))).toEqual([])
  expect(dangers(cleanHtml(attack, { ...none, images: "all", quotes: "fold" }).html)).toEqual([])
  expect(dangers(clean(clean(attack)))).toEqual([])
})

test("an attack wrapped around another is stopped too", () => {
  for (const outer of attacks.slice(0, 30))
    for (const inner of attacks.slice(30)) expect(dangers(clean(outer.replace(/[^<>"']{1}$/, inner)))).toEqual([])
})

test("text, tables and plain colours stay", () => {
  const mail = `<table width="600" bgcolor="#eeeeee"><tr><td style="color:#333333;padding:8px">Hi <b>Ann</b></td></tr></table>`
  expect(clean(mail)).toBe(mail)
})

test("a link opens outside and tells nobody where it was pressed", () => {
  expect(clean(`<a href="https://customer.example/a?b=1&amp;c=2" onclick="x()">here</a>`)).toBe(
    `<a href="https://customer.example/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer nofollow">here</a>`,
  )
})

test("a link into the desk itself leads nowhere", () => {
  expect(clean(`<a href="/cases/1/closure">press</a><a href="#x">top</a>`)).toBe("<a>press</a><a>top</a>")
})

test("an image from elsewhere waits until it is asked for", () => {
  const mail = `<img src="http://tracker.example/p.gif" alt="Logo" width="10">`
  expect(cleanHtml(mail, none)).toMatchObject({ html: `<img alt="Logo" width="10" />`, remoteImages: 1 })
  expect(cleanHtml(mail, { ...none, images: "all" }).html).toContain(`src="https://tracker.example/p.gif"`)
})

test("an inline image is shown from our own attachment", () => {
  const inlineImage = (id: string) => (id === "logo@1" ? "/attachments/7?inline" : null)
  const mail = `<img src="cid:logo%401"><img src="CID:other">`
  expect(cleanHtml(mail, { ...none, inlineImage }).html).toBe(`<img src="/attachments/7?inline" /><img />`)
})

test("an image that stands in the mail itself is shown, if it is a picture", () => {
  expect(clean(`<img src="data:image/png;base64,iVBORw0KGgo=">`)).toContain("src=")
  expect(clean(`<img src="data:image/svg+xml;base64,PHN2Zz4=">`)).toBe("<img />")
})

test("the quoted part is folded once, from the outermost quote on", () => {
  const mail = `<p>Thanks</p><div class="gmail_quote">On Tue Ann wrote:<blockquote type="cite">Hello</blockquote></div>`
  expect(cleanHtml(mail, { ...none, quotes: "fold" }).html).toBe(
    `<p>Thanks</p><details class="quoted"><summary title="Show the quoted part">…</summary>On Tue Ann wrote:<blockquote>Hello</blockquote></details>`,
  )
})

const fold = (html: string) => cleanHtml(html, { ...none, quotes: "fold" }).html
const summary = `<details class="quoted"><summary title="Show the quoted part">…</summary>`

test("where a program marks only the beginning, the rest of that box is folded", () => {
  expect(fold(`<p>Yes</p><div id="x_divRplyFwdMsg">From: Help</div><p>Hello</p>`)).toBe(
    `<p>Yes</p>${summary}From: Help<p>Hello</p></details>`,
  )
  expect(fold(`<p>Yes</p><hr tabindex="-1"><div>From: Help</div>Hello`)).toBe(
    `<p>Yes</p>${summary}<div>From: Help</div>Hello</details>`,
  )
})

test("what follows the box that the history begins in goes with it", () => {
  const outlook = `<div><p>Yes</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt">From: Help</div></div><p>Hello</p></div>Bye<br>bye`
  const html = fold(outlook)
  expect(html).toBe(
    `<div><p>Yes</p><div>${summary}From: Help</details></div><div class="more"><p>Hello</p></div></div><div class="more">Bye<br />bye</div>`,
  )
  expect(foldHidesWords(html, "Yes")).toBe(false)
  expect(foldHidesWords(html, "Hello there")).toBe(true)
})

test("no block is put between the rows of a table", () => {
  const html = fold(`<table><tr><td>Yes<hr tabindex="-1">Hello</td></tr><tr><td>More</td></tr></table>End`)
  expect(html).toBe(
    `<table><tr><td>Yes${summary}Hello</details></td></tr><tr><td>More</td></tr></table><div class="more">End</div>`,
  )
})

test("a mail handed on is not folded", () => {
  expect(
    fold(`<p>See</p><div class="moz-forward-container"><blockquote type="cite">Hello</blockquote></div>`),
  ).not.toContain("details")
})

test("a details element of the sender's does not look like our fold", () => {
  expect(
    cleanHtml(`<details class="quoted" open><summary>x</summary>y</details>`, { ...none, quotes: "fold" }).html,
  ).toBe("<div>xy</div>")
})

test("folding is found out when the answer stands between the quoted lines", () => {
  const mail = `<div class="gmail_quote"><blockquote type="cite">When?</blockquote>On Thursday morning please<blockquote>Where?</blockquote></div>`
  const { html } = cleanHtml(mail, { ...none, quotes: "fold" })
  expect(foldHidesWords(html, "On Thursday morning please")).toBe(true)
  expect(foldHidesWords(`Thanks a lot<br>Dana${html}`, "Thanks a lot\nDana")).toBe(false)
})

test("mail that sets colours is told from mail that does not", () => {
  expect(cleanHtml(`<p style="color: black">x</p>`, none).hasColours).toBe(true)
  expect(cleanHtml("<p>The color: blue</p>", none).hasColours).toBe(false)
})

test("what lies in twenty thousand nested blocks is still there when they are cleaned", () => {
  const { html } = cleanHtml(`${"<div>".repeat(20_000)}deep${"</div>".repeat(20_000)}`, none)
  expect(html).toContain("deep")
})
