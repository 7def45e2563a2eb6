import { inArray } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { senderRules } from "#db/tables/ways.ts"
import { isStranger } from "#emails/incoming/authenticity.server.ts"
import { ours } from "#emails/incoming/authenticity.ts"
import { settingsIn } from "../people/settings.server.ts"
import type { Arrived } from "./arrived.server.ts"
import { trustIn } from "./authenticity.server.ts"
import { senderOf } from "./participants.ts"
import { filterMark, spamSign } from "./spam.ts"

/** Why this mail rests in the spam tray; null when it goes on to a case. */
export async function spamIn(tx: Tx, mail: Arrived): Promise<string | null> {
  const { row, email } = mail
  if (row.asClosed || row.caseNumber !== null) return null
  const { address } = senderOf(email, [])
  const domain = address?.slice(address.lastIndexOf("@")) ?? null
  const rules = address && domain ? await rulesFor(tx, [address, domain]) : new Map<string, "block" | "welcome">()
  return spamSign({
    filter: await filterIn(tx, mail),
    address: rules.get(address ?? "") ?? null,
    domain: rules.get(domain ?? "") ?? null,
    isCleared: row.decision?.kind === "not spam",
  })
}

async function rulesFor(tx: Tx, senders: string[]) {
  const rows = await tx.select().from(senderRules).where(inArray(senderRules.sender, senders))
  return new Map(rows.map(({ sender, rule }) => [sender, rule]))
}

/** Only lines of a server of ours count: anybody can write "this is no spam" into a mail, or "it is" into a rival's. */
async function filterIn(tx: Tx, { row, email }: Arrived): Promise<string | null> {
  const { hops, relays } = trustIn(await settingsIn(tx))
  if (hops.length === 0 || (row.via === "smtp" && isStranger(row.remote, relays))) return null
  return filterMark(ours(email.lines, hops))
}
