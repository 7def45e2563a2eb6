import { type Envelope, type MailDoor, openMailDoor } from "#emails/incoming/door.server.ts"

const doors: { close(): Promise<void> }[] = []

/** A door in front of a list; closed again by `closeDoors`. */
export async function openDoor(given: Partial<MailDoor> = {}) {
  const mails: { envelope: Envelope; raw: string }[] = []
  const door = await openMailDoor({
    host: "127.0.0.1",
    port: 0,
    maxBytes: 10_000,
    mayReceive: async (recipient) => recipient.endsWith("@desk.example"),
    onMail: async (envelope, raw) => void mails.push({ envelope, raw: raw.toString("latin1") }),
    ...given,
  })
  doors.push(door)
  return { ...door, mails }
}

export async function closeDoors() {
  for (const door of doors.splice(0)) await door.close()
}
