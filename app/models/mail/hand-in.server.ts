import { addressesOf, readFields } from "#emails/incoming/head.server.ts"
import { comparable } from "../people/address.ts"
import { mailboxOf } from "../people/mailbox.server.ts"
import { keep } from "./inbox.server.ts"

/** As the SMTP door: 25 MB of files in their encoding. */
export const mostBytes = 35 * 1024 * 1024

type Refusal = { refused: string }

/** A mail handed in over the API, to the recipients named, else to those of our mailboxes it is written to; all of them within reach. */
export async function handIn(
  raw: Buffer,
  to: string[],
  now: Date,
  within: readonly number[],
): Promise<{ id: number } | Refusal> {
  if (raw.length === 0) return { refused: "The body is empty: send the mail as it is, with its header" }
  const isWithin = async (recipient: string) => within.includes((await mailboxOf(recipient))?.id ?? 0)
  const recipients = to.length > 0 ? to : await those(await ourRecipients(raw), isWithin)
  if (recipients.length === 0) return { refused: "It is written to no mailbox of this desk: name one with ?to=" }
  for (const recipient of recipients)
    if (!(await isWithin(recipient))) return { refused: `There is no mailbox ${recipient.slice(0, 320)} here` }
  const arrival = { via: "api", envelopeFrom: "", envelopeTo: recipients, remote: "", raw, asClosed: false } as const
  return { id: (await keep(arrival, now)).id }
}

async function those(recipients: string[], isSo: (recipient: string) => Promise<boolean>) {
  const found: string[] = []
  for (const recipient of recipients) if (await isSo(recipient)) found.push(recipient)
  return found
}

/** The mailboxes of ours in the header: where a file says it was delivered, or whom it was written to. */
export async function ourRecipients(raw: Buffer): Promise<string[]> {
  const end = raw.indexOf("\n\r\n") + 1 || raw.indexOf("\n\n") + 1 || raw.length
  const fields = readFields(raw.subarray(0, Math.min(end, 256 * 1024)))
  const names = ["delivered-to", "x-original-to", "envelope-to", "to", "cc"]
  const found = names.flatMap((name) => addressesOf(fields, name).map(({ address }) => comparable(address)))
  const ours: string[] = []
  for (const address of new Set(found)) if (await mailboxOf(address)) ours.push(address)
  return ours
}
