import type { Authenticity } from "#db/tables/mail.ts"
import type { Trust } from "#emails/incoming/authenticity.server.ts"
import type { Email } from "#emails/incoming/email.ts"
import { copyOf, inThread } from "#emails/incoming/threads.server.ts"
import { settings } from "../people/settings.server.ts"
import { listed, type Settings } from "../people/settings.ts"
import type { MailRow } from "./arrived.server.ts"
import { unproven } from "./authenticity.ts"

/** What can be proven about the sender of a mail that has just come. History is old, its keys are gone: it is not asked about. */
export async function proveSender(raw: Buffer, email: Email, row: MailRow): Promise<Authenticity> {
  const desk = await settings()
  const { via, remote, helo, envelopeFrom } = row
  // Only by SMTP is the other end the one who sends; elsewhere somebody has handed it on.
  const hop = { ip: via === "smtp" ? remote : "", helo, sender: envelopeFrom }
  const from = email.from.slice(0, 2)
  const asked = { from, hop, trust: trustIn(desk), nameServers: listed(desk["mail.dnsServers"]) }
  const ask = () => ({ ...asked, raw: copyOf(raw) })
  // A proof that hangs or dies is none, and costs nobody the mail.
  return inThread({ work: "prove", size: raw.length, ask, waiting: "nobody" }).catch(() => unfinished)
}

const unfinished: Authenticity = {
  ...unproven,
  level: "temperror",
  because: "The sender checks timed out or failed.",
}

export const trustIn = (desk: Settings): Trust => ({
  hops: listed(desk["mail.trustedHops"]),
  relays: listed(desk["mail.trustedRelays"]),
  forwarders: listed(desk["mail.trustedForwarders"]),
})
