import type { Authenticity } from "#db/tables/mail.ts"
import { authenticityFor, type Trust } from "#emails/incoming/authenticity.server.ts"
import type { Resolve } from "#emails/incoming/dns-limits.ts"
import type { Email } from "#emails/incoming/email.ts"
import { openResolver } from "#emails/incoming/resolver.server.ts"
import { settings } from "../people/settings.server.ts"
import { listed, type Settings } from "../people/settings.ts"
import type { MailRow } from "./arrived.server.ts"

/** What can be proven about the sender of a mail that has just come. History is old, its keys are gone: it is not asked about. */
export async function proveSender(raw: Buffer, email: Email, row: MailRow): Promise<Authenticity> {
  const desk = await settings()
  const { via, remote, helo, envelopeFrom } = row
  // Only by SMTP is the other end the one who sends; elsewhere somebody has handed it on.
  const ip = via === "smtp" ? remote : ""
  return authenticityFor(raw, email.from, { ip, helo, sender: envelopeFrom }, trustIn(desk), resolverFor(desk))
}

export const trustIn = (desk: Settings): Trust => ({
  hops: listed(desk["mail.trustedHops"]),
  relays: listed(desk["mail.trustedRelays"]),
  forwarders: listed(desk["mail.trustedForwarders"]),
})

let open: { servers: string; resolve: Resolve } | null = null

/** One for the process, for it keeps answers; another when the desk is told to ask elsewhere. */
function resolverFor(desk: Settings): Resolve {
  const servers = desk["mail.dnsServers"]
  if (open?.servers !== servers) open = { servers, resolve: openResolver(listed(servers)) }
  return open.resolve
}
