import MailComposer from "nodemailer/lib/mail-composer"
import type { Address } from "#db/tables/cases.ts"
import { headerText } from "./headers.ts"

type Trial = { messageId: string; from: Address; to: Address; host: string; date: Date }

/** A mail that only shows that mail arrives. Made by a machine, and says so. */
export function composeTrial({ messageId, from, to, host, date }: Trial): Promise<Buffer> {
  const composer = new MailComposer({
    from: { name: headerText(from.name), address: from.address },
    to: { name: headerText(to.name), address: to.address },
    subject: "It works: a test from your desk",
    date,
    messageId,
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "X-Desk-Loop": messageId },
    text: `This mail left ${from.address} by ${host}. There is nothing to do.\n`,
    encoding: "quoted-printable",
    newline: "win",
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}
