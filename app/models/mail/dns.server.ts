import { Resolver } from "node:dns/promises"
import { setting } from "../people/settings.server.ts"
import { listed } from "../people/settings.ts"
import type { Told } from "./dns-records.ts"

const patience = 3000

/** The texts at a name, asked of the servers the desk was told, else of the machine's. */
export async function textsAt(name: string): Promise<Told> {
  const resolver = new Resolver({ timeout: patience, tries: 2 })
  const servers = listed(await setting("mail.dnsServers"))
  try {
    if (servers.length > 0) resolver.setServers(servers)
    return { texts: (await resolver.resolveTxt(name)).map((parts) => parts.join("")) }
  } catch (error) {
    // No such name is an answer; anything else means that nobody gave one.
    const { code } = Object(error)
    if (code === "ENOTFOUND" || code === "ENODATA") return { texts: [] }
    return { words: `DNS did not answer (${typeof code === "string" ? code : "no reason given"}). Try again later.` }
  }
}
