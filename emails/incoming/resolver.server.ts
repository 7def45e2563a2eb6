import { Resolver } from "node:dns/promises"

export type Resolve = (name: string, type: string) => Promise<string[] | string[][]>

type Answer = { until: number; records: string[] | string[][] | null }

const mostKept = 2000
const keptFor = 300_000
const nothingKeptFor = 60_000

/**
 * Name servers asked with patience of three seconds and asked once. Answers are kept five minutes, "there is none" one.
 * `servers`: addresses with or without port; none: the system's.
 */
export function openResolver(servers: readonly string[]): Resolve {
  const resolver = new Resolver({ timeout: 3000, tries: 1 })
  if (servers.length > 0) resolver.setServers([...servers])
  const kept = new Map<string, Answer>()
  return async (name, type) => {
    const key = `${type} ${name.toLowerCase()}`
    const known = kept.get(key)
    if (known && known.until > Date.now()) return known.records ?? none(name)
    const records = await ask(resolver, name, type)
    if (kept.size >= mostKept) kept.clear()
    kept.set(key, { records, until: Date.now() + (records ? keptFor : nothingKeptFor) })
    return records ?? none(name)
  }
}

async function ask(resolver: Resolver, name: string, type: string) {
  try {
    return (await resolver.resolve(name, type)) as string[] | string[][]
  } catch (error) {
    // That there is no such record is an answer; anything else is trouble with the servers, and not kept.
    const { code } = Object(error)
    if (code === "ENOTFOUND" || code === "ENODATA") return null
    throw error
  }
}

const none = (name: string): never => {
  throw Object.assign(new Error(`no record for ${name}`), { code: "ENOTFOUND" })
}
