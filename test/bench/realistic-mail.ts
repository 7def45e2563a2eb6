import MailComposer from "nodemailer/lib/mail-composer"
import { type Dice, diceFrom } from "#app/desk/demo/dice.ts"
import { mailFile } from "#test/fixtures/mail-file.ts"
import { mailNames } from "#test/fixtures/mutants.ts"
import { variedMails } from "./mails.ts"

/**
 * Mail as a desk gets it, the same every run: letters and answers in text and HTML, some with files, newsletters with
 * long pages, every tenth one odd or a machine's (the fixtures).
 */
export async function realisticMails(count: number): Promise<Buffer[]> {
  const dice = diceFrom(11)
  const letters = await variedMails(Math.ceil(count * 0.75), "help@desk.example")
  const mails: Buffer[] = letters.map(({ raw }) => raw)
  const odd = mailNames.map(mailFile)
  while (mails.length < count) mails.push(dice.chance(0.4) ? dice.pick(odd) : await rich(dice))
  return mails
    .map((raw) => ({ raw, place: dice.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ raw }) => raw)
}

const words =
  "parcel invoice order street Grüße délai refund number please window Größe café thanks monday broken blue".split(" ")
const sentence = (dice: Dice) => Array.from({ length: dice.between(4, 16) }, () => dice.pick(words)).join(" ")
const sentences = (dice: Dice, most: number) =>
  Array.from({ length: dice.between(2, most) }, () => `${sentence(dice)}.`)

/** A page as shops and mail programs write it, a long quoted history beneath, sometimes a picture or a scan. */
async function rich(dice: Dice): Promise<Buffer> {
  const rows = sentences(dice, 60).map(
    (text) => `<tr><td style="font:12px Arial;color:#333"><p class="MsoNormal">${text}</p></td></tr>`,
  )
  const history = sentences(dice, 40)
    .map((text) => `> ${text}`)
    .join("\n")
  const hasPicture = dice.chance(0.4)
  const html = `<html><head><style>p{margin:0}</style></head><body><table>${rows.join("\n")}</table>${hasPicture ? '<img src="cid:logo@x">' : ""}<blockquote type="cite">${sentences(dice, 30).join("<br>")}</blockquote></body></html>`
  const picture = { filename: "logo.png", cid: "logo@x", content: bytes(dice, 4_000) }
  const scan = { filename: "Rechnung März.pdf", content: bytes(dice, dice.between(20_000, 200_000)) }
  const composer = new MailComposer({
    ...{ from: "Jörg Fröhlich <joerg@customer.example>", to: "help@desk.example", subject: sentence(dice), html },
    text: `${sentences(dice, 12).join("\n")}\n\nOn Tue, 10 Mar 2026 at 11:00, Ann <ann@desk.example> wrote:\n${history}\n`,
    textEncoding: "quoted-printable",
    attachments: [...(hasPicture ? [picture] : []), ...(dice.chance(0.25) ? [scan] : [])],
  })
  return composer.compile().build()
}

const bytes = (dice: Dice, length: number) => Buffer.alloc(length, Buffer.from(dice.hex(4096), "hex"))
