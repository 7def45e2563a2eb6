import { inArray } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { mailboxes } from "#db/tables/people.ts"
import { smtpAccounts } from "#db/tables/ways.ts"
import { isThisMachine } from "#emails/outgoing/account.ts"
import { domainOf, keysOf } from "./dkim.server.ts"
import { textsAt } from "./dns.server.ts"
import { dkimRecord, dmarcFinding, dmarcRecord, spfFinding, spfRecord } from "./dns-records.ts"

/** All that is to be published for the domain a mailbox sends from, without asking DNS. */
export async function signingOf(address: string) {
  const domain = domainOf(address)
  const keys = (await keysOf(domain)).map((key) => ({ ...key, record: dkimRecord(key) }))
  const hosts = await hostsOf(domain)
  return {
    domain,
    keys,
    spf: spfRecord(domain, hosts),
    knowsHost: hosts.length > 0,
    dmarc: dmarcRecord(domain, address),
  }
}

/** What DNS says about who may send for it, and what becomes of mail that fails. */
export async function dnsAround(address: string) {
  const { spf, dmarc } = await signingOf(address)
  const [senders, policy] = await Promise.all([textsAt(spf.name), textsAt(dmarc.name)])
  return { spf: spfFinding(spf, senders), dmarc: dmarcFinding(policy) }
}

/** The servers mail of the domain's mailboxes leaves by, as far as the desk was told here. */
async function hostsOf(domain: string) {
  const all = await db.select({ id: mailboxes.id, address: mailboxes.address }).from(mailboxes)
  const ids = all.filter(({ address }) => domainOf(address) === domain).map(({ id }) => id)
  if (ids.length === 0) return []
  const rows = await db
    .select({ host: smtpAccounts.host })
    .from(smtpAccounts)
    .where(inArray(smtpAccounts.mailboxId, ids))
  return rows.map(({ host }) => host).filter((host) => !isThisMachine(host))
}
