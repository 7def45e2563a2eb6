import { simpleParser } from "mailparser"
import nodemailer from "nodemailer"

type Letter = {
  from?: string
  to?: string
  subject?: string
  text?: string
  html?: string
  messageId?: string
  inReplyTo?: string
  references?: string[]
  cc?: string
  attachments?: { filename: string; content: Buffer | string }[]
  headers?: Record<string, string>
}

/** Sends an email to a mail door as every mail program would; resolves with the door's answer. */
export async function sendMail(port: number, letter: Letter) {
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port, secure: false, ignoreTLS: true })
  try {
    return await transport.sendMail({
      from: "Dana Reyes <dana@customer.example>",
      to: "help@desk.example",
      subject: "Where is my invoice?",
      text: "I cannot find it.",
      ...letter,
    })
  } finally {
    transport.close()
  }
}

/** A mail the desk sent, as the customer's program shows it, with its rating links. */
export async function opened(raw: Buffer) {
  const mail = await simpleParser(raw)
  const link = (face: string) => new RegExp(`https?://\\S+/r/[a-z2-7]{26}/${face}`).exec(mail.text ?? "")?.[0] ?? ""
  const [from] = mail.from?.value ?? []
  const [replyTo] = mail.replyTo?.value ?? []
  return {
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: typeof mail.html === "string" ? mail.html : "",
    messageId: mail.messageId ?? "",
    inReplyTo: mail.inReplyTo ?? "",
    references: [mail.references ?? []].flat(),
    from: from?.address ?? "",
    replyTo: replyTo?.address ?? "",
    happy: link("happy"),
    ok: link("ok"),
    frown: link("frown"),
  }
}
