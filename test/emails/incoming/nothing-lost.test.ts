import fc from "fast-check"
import { expect, test } from "vitest"
import { newTextOfMail } from "#emails/incoming/html-new.ts"
import { htmlText } from "#emails/incoming/html-text.ts"
import { newTextOf } from "#emails/incoming/trim.ts"

const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? []

/** Whether the words stand in the others in this order. */
function isWithin(words: readonly string[], all: readonly string[]) {
  let found = 0
  for (const word of all) if (word === words[found]) found++
  return found === words.length
}

const line = fc.constantFrom(
  ...["Hello,", "It broke.", "> quoted", ">> deeper", "", "-- ", "--", "___________", "Sent from my iPhone", "-Dana"],
  ...["On Tue, Mar 10, 2026 Help <help@desk.example> wrote:", "Am 10.03.2026 schrieb Help:", "From: a@b.example"],
  ...["Sent: 10 March 2026", "To: Dana", "Subject: Lid", "##- above -##", "-----Original Message-----", "Thanks,"],
  ...["---------- Forwarded message ---------", "Dana Reyes", "https://desk.example", "wrote:", "Could you call me?"],
)
const mail = fc.array(line, { maxLength: 30 }).map((lines) => lines.join("\n"))
const sentence = fc.constantFrom(
  "The lid broke.",
  "Where is my order?",
  "Call me tomorrow please.",
  "It is blue, not red.",
)

test("what is new is made of the mail's own words in their order, and of some of them if there are any", () => {
  fc.assert(
    fc.property(mail, (text) => {
      const kept = newTextOf(text)
      expect(isWithin(wordsOf(kept), wordsOf(text))).toBe(true)
      expect(kept === "").toBe(text.trim() === "")
    }),
    { numRuns: 2000, seed: 7 },
  )
})

test("words typed above a standard introduction survive, and nothing of the quote does", () => {
  const introduction = fc.constantFrom(
    "On Tue, Mar 10, 2026 at 12:00 PM Help <help@desk.example> wrote:",
    "Am 10.03.2026 um 12:00 schrieb Help <help@desk.example>:",
    "Le mar. 10 mars 2026 à 12:00, Help <help@desk.example> a écrit :",
  )
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 1, maxLength: 6 }), introduction, (said, above) => {
      const typed = said.join("\n\n")
      expect(newTextOf(`${typed}\n\n${above}\n> Dear Dana,\n> bye`)).toBe(typed)
      expect(newTextOf(`${typed}\n\n${above}\n\nDear Dana,\nbye`)).toBe(typed)
    }),
    { seed: 7 },
  )
})

test("the same holds for pages: nothing is invented, and what was typed above a marked quote survives", () => {
  const box = fc.constantFrom(
    (words: string) =>
      `<div class="gmail_quote"><div class="gmail_attr">Help:</div><blockquote>${words}</blockquote></div>`,
    (words: string) => `<hr tabindex="-1"><div id="divRplyFwdMsg">Help</div><div>${words}</div>`,
    (words: string) => `<div class="moz-cite-prefix">Help:</div><blockquote type="cite">${words}</blockquote>`,
  )
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 1, maxLength: 6 }), box, (said, quote) => {
      const html = `<div>${said.map((each) => `<p>${each}</p>`).join("")}</div>${quote("Dear Dana, bye")}`
      const text = htmlText(html)
      expect(newTextOfMail(text, html)).toBe(said.join("\n\n"))
      expect(isWithin(wordsOf(newTextOfMail(text, html)), wordsOf(text))).toBe(true)
    }),
    { seed: 7 },
  )
})
