import { inArray } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { senderRules } from "#db/tables/ways.ts"
import { isStranger } from "#emails/incoming/authenticity.server.ts"
import { ours } from "#emails/incoming/authenticity.ts"
import { canonicalAddress, domainOf } from "../people/address.ts"
import { settingsIn } from "../people/settings.server.ts"
import type { Arrived } from "./arrived.server.ts"
import { trustIn } from "./authenticity.server.ts"
import { senderOf } from "./participants.ts"
import { filterMark, spamSign } from "./spam.ts"

/** Why this mail rests in the spam tray; null when it goes on to a case. */
export async function spamIn(tx: Tx, mail: Arrived): Promise<string | null> {
  const { row, email } = mail
  if (row.asClosed || row.caseNumber !== null) return null
  const written = email.from.map(({ address }) => address)
  const addresses = written.flatMap((address) => canonicalAddress(address) ?? [])
  const domains = written.flatMap((address) => atDomain(domainOf(address)))
  const rules = await rulesFor(tx, [...addresses, ...domains])
  const { address: sender } = senderOf(email, [])
  const ruleFor = (senders: string[], own: string | undefined) =>
    senders.some((one) => rules.get(one) === "block") ? "block" : (rules.get(own ?? "") ?? null)
  return spamSign({
    filter: await filterIn(tx, mail),
    address: ruleFor(addresses, sender ?? undefined),
    domain: ruleFor(domains, atDomain(sender && domainOf(sender))[0]),
    isCleared: row.decision?.kind === "not spam",
  })
}

/** An address that is none (a dot at its end, a letter nobody sees) still names the domain that was blocked. */
const atDomain = (domain: string | null) => (domain === null ? [] : [`@${domain}`])

async function rulesFor(tx: Tx, senders: string[]) {
  if (senders.length === 0) return new Map<string, "block" | "welcome">()
  const rows = await tx.select().from(senderRules).where(inArray(senderRules.sender, senders))
  return new Map(rows.map(({ sender, rule }) => [sender, rule]))
}

/** Only lines of a server of ours count: anybody can write "this is no spam" into a mail, or "it is" into a rival's. */
async function filterIn(tx: Tx, { row, email }: Arrived): Promise<string | null> {
  const { hops, relays } = trustIn(await settingsIn(tx))
  if (hops.length === 0 || (row.via === "smtp" && isStranger(row.remote, relays))) return null
  return filterMark(ours(email.lines, hops))
}
