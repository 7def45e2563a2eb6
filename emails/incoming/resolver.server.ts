import { Resolver } from "node:dns/promises"
import { nameServerFrom } from "#app/models/people/network.ts"
import { answerLimits, type Resolve, sizeOf } from "./dns-limits.ts"

type Answer = { until: number; records: string[] | string[][] | null }

const mostKept = 2000
const keptFor = 300_000
const nothingKeptFor = 60_000

/** Larger ones are asked for again: two thousand of them would fill the memory. */
const largestKept = 4096

/**
 * Name servers asked with patience of three seconds and asked once. Answers are kept five minutes, "there is none" one.
 * `servers`: addresses with or without port; what is none is left out. None at all: the system's.
 */
export function openResolver(servers: readonly string[]): Resolve {
  const resolver = new Resolver({ timeout: 3000, tries: 1 })
  const readable = servers.flatMap((server) => nameServerFrom(server) ?? [])
  if (readable.length > 0) resolver.setServers(readable)
  const kept = new Map<string, Answer>()
  return async (name, type) => {
    const key = `${type} ${name.toLowerCase()}`
    const known = kept.get(key)
    if (known && known.until > Date.now()) return known.records ?? none(name)
    const records = await ask(resolver, name, type)
    if (kept.size >= mostKept) kept.clear()
    if (records === null || sizeOf(records) <= largestKept)
      kept.set(key, { records, until: Date.now() + (records ? keptFor : nothingKeptFor) })
    return records ?? none(name)
  }
}

async function ask(resolver: Resolver, name: string, type: string) {
  try {
    return bounded((await resolver.resolve(name, type)) as string[] | string[][])
  } catch (error) {
    // That there is no such record is an answer; anything else is trouble with the servers, and not kept.
    const { code } = Object(error)
    if (code === "ENOTFOUND" || code === "ENODATA") return null
    throw error
  }
}

/** One answer holds the whole chain of names it went through, so bounding it bounds that too. */
function bounded(records: string[] | string[][]) {
  if (records.length > answerLimits.records || sizeOf(records) > answerLimits.bytes)
    throw Object.assign(new Error("the answer is too large"), { code: "ELIMIT" })
  return records
}

const none = (name: string): never => {
  throw Object.assign(new Error(`no record for ${name}`), { code: "ENOTFOUND" })
}
