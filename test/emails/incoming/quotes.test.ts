import { expect, test } from "vitest"
import { newTextOf } from "#emails/incoming/trim.ts"

const said = "It came broken."
const quote = "> Dear Dana,\n> your order has left us.\n>\n> Help desk"
const letter = "Dear Dana,\nyour order has left us."

const histories: Record<string, string> = {
  "an introduction in brackets": `[On Tue, Mar 10, 2026 at 12:00 PM Help <help@desk.example> wrote:]\n\n${quote}`,
  "one in brackets without an address": `[On Tue, Mar 10, 2026 at 12:00 PM, Help wrote:]\n${quote}`,
  "one in brackets over two lines": `[On Tue, 10 Mar 2026, Help\nwrote:]\n${quote}`,
  "one in brackets above what nothing marks": `[On Tue, Mar 10, 2026 at 12:00 PM Help <help@desk.example> wrote:]\n\n${letter}`,
  "one of Yahoo with the quote on its line": `On Tue, Mar 10, 2026 at 12:00 PM, Help <help@desk.example> wrote:   ${letter}`,
  "one of Yahoo on Android": `Sent from Yahoo Mail on Android\n\n  On Tue, Mar 10, 2026 at 12:00 PM, Help<help@desk.example> wrote:   ${letter}`,
  "the same run together": `Sent from Yahoo Mail on Android On Tue, Mar 10, 2026 at 12:00 PM, Help<help@desk.example> wrote: ${letter}`,
  "one of Yahoo broken before the address": `On Tue, Mar 10, 2026 at 12:00 PM, Help\n<help@desk.example> wrote:   ${letter}`,
  "one in French with the quote on its line": `Le mar. 10 mars 2026 à 12:00, Help <help@desk.example> a écrit : ${letter}`,
  "one in German with the quote on its line": `Am Di., 10. März 2026 um 12:00 schrieb Help <help@desk.example>: ${letter}`,
  "one of Supercite": `>>>>> "Help" == Help Desk <help@desk.example> writes:\n\n Help> Dear Dana,\n Help> your order`,
  "one of Supercite with initials": `>>>>> "HD" == Help Desk writes:\n\n    HD> Dear Dana,\n    HD> your order`,
  "another desk's line": `##- Please type your reply above this line -##\n\n${letter}`,
  "another desk's line drawn with dashes": `--- Reply above this line ---\n\n${letter}`,
  "another desk's line drawn otherwise": `=-=-=-= Reply above this line =-=-=-=\n\n${letter}`,
  "another desk's line without spaces": `-----------Please reply above this line-----------\n${letter}`,
  "such a line in German": `--- Bitte antworten Sie oberhalb dieser Linie ---\n${letter}`,
  "such a line in French": `--- Répondez au-dessus de cette ligne ---\n${letter}`,
  "such a line in Spanish": `--- Responda por encima de esta línea ---\n${letter}`,
  "such a line in Italian": `--- Rispondi sopra questa riga ---\n${letter}`,
  "such a line in Portuguese": `--- Responda acima desta linha ---\n${letter}`,
  "such a line in Dutch": `--- Antwoord boven deze lijn ---\n${letter}`,
  "such a line in Swedish": `--- Svara ovanför den här raden ---\n${letter}`,
  "such a line in Polish": `--- Odpowiedz powyżej tej linii ---\n${letter}`,
  "such a line in Russian": `--- Пишите ответ выше этой строки ---\n${letter}`,
  "such a line in Japanese": `--- この行より上に返信してください ---\n${letter}`,
  "such a line in Chinese": `--- 请在此行上方回复 ---\n${letter}`,
  "such a line within the quote": `Tamhlaka Help:\n> --- Reply above this line ---\n${quote}`,
}

for (const [name, history] of Object.entries(histories))
  test(`below what was said, ${name} is folded`, () => expect(newTextOf(`${said}\n\n${history}`)).toBe(said))

test("words in front of an introduction on its line are new, the quote behind it is not", () => {
  expect(newTextOf(`${said} On Tue, Mar 10, 2026 at 12:00 PM, Help <help@desk.example> wrote: ${letter}`)).toBe(said)
})

test("an answer below what Supercite marks stands alone, and one between it keeps the quote", () => {
  const introduction = '>>>>> "Help" == Help Desk writes:\n\n'
  expect(newTextOf(`${introduction}    H> Dear Dana,\n    H> your order\n\n${said}`)).toBe(said)
  const between = `${introduction}    H> Which colour?\n\nBlue.\n\n    H> Which size?\n\nLarge.`
  expect(newTextOf(between)).toBe(between)
})

const human: Record<string, string> = {
  "text below three dashes": "It broke.\n---\nAlso the lid.",
  "a paragraph below three dashes":
    "It broke.\n\n---\n\nAlso the lid.\nAnd the cup.\nAll of it is in the box and I would like my money back.",
  "a short sentence below three dashes": "It broke.\n---\nIt leaks.",
  "what was and what is, with dashes between": "Old: blue\n---\nNew: red",
  "text below a divider": "It broke.\n\n-----\n\nAlso the lid.",
  "text between dividers": "First the lid.\n\n-----\nSecond, the cup. Please send both.\n-----\nThird, the bill.",
  "a link in words below a divider": "First the lid.\n\n-----\nSecond, see https://shop.example/o/1 please",
  "a link in a sentence below a long dash": "It broke.\n—\nSee https://shop.example/o/1 for the picture of it.",
  "a wish to be taken off a list, below a divider": "It broke.\n\n-----\nAnd please unsubscribe me from your letters.",
  "a journey": "What I typed into the form:\n\nFrom: Bonn\nTo: Berlin\nSubject: two seats\n\nIs that right?",
  "labels for a card": "Please print on the card:\n\nTo: Mum\nFrom: Dana\nSubject: Birthday\n\nThanks!",
  "hours with labels": "Please set:\nFrom: noon\nTo: midnight\nDate: every Monday\nSubject: shifts",
  "a whole tale with labels": "From: the shop\nTo: me\nSubject: broken lid\n\nThat is how it went.",
  "words about a line to write above": "Please write above this line on the label.\n\nThe rest stays.",
  "words about a line to reply above": 'You say "reply above this line" but I see no line.\n\nWhere is it?',
  "many angle brackets": ">>>>> look here\nIt broke.",
  "a note in brackets": "[On Tuesday I wrote: please call me.]\n\nNobody called.",
  "what I wrote on a day": "On Tuesday, Mar 10, 2026 at 12:00 I wrote: please call me. Nobody did.\n\nWhat now?",
  "what somebody wrote on a day, told":
    "On Tuesday, Mar 10, 2026 at 12:00 Ann from your shop wrote: send it back. I did.\n\nWhat now?",
  "commands to a database": "I typed this:\n\nmysql> select 1\nmysql> quit",
}

for (const [name, text] of Object.entries(human))
  test(`${name}: nothing of it is folded`, () => expect(newTextOf(text)).toBe(text))

test("a name, or where to find somebody, below a drawn line is still a signature", () => {
  for (const signature of [
    "---\nDana Reyes\nReyes Ltd.\n+49 228 123456",
    "---\nDana Reyes",
    "—\nwww.reyes.example",
    "___________\nDana Reyes\nhttps://reyes.example",
    "_______________\nlist mailing list\nTo leave it, write to leave@lists.example",
  ])
    expect(newTextOf(`${said}\n\n${signature}`)).toBe(said)
})
