import { expect, test } from "vitest"
import { newTextOfMail } from "#emails/incoming/html-new.ts"
import { htmlText } from "#emails/incoming/html-text.ts"
import { longOf, pagePieces } from "#test/fixtures/long-patterns.ts"

const newIn = (html: string) => newTextOfMail(htmlText(html), html)
const said = "<div>It came broken.</div><div><br></div>"
const words = "Dear Dana,<br>your order has left us.<br>Help desk"

const marked = {
  "a Gmail quote, in a language no table knows": `<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Tamhlaka 10: Help<br></div><blockquote class="gmail_quote">${words}</blockquote></div>`,
  "an Outlook mail on the web": `<div id="appendonsend"></div><hr style="width:98%" tabindex="-1"><div id="divRplyFwdMsg"><b>Kutoka:</b> Help<br><b>Wakati:</b> leo</div><div>${words}</div>`,
  "the same with the names Outlook changed": `<div id="x_divRplyFwdMsg">${words}</div><div>more</div>`,
  "an Apple Mail quote": `<blockquote type="cite"><div>On 10 Mar 2026, at 12:00, Help &lt;help@desk.example&gt; wrote:</div><br>${words}</blockquote>`,
  "a Thunderbird quote": `<div class="moz-cite-prefix">Tamhlaka 10, Help:<br></div><blockquote type="cite" cite="mid:1@desk.example">${words}</blockquote>`,
  "a Yahoo quote": `<div id="ydp1yahoo_quoted_1" class="ydp1yahoo_quoted yahoo_quoted"><div>On Tuesday, Help wrote:</div><div>${words}</div></div>`,
  "a Yahoo quote of the newer kind": `<div class="yqt12345"><div>Help:</div>${words}</div>`,
  "a Spark quote": `<div name="messageReplySection">On 10 Mar, Help wrote:<br><blockquote type="cite">${words}</blockquote></div>`,
  "a Proton quote": `<div class="protonmail_quote">Help:<br><blockquote class="protonmail_quote" type="cite">${words}</blockquote></div>`,
  "a Zoho quote": `<div class="zmail_extra"><br>---- Help ----<br><blockquote>${words}</blockquote></div>`,
  "a Tutanota quote": `<div>10. 3. by Help:<br></div><blockquote class="tutanota_quote" style="border-left:1px">${words}</blockquote>`,
  "Outlook's drawn line": `<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'><p><b>Kutoka:</b> Help</p></div></div><p>${words}</p>`,
  "the drawn line of an older Outlook": `<div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p>Kutoka: Help</p></div><p>${words}</p></div>`,
  "new Outlook's container": `<div id="mail-editor-reference-message-container"><div>${words}</div></div>`,
  "our own line, never seen": `<div class="upturn-history">Help</div><div>${words}</div>`,
  "our own line, seen": `<div>##- Bitte über dieser Zeile antworten -##</div><div>${words}</div>`,
  "a drawn line with a sender below it": `<hr>From: help@desk.example<br><br>${words}`,
  "words alone": `<div>Am 10.03.2026 um 12:00 schrieb Help &lt;help@desk.example&gt;:</div><blockquote>${words}</blockquote>`,
}

for (const [name, history] of Object.entries(marked))
  test(`HTML: below what was said, ${name} is folded`, () => {
    expect(newIn(`<html><body>${said}${history}</body></html>`).replace(/^> .*\n?/gm, "")).toBe("It came broken.")
  })

test("HTML: answers between the quotes keep the quotes they answer", () => {
  const html = `<div class="gmail_quote"><div class="gmail_attr">On Tue Help wrote:</div><blockquote>Which colour?</blockquote><div>Blue.</div><blockquote>Which size?</blockquote><div>Large.</div></div>`
  for (const kept of ["Which colour?", "Blue.", "Which size?", "Large."]) expect(newIn(html)).toContain(kept)
})

test("HTML: an answer below the quote stands alone", () => {
  const html = `<div class="moz-cite-prefix">Help:</div><blockquote type="cite">${words}</blockquote><p>It came broken.</p><p>Sorry.</p>`
  expect(newIn(html)).toBe("It came broken.\n\nSorry.")
})

test("HTML: words above and below a quote are both new", () => {
  const html = `<p>Hello,</p><div class="moz-cite-prefix">Help:</div><blockquote type="cite">${words}</blockquote><p>It came broken.</p>`
  expect(newIn(html)).toBe("Hello,\n\nIt came broken.")
})

test("HTML: a mail that is handed on is what the sender has to say", () => {
  const gmail = `<div>See below</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: Eli</div>${words}</div>`
  const thunderbird = `<p>See below</p><div class="moz-forward-container">-------- Forwarded Message --------<blockquote type="cite">${words}</blockquote></div>`
  for (const html of [gmail, thunderbird]) expect(newIn(html)).toContain("your order has left us.")
})

test("HTML: a line drawn between two thoughts parts nothing", () => {
  expect(newIn("<p>It came broken.</p><hr><p>And another thing.</p>")).toBe("It came broken.\n\nAnd another thing.")
})

test("HTML: a marked signature is folded", () => {
  expect(newIn(`${said}<div class="gmail_signature" data-smartmail="gmail_signature">Dana<br>Reyes Ltd</div>`)).toBe(
    "It came broken.",
  )
  expect(newIn(`${said}<div id="ms-outlook-mobile-signature">Outlook</div>`)).toBe("It came broken.")
})

test("HTML: when nothing would be left, everything is shown", () => {
  expect(newIn(`<div class="gmail_quote"><blockquote>${words}</blockquote></div>`)).toContain("your order has left us.")
})

test("where page and text say the same, the text's own lines are kept", () => {
  const html = `<div>It came *broken*.<br>Really.</div>${marked["a Thunderbird quote"]}`
  expect(newTextOfMail("It came *broken*.\nReally.\n\nTamhlaka 10, Help:\n> Dear Dana", html)).toContain("Really.")
})

for (const [name, piece] of Object.entries(pagePieces))
  test(`HTML: above a megabyte of ${name}, what was said is still new`, () => {
    expect(newTextOfMail("words", longOf(piece, "<p>words</p>")).slice(0, 5)).toBe("words")
  })
