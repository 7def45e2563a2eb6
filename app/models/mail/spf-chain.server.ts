import { Resolver } from "node:dns/promises"
import ipaddr from "ipaddr.js"
import { setting } from "../people/settings.server.ts"
import { listed } from "../people/settings.ts"
import { textsAt } from "./dns.server.ts"
import { followed, hasUnknown, isSpf, ownLookups, type SpfRecord, spfFrom } from "./spf.ts"
import type { Chain } from "./spf-advice.ts"
import { isInside } from "./spf-senders.ts"

/** Milliseconds for all of it; what is not known by then stays unknown. */
const patience = 12_000
/** Further than anybody who checks goes. */
const mostNames = 40

/** What a record refers to, as far as DNS tells, with how many questions that takes. Asked once for each name. */
export function spfChains() {
  const asked = new Map<string, ReturnType<typeof textsAt>>()
  const end = Date.now() + patience
  const textsOf = (name: string) => {
    const before = asked.get(name)
    if (before) return before
    if (asked.size >= mostNames || Date.now() > end) return Promise.resolve({ words: "too many names" })
    const now = textsAt(name)
    asked.set(name, now)
    return now
  }
  return (record: SpfRecord) => follow(record, [])

  async function follow(record: SpfRecord, above: readonly string[]): Promise<Chain> {
    const chain: Chain = { records: [], lookups: ownLookups(record), isUnsure: hasUnknown(record), wrong: null }
    for (const part of await Promise.all(followed(record).map((name) => under(name, above)))) {
      chain.records.push(...part.records)
      chain.lookups += part.lookups
      chain.isUnsure ||= part.isUnsure
      chain.wrong ??= part.wrong
    }
    return chain
  }

  async function under(name: string, above: readonly string[]): Promise<Chain> {
    if (above.includes(name)) return nothing({ wrong: `It refers to ${name} in a circle, so it counts as none.` })
    const told = await textsOf(name)
    if ("words" in told) return nothing({ isUnsure: true })
    const [text, ...more] = told.texts.filter(isSpf)
    if (text === undefined)
      return nothing({ wrong: `It refers to ${name}, which has no SPF record, so it counts as none.` })
    if (more.length > 0)
      return nothing({ wrong: `It refers to ${name}, which has several SPF records, so it counts as none.` })
    const record = spfFrom(text)
    if ("wrong" in record)
      return nothing({ wrong: `It refers to ${name}, whose record nobody can read (“${record.wrong}”).` })
    const below = await follow(record, [...above, name])
    return { ...below, records: [record, ...below.records] }
  }
}

const nothing = (more: Partial<Chain>): Chain => ({ records: [], lookups: 0, isUnsure: false, wrong: null, ...more })

/** Whether everybody can reach a server by its name. What leads inside, or nowhere, is no sender for the world. */
export async function isPublicHost(host: string): Promise<boolean> {
  const resolver = new Resolver({ timeout: 3000, tries: 1 })
  const servers = listed(await setting("mail.dnsServers"))
  if (servers.length > 0) resolver.setServers(servers)
  const none = () => [] // No address of that kind is an answer as well.
  const found = await Promise.all([resolver.resolve4(host).catch(none), resolver.resolve6(host).catch(none)])
  const addresses = found.flat().filter((one) => ipaddr.isValid(one))
  return addresses.length > 0 && addresses.every((one) => !isInside(ipaddr.process(one)))
}
