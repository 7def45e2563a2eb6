import { openMailDoor } from "#emails/incoming/door.server.ts"
import { deskNow } from "./clock.server.ts"
import type { Env } from "./env.server.ts"
import { keep } from "./models/mail/inbox.server.ts"
import { mailboxOf } from "./models/people/mailbox.server.ts"

const maxBytes = 35 * 1024 * 1024

/** The SMTP door of this desk: it knows our mailboxes, and answers 250 when the bytes are committed. */
export function openDeskMailDoor(env: Env) {
  return openMailDoor({
    host: env.HOST,
    port: env.MAIL_PORT,
    maxBytes,
    mayReceive: async (recipient) => (await mailboxOf(recipient)) !== null,
    onMail: async ({ from, to, remote, helo }, raw) => {
      await keep({ via: "smtp", envelopeFrom: from, envelopeTo: to, remote, helo, raw, asClosed: false }, deskNow())
    },
  })
}
