import { expect, test } from "vitest"
import { withInlineImages, withRemoteImages } from "#app/models/cases/inline-images.ts"
import { cleanHtml } from "#emails/incoming/html/clean-html.ts"
import { attacks } from "#test/fixtures/html-attacks.ts"
import { dangersIn } from "#test/support/dangers.ts"

function page(html: string, newText = "", contentIds: string[] = []) {
  const cleaned = cleanHtml(html, { newText, contentIds })
  if (!cleaned.page) throw new Error(cleaned.trouble)
  return cleaned.page
}

const clean = (html: string) => page(html).html

test("there are at least sixty attacks to stop", () => expect(attacks.length).toBeGreaterThanOrEqual(60))

test.each(attacks)("nothing that acts is left of %s", (attack) => {
  expect(dangersIn(clean(attack))).toEqual([])
  expect(dangersIn(withRemoteImages(clean(attack)))).toEqual([])
  expect(dangersIn(clean(clean(attack)))).toEqual([])
})

test("an attack wrapped around another is stopped too", () => {
  for (const outer of attacks.slice(0, 30))
    for (const inner of attacks.slice(30)) expect(dangersIn(clean(outer.replace(/[^<>"']{1}$/, inner)))).toEqual([])
})

test("text, tables and plain colours stay", () => {
  const mail = `<table width="600" bgcolor="#eeeeee"><tbody><tr><td style="color:#333333;padding:8px">Hi <b>Ann</b></td></tr></tbody></table>`
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
  const { html, remoteImages } = page(`<img alt="Logo" src="http://tracker.example/p.gif" width="10">`)
  expect(html).toBe(`<img data-src="https://tracker.example/p.gif" alt="Logo" width="10" />`)
  expect(remoteImages).toBe(1)
  expect(withRemoteImages(html)).toContain(`<img src="https://tracker.example/p.gif"`)
})

test("words that look like a waiting image stay as they are", () => {
  const html = clean(`<p title='<img data-src="x"'>&lt;img data-src="x"></p><img data-src="x" data-inline="0">`)
  expect(withRemoteImages(html)).toBe(html)
  expect(withInlineImages(html, [7])).toBe(html)
})

test("an inline image is shown from our own attachment", () => {
  const { html } = page(`<img src="cid:logo%401" alt="L"><img src="CID:other">`, "", ["photo@1", "logo@1"])
  expect(withInlineImages(html, [6, 7])).toBe(`<img src="/attachments/7?inline" alt="L" /><img />`)
})

test("an image that stands in the mail itself is shown, if it is a picture", () => {
  expect(clean(`<img src="data:image/png;base64,iVBORw0KGgo=">`)).toContain("src=")
  expect(clean(`<img src="data:image/svg+xml;base64,PHN2Zz4=">`)).toBe("<img />")
})

test("the quoted part is folded once, from the outermost quote on", () => {
  const mail = `<p>Thanks</p><div class="gmail_quote">On Tue Ann wrote:<blockquote type="cite">Hello</blockquote></div>`
  expect(clean(mail)).toBe(
    `<p>Thanks</p><details class="quoted"><summary title="Show the quoted part">…</summary>On Tue Ann wrote:<blockquote>Hello</blockquote></details>`,
  )
})

const summary = `<details class="quoted"><summary title="Show the quoted part">…</summary>`

test("where a program marks only the beginning, the rest of that box is folded", () => {
  expect(clean(`<p>Yes</p><div id="x_divRplyFwdMsg">From: Help</div><p>Hello</p>`)).toBe(
    `<p>Yes</p>${summary}From: Help<p>Hello</p></details>`,
  )
  expect(clean(`<p>Yes</p><hr tabindex="-1"><div>From: Help</div>Hello`)).toBe(
    `<p>Yes</p>${summary}<div>From: Help</div>Hello</details>`,
  )
})

test("what follows the box that the history begins in goes with it", () => {
  const outlook = `<div><p>Yes</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt">From: Help</div></div><p>Hello</p></div>Bye<br>bye`
  const html = page(outlook, "Yes").html
  expect(html).toBe(
    `<div><p>Yes</p><div>${summary}From: Help</details></div><div class="more"><p>Hello</p></div></div><div class="more">Bye<br />bye</div>`,
  )
  expect(page(outlook, "Hello there").html).not.toContain("details")
})

test("no block is put between the rows of a table", () => {
  const html = clean(`<table><tr><td>Yes<hr tabindex="-1">Hello</td></tr><tr><td>More</td></tr></table>End`)
  expect(html).toBe(
    `<table><tbody><tr><td>Yes${summary}Hello</details></td></tr><tr><td>More</td></tr></tbody></table><div class="more">End</div>`,
  )
})

test("a mail handed on is not folded", () => {
  expect(
    clean(`<p>See</p><div class="moz-forward-container"><blockquote type="cite">Hello</blockquote></div>`),
  ).not.toContain("details")
})

test("a details element of the sender's does not look like our fold", () => {
  expect(clean(`<details class="quoted" open><summary>x</summary>y</details>`)).toBe("<div>xy</div>")
})

test("nothing is folded when the answer stands between the quoted lines", () => {
  const mail = `<div class="gmail_quote"><blockquote type="cite">When?</blockquote>On Thursday morning please<blockquote>Where?</blockquote></div>`
  expect(page(mail, "On Thursday morning please").html).not.toContain("details")
  expect(page(`Thanks a lot<br>Dana${mail}`, "Thanks a lot\nDana").html).toContain(summary)
})

test("mail that sets colours is told from mail that does not", () => {
  expect(page(`<p style="color: black">x</p>`).hasColours).toBe(true)
  expect(page(`<body bgcolor="#222222" text=white>x`).hasColours).toBe(true)
  expect(page("<p>The color: blue</p>").hasColours).toBe(false)
  expect(page(`<body bgcolor="#FFFFFF" text="#000000">x`).hasColours).toBe(false)
})

test("which way a page is read, its margins and the colours of its words and links stay", () => {
  const letter = `<html lang=he><body dir=rtl style="margin:0;position:fixed"><p style="margin:0 0 4px">a</p><a style="color:#c00" href="https://ok.example">b</a>`
  expect(clean(letter)).toBe(
    `<div dir="rtl" lang="he" style="margin:0"><p style="margin:0 0 4px">a</p>` +
      `<a href="https://ok.example" target="_blank" rel="noopener noreferrer nofollow" style="color:#c00">b</a></div>`,
  )
})

test("of a style only declarations that any reader understands the same way stay", () => {
  const style = (text: string) => /style="([^"]*)"/.exec(clean(`<p style='${text}'>x</p>`))?.[1] ?? ""
  expect(style("COLOR : Red ; margin:0 auto!important")).toBe("color:Red;margin:0 auto!important")
  expect(style("color:rgb(1, 2, 3);width:calc(100% - 2px)")).toBe("color:rgb(1, 2, 3);width:calc(100% - 2px)")
  expect(style("color:r\\65 d;c\\6f lor:red")).toBe("color:red")
  expect(style('background:u\\72l(x);background:image-set("x" 1x);color:var(--x)')).toBe("")
  expect(style('color:red;font-family:"unclosed\n;color:blue')).toBe("")
  expect(style("display:flex;display:none;position:absolute;color:(red")).toBe("display:none")
})

test("rating links in what is shown are useless, however their letters are written", () => {
  const token = "abcdefghijklmnopqrstuvwxyz"
  expect(clean(`<a href="https://desk.example&#47;r&#47;${token}/happy">x</a>`)).toContain("/r/redacted/happy")
  expect(clean(`<p>https://desk.example/r&#x2f;${token}</p>`)).not.toContain(token)
})

const styleIn = (html: string, tag: string) => new RegExp(`<${tag}[^>]* style="([^"]*)"`).exec(clean(html))?.[1]

test("colours of links and room between paragraphs stay, wherever the page says them", () => {
  const says = `<a href="https://ok.example">b</a><p class="MsoNormal lead">x</p>`
  expect(styleIn(`<style>a:link{color:#c00} p.MsoNormal{margin:0cm;margin-bottom:12pt}</style>${says}`, "a")).toBe(
    "color:#c00",
  )
  const outlook = `<style><!-- /* Font */ @font-face{font-family:Calibri} p.MsoNormal, li.MsoNormal {margin:0cm;font-size:11.0pt;font-family:"Calibri",sans-serif} .lead{color:#333!important} --></style>`
  expect(styleIn(`${outlook}<div>${says}</div>`, "p")).toBe("color:#333!important;margin:0cm")
  expect(styleIn(`<body link="#aa0000">${says}`, "a")).toBe("color:#aa0000")
  expect(styleIn(`<style>.c p{margin:0} .d p{margin:9px}</style><div class=c>${says}</div>`, "p")).toBe("margin:0")
  expect(styleIn(`<style>a{color:red}</style><a style="color:#080" href="https://ok.example">b</a>`, "a")).toBe(
    "color:red;color:#080",
  )
  expect(clean(`<ul style="list-style:square;margin-inline-start:1em"><li>a</ul>`)).toContain("list-style:square")
})

test("what a style sheet says is made harmless like any style, and for other screens or states it says nothing", () => {
  for (const rule of [
    "p{position:fixed;z-index:9;background:url(https://t.example/x)}",
    "@import 'https://t.example/x.css';",
    "@media (prefers-color-scheme:dark){p{color:#fff}}",
    "p:hover{color:red}p>b{color:red}*{color:red}[class]{color:red}",
    "p{width:expression(alert(1));behavior:url(#x);-moz-binding:url(x)}",
    "p{color:red\\;position:fixed}",
    "</style><p style='position:fixed'>",
  ])
    expect(clean(`<style>${rule}</style><p>x</p>`)).not.toMatch(/fixed|url|t\.example|expression|binding|color/)
  expect(page(`<style>a{color:#0563C1}</style><a href="https://ok.example">x</a>`).hasColours).toBe(false)
})
