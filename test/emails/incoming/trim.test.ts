import { expect, test } from "vitest"
import { newTextOf } from "#emails/incoming/trim.ts"
import { longOf, textPieces } from "#test/fixtures/long-patterns.ts"

const quote = "> Dear Dana,\n> your order has left us.\n>\n> Help desk"

const introductions = [
  "On Tue, Mar 10, 2026 at 12:00 PM Help <help@desk.example> wrote:",
  "On 10 Mar 2026, at 12:00, Help <help@desk.example>\nwrote:",
  "Am 10.03.2026 um 12:00 schrieb Help <help@desk.example>:",
  "Am Di., 10. März 2026 um 12:00 Uhr schrieb Help <\nhelp@desk.example>:",
  "Le mar. 10 mars 2026 à 12:00, Help <help@desk.example> a écrit :",
  "El mar, 10 mar 2026 a las 12:00, Help (<help@desk.example>) escribió:",
  "Il giorno mar 10 mar 2026 alle ore 12:00 Help <help@desk.example> ha\nscritto:",
  "Op di 10 mrt 2026 om 12:00 schreef Help <help@desk.example>:",
  "Em ter., 10 de mar. de 2026 às 12:00, Help <help@desk.example> escreveu:",
  "Den tis 10 mars 2026 kl 12:00 skrev Help <help@desk.example>:",
  "tir. 10. mar. 2026 kl. 12.00 skrev Help <help@desk.example\n>:",
  "Den 10-03-2026 kl. 12:00 skrev Help:",
  "wt., 10 mar 2026 o 12:00 Help <help@desk.example> napisał(a):",
  "ti 10. maalisk. 2026 klo 12.00 Help (help@desk.example) kirjoitti:",
  "út 10. 3. 2026 v 12:00 odesílatel Help <help@desk.example> napsal:",
  "вт, 10 мар. 2026 г. в 12:00, Help <help@desk.example> написал:",
  "2026年3月10日(火) 12:00 Help <help@desk.example>:",
  '10.03.2026, 12:00, "Help" <help@desk.example>:',
  "On Tuesday, March 10, 2026, Help via Forum wrote:",
  "---- On Tue, 10 Mar 2026 12:00:00 +0100 Help<help@desk.example> wrote ----",
  "Help <help@desk.example> schrieb am Di., 10. März 2026 um 12:00 Uhr:",
  "Am Dienstag, 10. März 2026, 12:00:12 MEZ hat Help <help@desk.example> Folgendes geschrieben:",
  "Op 10 mrt. 2026 om 12:00 heeft Help <help@desk.example> het volgende geschreven:",
  "2026-03-10 12:00 GMT+01:00 Help <help@desk.example>:",
  "вторник, 10 марта 2026 г. пользователь Help написал:",
  "10 бер. 2026 р. 12:00 Help help@desk.example пише:",
  "На вт, 10.03.2026 г. в 12:00 Help <help@desk.example> написа:",
  "W dniu 10.03.2026 o 12:00, Help pisze:",
  "Help <help@desk.example> ezt írta (időpont: 2026. márc. 10., K, 12:00):",
  "În mar., 10 mar. 2026 la 12:00, Help <help@desk.example> a scris:",
  "Help <help@desk.example>, 10 Mar 2026 Sal, 12:00 tarihinde\nşunu yazdı:",
  "Στις Τρί, 10 Μαρ 2026 στις 12:00 μ.μ., ο χρήστης Help <help@desk.example> έγραψε:",
  "Vào Th 3, 10 thg 3, 2026 vào lúc 12:00 Help <help@desk.example> đã viết:",
  "Pada tanggal Sel, 10 Mar 2026 pukul 12.00 Help <help@desk.example> menulis:",
  "\u202bבתאריך יום ג׳, 10 במרץ 2026 ב-12:00 מאת \u202aHelp\u202c <\u202ahelp@desk.example\u202c>:\u202c",
  "في الثلاثاء، ١٠ مارس ٢٠٢٦ ١٢:٠٠ م كتب Help <help@desk.example>:",
  "ในวันที่ อ. 10 มี.ค. 2026 เวลา 12:00 Help <help@desk.example> เขียนว่า:",
  "मंगल, 10 मार्च 2026 को 12:00 pm बजे को Help <help@desk.example> ने लिखा:",
  "在 2026年3月10日，下午12:00，Help <help@desk.example> 写道：",
  "2026年3月10日(火) 12:00、Help <help@desk.example>のメール:",
  "2026년 3월 10일 (화) 오후 12:00, Help <help@desk.example>님이 작성:",
  "NgoLwesibili 10 Mashi 2026 12:00 Help <help@desk.example> ubhalile:",
]

for (const introduction of introductions)
  test(`the quote under "${introduction.split("\n")[0]}" is folded`, () => {
    expect(newTextOf(`It came broken.\n\n${introduction}\n\n${quote}\n`)).toBe("It came broken.")
  })

const blocks = [
  "From: Help <help@desk.example>\nSent: Tuesday, March 10, 2026 12:00\nTo: Dana\nSubject: Your order",
  "________________________________\nVon: Help <help@desk.example>\nGesendet: Dienstag, 10. März 2026 12:00\nAn: Dana\nBetreff: Ihre Bestellung",
  "*De :* Help <help@desk.example>\n*Envoyé :* mardi 10 mars 2026 12:00\n*À :* Dana\n*Objet :* Votre commande",
  "De: Help\nEnviado el: martes, 10 de marzo de 2026\nPara: Dana\nAsunto: Su pedido",
  "-----Original Message-----\nFrom: Help\nDate: today",
  "-------- Ursprüngliche Nachricht --------\nanything",
  "##- Please write above this line -##\nanything",
]

for (const block of blocks)
  test(`all below "${block.split("\n")[0]}" is folded`, () => {
    expect(newTextOf(`It came broken.\n\n${block}\n\nDear Dana,\nyour order has left us.`)).toBe("It came broken.")
  })

test("an introduction at the end of a line of words is one too", () => {
  expect(newTextOf(`It came broken. On Tue, Mar 10, 2026 at 12:00 Help <help@desk.example> wrote:\n${quote}`)).toBe(
    "It came broken.",
  )
})

test("our own line tells that the quote around it is ours, whatever introduces it", () => {
  const text = `It came broken.\n\nHelp ubhalile:\n> ##- Please write above this line -##\n${quote}`
  expect(newTextOf(text)).toBe("It came broken.")
})

test("words above and below one quote are both new, without the quote", () => {
  const text = `Hello,\n\nOn Tue, Mar 10, 2026 Help <help@desk.example> wrote:\n${quote}\n\nIt came broken.`
  expect(newTextOf(text)).toBe("Hello,\n\nIt came broken.")
})

test("from where to where somebody travels is no header of a mail", () => {
  const text = "Please change my ticket.\n\nFrom: Bonn\nTo: Berlin\nDate: 3 March 2026\n\nThank you"
  expect(newTextOf(text)).toBe(text)
  const move = "I have a new address.\n\nFrom: dana@old.example\nTo: dana@new.example\n\nPlease write there."
  expect(newTextOf(move)).toBe(move)
})

test("what stands under the line of a device was written by somebody", () => {
  expect(newTextOf("It broke.\n\nSent from my iPhone\n\nPS: the lid, I mean.")).toBe(
    "It broke.\n\nPS: the lid, I mean.",
  )
})

test("a name under a farewell is a signature; a sentence under one is not", () => {
  expect(newTextOf("It broke.\n\nBest regards,\nDana Reyes\nReyes Ltd\n+49 228 123456")).toBe("It broke.")
  expect(newTextOf("Es ist kaputt.\n\nMit freundlichen Grüßen\nDana Reyes")).toBe("Es ist kaputt.")
  const asking = "It broke.\n\nThanks!\nCould you also send me the bill again please?"
  expect(newTextOf(asking)).toBe(asking)
  const whole = "Thanks,\nDana"
  expect(newTextOf(whole)).toBe(whole)
})

test("beside a quote, a farewell with nothing but a name is part of what was said", () => {
  const history = `\n\nOn Tue, Mar 10, 2026 Help <help@desk.example> wrote:\n${quote}`
  expect(newTextOf(`It broke.\n\nCheers,\nDana${history}`)).toBe("It broke.\n\nCheers,\nDana")
  expect(newTextOf(`It broke.\n\nCheers,\nDana\n+49 228 123456${history}`)).toBe("It broke.")
})

test("what a mailing list adds below is folded", () => {
  expect(newTextOf("It broke.\n_______________________________\nlist mailing list\nhttps://lists.example/x")).toBe(
    "It broke.",
  )
})

test("answers between the quotes are kept with the quotes they answer", () => {
  const text = `Hello,\n\nOn Tue, Mar 10, 2026 Help <help@desk.example> wrote:\n> Which colour?\n\nBlue.\n\n> Which size?\n\nLarge.`
  expect(newTextOf(text)).toBe(text)
})

test("an answer below the quote stands alone", () => {
  expect(newTextOf(`On Tue, Mar 10, 2026 Help <help@desk.example> wrote:\n${quote}\n\nIt came broken.\nSorry.`)).toBe(
    "It came broken.\nSorry.",
  )
})

test("the tail of a quoted line that a program broke is no answer", () => {
  const long = `> ${"word ".repeat(14)}and`
  expect(newTextOf(`Yes.\n\nOn 10 Mar 2026 Help <h@desk.example> wrote:\n${long}\nthe rest of it\n> bye`)).toBe("Yes.")
})

test("a mail that is only handed on is kept whole", () => {
  const text =
    "FYI\n\n---------- Forwarded message ---------\nFrom: Eli <eli@customer.example>\nDate: Tue\nSubject: Broken\n\nIt broke."
  expect(newTextOf(text)).toBe(text)
  const bare = "From: Eli <eli@customer.example>\nDate: Tue\nTo: me\nSubject: Broken\n\nIt broke."
  expect(newTextOf(bare)).toBe(bare)
})

test("a mail of nothing but quotes is kept whole", () => {
  expect(newTextOf(quote)).toBe(quote)
})

test("signatures are folded, separators in a text are not", () => {
  expect(newTextOf("It broke.\n\n-- \nDana Reyes\nReyes Ltd")).toBe("It broke.")
  expect(newTextOf("It broke.\n--\nDana Reyes")).toBe("It broke.")
  expect(newTextOf("It broke.\n\nSent from my iPhone")).toBe("It broke.")
  expect(newTextOf("Es ist kaputt.\n\nVon meinem iPhone gesendet\n")).toBe("Es ist kaputt.")
  expect(newTextOf("It broke.\n\n-Dana Reyes")).toBe("It broke.")
  const list = "Two things:\n- Broken lid\n- And another one"
  expect(newTextOf(list)).toBe(list)
  const long = `First part\n--\n${"A line that goes on\n".repeat(40)}`.trim()
  expect(newTextOf(long)).toBe(long)
})

test("a sentence about writing is not an introduction", () => {
  for (const text of [
    "On Monday I wrote to you:\nnothing came back.",
    "I wrote: please call me. Nobody did.",
    "From: the lid\nto the base it is broken.",
    "Date of purchase: 3 March\nFrom your shop in Bonn.",
    "On page 3 you wrote:\nplease call us. I did.",
    "On 10.03.2026 I called you. Nobody came to the phone. Then I wrote:\nplease call.",
  ])
    expect(newTextOf(text)).toBe(text)
})

for (const [name, piece] of Object.entries(textPieces))
  test(`above a megabyte of ${name}, what was said is still new`, () => {
    expect(newTextOf(longOf(piece, "words\n\n")).slice(0, 5)).toBe("words")
  })

test("what somebody tells of a letter stays, with a date in it too", () => {
  for (const told of [
    "I wrote on 10 March 2026:\nplease call me.",
    "On 10 March 2026 I wrote:\nplease call me.",
    "Am 10.03.2026 schrieb ich:\nbitte anrufen.",
    "Last week, on 3/3/2026, your colleague Ann said:\nwe will refund you.",
    "On 2026-03-10 12:00:00 server said:\nERROR 500",
  ])
    expect(newTextOf(`Hello,\n\n${told}`)).toBe(`Hello,\n\n${told}`)
})

test("a device and a farewell are known in many languages", () => {
  for (const end of [
    "iPadから送信",
    "Samsung cihazımdan gönderildi",
    "发送自 Windows 10 版邮件应用",
    "ส่งจาก iPhone ของฉัน",
    "Sent from my phone. Please excuse any typos.",
    "С наилучшими пожеланиями,\nДана Рейес\n+49 228 123456",
    "Trân trọng,\nDana Reyes\n+49 228 123456",
    "以上、よろしくお願いいたします。\nDana Reyes\n+49 228 123456",
  ])
    expect(newTextOf(`It came broken.\n\n${end}`)).toBe("It came broken.")
})

test("a mail handed on is kept whole in any language", () => {
  for (const line of [
    "-------- Přeposlaná zpráva --------",
    "転送されたメッセージ:",
    "-------- 전달된 메시지 --------",
  ]) {
    const text = `FYI\n\n${line}\nFrom: Eli <eli@customer.example>\nDate: Tue\nSubject: Broken\n\nIt broke.`
    expect(newTextOf(text)).toBe(text)
  }
})
