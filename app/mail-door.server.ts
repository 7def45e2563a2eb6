import { statfs } from "node:fs/promises"
import { openMailDoor } from "#emails/incoming/door.server.ts"
import { noRoom } from "#emails/incoming/smtp.server.ts"
import { deskNow } from "./clock.server.ts"
import { isDatabaseFull } from "./database-down.ts"
import type { Env } from "./env.server.ts"
import { mostBytes } from "./models/mail/hand-in.server.ts"
import { keep } from "./models/mail/inbox.server.ts"
import { mailboxOf } from "./models/people/mailbox.server.ts"

/** The SMTP door of this desk: it knows our mailboxes, and answers 250 when the bytes are committed. */
export function openDeskMailDoor(env: Env) {
  return openMailDoor({
    host: env.HOST,
    port: env.MAIL_PORT,
    protocol: env.MAIL_PROTOCOL,
    certificate: env.certificate,
    maxBytes: mostBytes,
    folder: env.DATA_DIR,
    freeBytes: () => freeBytesAt(env.DATA_DIR),
    mayReceive: async (recipient) => (await mailboxOf(recipient)) !== null,
    onMail: async ({ from, to, remote, helo }, raw) => {
      const arrival = { via: "smtp", envelopeFrom: from, envelopeTo: to, remote, helo, raw, asClosed: false } as const
      await keep(arrival, deskNow()).catch(orNoRoom)
    },
  })
}

async function freeBytesAt(folder: string) {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** PostgreSQL may lie on another disk than the one that was looked at. */
function orNoRoom(error: unknown): never {
  throw isDatabaseFull(error) ? noRoom() : error
}
