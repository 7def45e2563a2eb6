import MailComposer from "nodemailer/lib/mail-composer"
import { talk, topicFor } from "#app/desk/demo/compose.ts"
import { customersOf } from "#app/desk/demo/customers.ts"
import { type Dice, diceFrom } from "#app/desk/demo/dice.ts"

export type BenchMail = { from: string; raw: Buffer; answers: boolean }

/** As mail comes: half plain, a quarter HTML, some with small files, some answering an earlier one; many customers. */
export async function variedMails(count: number, to: string): Promise<BenchMail[]> {
  const dice = diceFrom(7)
  const customers = customersOf(0.35)
  const lastOf = new Map<string, string>()
  const mails: BenchMail[] = []
  for (let number = 0; number < count; number++) {
    const at = new Date()
    const customer = customers.writer(dice, at)
    const words = talk(topicFor(null, dice), customer, "Joan", at, dice)
    const messageId = `<${dice.hex(16)}.${number}@${customer.address.split("@")[1]}>`
    const before = dice.chance(0.6) ? lastOf.get(customer.address) : undefined
    lastOf.set(customer.address, messageId)
    const text = words.ask()
    const composer = new MailComposer({
      ...{ from: { name: `${customer.name} ${customer.surname}`, address: customer.address }, to, date: at, messageId },
      subject: before ? `Re: ${words.subject}` : words.subject,
      text: before ? `${text}\n\nOn Monday somebody wrote:\n> ${words.answer().replaceAll("\n", "\n> ")}` : text,
      ...(before ? { inReplyTo: before, references: [before] } : {}),
      ...partsFor(text, dice),
    })
    mails.push({ from: customer.address, raw: await composer.compile().build(), answers: before !== undefined })
  }
  return mails
}

function partsFor(text: string, dice: Dice) {
  const kind = dice.next()
  if (kind < 0.5) return {}
  const html = `<div>${text.replaceAll("\n", "<br>")}</div>`
  if (kind < 0.75) return { html }
  const content = Buffer.from(dice.hex(8 * dice.between(250, 2500)), "hex")
  return { html, attachments: [{ filename: "scan.bin", contentType: "application/octet-stream", content }] }
}
