import { inArray } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { mailboxes } from "#db/tables/people.ts"
import { smtpAccounts } from "#db/tables/ways.ts"
import { registeredDomain } from "#emails/incoming/registered.ts"
import { accountOf } from "#emails/outgoing/account.ts"
import { domainOf, keysOf } from "./dkim.server.ts"
import { dmarcAdvice } from "./dmarc-advice.ts"
import { textsAt } from "./dns.server.ts"
import { type DnsRecord, dkimRecord, record } from "./dns-records.ts"
import { isFreemail } from "./freemail.ts"
import { type Sender, type SpfAdvice, spfAdvice } from "./spf-advice.ts"
import { isPublicHost, spfChains } from "./spf-chain.server.ts"
import { senderOf } from "./spf-senders.ts"

/** All that is to be published for the domain a mailbox sends from, without asking DNS. */
export async function signingOf(address: string) {
  const domain = domainOf(address)
  const keys = (await keysOf(domain)).map((key) => ({ ...key, record: dkimRecord(key) }))
  return { domain, keys, isOthers: isOthers(domain), spf: { name: domain }, dmarc: { name: `_dmarc.${domain}` } }
}

/** Anybody has addresses there: what DNS says for it is its owner's. */
const isOthers = (domain: string) => isFreemail(registeredDomain(domain) ?? domain)

type Around = { spf: Told; dmarc: Told; records: { spf: DnsRecord | null; dmarc: DnsRecord | null } }
type Told = Pick<SpfAdvice, "state" | "words">

/** What DNS says about who may send for the domain and what becomes of mail that fails, and what to publish there. */
export async function dnsAround(address: string, smtpUrl: string | null): Promise<Around> {
  const domain = domainOf(address)
  const owner = registeredDomain(domain)
  const under = owner !== null && owner !== domain ? owner : null
  const [told, senders, policy, above] = await Promise.all([
    textsAt(domain),
    sendersOf(domain, smtpUrl),
    textsAt(`_dmarc.${domain}`),
    under === null ? null : textsAt(`_dmarc.${under}`),
  ])
  const spf = await spfAdvice({ told, senders, chainOf: spfChains() })
  const dmarc = dmarcAdvice(domain, policy, under && above ? { domain: under, told: above } : null)
  const offered = (name: string, text: string | null) => (text === null || isOthers(domain) ? null : record(name, text))
  const saidOf = ({ state, words }: SpfAdvice) => ({ state, words })
  return {
    spf: saidOf(spf),
    dmarc: saidOf(dmarc),
    records: { spf: offered(domain, spf.record), dmarc: offered(`_dmarc.${domain}`, dmarc.record) },
  }
}

/** What lets in the servers that mail of the domain's mailboxes leaves by. */
async function sendersOf(domain: string, smtpUrl: string | null): Promise<Sender[]> {
  const hosts = await hostsOf(domain, smtpUrl)
  return Promise.all(
    hosts.map(async (host) => {
      const sender = senderOf(host, domain)
      if (!("mechanism" in sender) || !sender.mechanism.startsWith("a:") || (await isPublicHost(host))) return sender
      const ask = `${host} has no public address that DNS tells: ask whoever runs it by which address its mail leaves.`
      return { host, ask }
    }),
  )
}

async function hostsOf(domain: string, smtpUrl: string | null): Promise<string[]> {
  const all = await db.select({ id: mailboxes.id, address: mailboxes.address }).from(mailboxes)
  const ids = all.filter(({ address }) => domainOf(address) === domain).map(({ id }) => id)
  if (ids.length === 0) return []
  const own = await db
    .select({ id: smtpAccounts.mailboxId, host: smtpAccounts.host })
    .from(smtpAccounts)
    .where(inArray(smtpAccounts.mailboxId, ids))
  const desks = smtpUrl !== null && own.length < ids.length ? [accountOf(smtpUrl).host] : []
  return [...new Set([...own.map(({ host }) => host), ...desks])]
}
