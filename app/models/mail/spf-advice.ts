import type { Told } from "./dns-records.ts"
import {
  covers,
  hasUnknown,
  isAlmostSpf,
  isOpenToAll,
  isSpf,
  mostLookups,
  readTerms,
  type SpfRecord,
  spfFrom,
  withSenders,
} from "./spf.ts"

/**
 * What a server that mail leaves by asks for: a mechanism to let it in, or the words for whom to ask, where only its
 * provider can say.
 */
export type Sender = { host: string; mechanism: string } | { host: string; ask: string }

/** All that DNS told below a name: what it includes, how many questions that is, and whether something stayed unknown. */
export type Chain = { records: SpfRecord[]; lookups: number; isUnsure: boolean; wrong: string | null }

export type SpfAdvice = {
  state: "found" | "missing" | "other" | "unknown"
  words: string
  /** The whole record to publish in place of the one there; null: none that would surely help. */
  record: string | null
}

type Known = {
  told: Told
  senders: readonly Sender[]
  /** What follows from a record, as far as DNS tells. */
  chainOf: (record: SpfRecord) => Promise<Chain>
}

/** What to publish so that our servers may send: never a second record, never one that ends worse than it was. */
export async function spfAdvice({ told, senders, chainOf }: Known): Promise<SpfAdvice> {
  if ("words" in told) return only("unknown", told.words)
  const found = told.texts.filter(isSpf)
  const [text] = found
  if (found.length > 1)
    return only(
      "other",
      "There are several SPF records, and with more than one none counts. Join them into one: all their parts, one v=spf1 at the beginning, one all at the end.",
    )
  if (text === undefined) return withoutRecord(told.texts, senders, chainOf)
  const record = spfFrom(text)
  if ("wrong" in record)
    return only(
      "other",
      `Found: ${text}. Nobody can read it, so it counts as none: “${record.wrong}” is no part of an SPF record. Correct that first.`,
    )
  return besideRecord(record, senders, chainOf)
}

async function withoutRecord(texts: readonly string[], senders: readonly Sender[], chainOf: Known["chainOf"]) {
  const almost = texts.find(isAlmostSpf)
  if (almost !== undefined)
    return only("other", `Found: ${almost}. It must begin with exactly v=spf1, so nobody reads it. Correct that first.`)
  const { wanted, words } = askedFor(senders)
  if (words !== null) return only("missing", `There is no SPF record. ${words}`)
  const record = spfFrom(`v=spf1 ${wanted.join(" ")} ~all`)
  if (wanted.length === 0 || "wrong" in record)
    return only(
      "missing",
      "There is no SPF record. Which server does mail of this domain leave by? Ask whoever runs it what to put in.",
    )
  const chain = await chainOf(record)
  const trouble = troubleOf(chain)
  if (trouble !== null) return only("missing", `There is no SPF record. ${trouble}`)
  return {
    ...only(
      "missing",
      "There is no SPF record. Before publishing this one, add every other server that sends for the domain, such as the one your own mail leaves by.",
    ),
    record: record.text,
  }
}

async function besideRecord(
  record: SpfRecord,
  senders: readonly Sender[],
  chainOf: Known["chainOf"],
): Promise<SpfAdvice> {
  const chain = await chainOf(record)
  const found = `Found: ${record.text}.`
  const open = [record, ...chain.records].find(isOpenToAll)
  if (open)
    return only(
      "other",
      `${found} It lets everybody send in the domain's name${open === record ? "" : `, by “${open.text}”`}. Find out which servers do send, name them, and end it with ~all.`,
    )
  const broken = troubleOf(chain)
  if (broken !== null && !chain.isUnsure) return only("other", `${found} ${broken}`)
  const { wanted, words } = askedFor(senders)
  const missing = wanted.filter((one) => !isLetIn(one, [record, ...chain.records]))
  if (missing.length === 0 && words !== null) return only("other", `${found} ${words}`)
  if (missing.length === 0) return only("found", found)
  if (words !== null) return only("other", `${found} ${words}`)
  if (chain.isUnsure || hasUnknown(record))
    return only(
      "unknown",
      `${found} Not all it refers to could be looked up, so whether it lets ${missing.join(" ")} in is not known. Try again later, or ask whoever keeps the record.`,
    )
  const refused = record.terms.find((term) => term.qualifier !== "+" && missing.some((one) => isNamed(one, term)))
  if (refused)
    return only(
      "other",
      `${found} It names ${refused.text} and so does not let it in. Ask whoever keeps the record why.`,
    )
  const longer = spfFrom(withSenders(record, missing))
  if ("wrong" in longer) return only("other", `${found} It does not let ${missing.join(" ")} in.`)
  const trouble = troubleOf(await chainOf(longer))
  if (trouble !== null)
    return only(
      "other",
      `${found} It does not let ${missing.join(" ")} in, and with ${missing.length === 1 ? "that" : "those"}: ${trouble}`,
    )
  return {
    ...only("other", `${found} It does not let ${missing.join(" ")} in. Put this in its place; a domain has only one.`),
    record: longer.text,
  }
}

/** Everything it takes to let our servers in; or what to ask first. */
function askedFor(senders: readonly Sender[]) {
  const unknown = senders.flatMap((sender) => ("ask" in sender ? [sender.ask] : []))
  const wanted = [...new Set(senders.flatMap((sender) => ("mechanism" in sender ? [sender.mechanism] : [])))]
  return { wanted, words: unknown.length === 0 ? null : [...new Set(unknown)].join(" ") }
}

function troubleOf({ lookups, isUnsure, wrong }: Chain): string | null {
  if (wrong !== null) return wrong
  if (lookups > mostLookups)
    return `It would take ${lookups} DNS questions to check, and after ${mostLookups} nobody goes on: the record then counts as none. Take out what no longer sends for the domain, or ask its providers for shorter ones.`
  return isUnsure ? "Not all it refers to could be looked up. Try again later." : null
}

function isLetIn(wanted: string, records: readonly SpfRecord[]) {
  const term = termOf(wanted)
  return term !== null && records.some((record) => readTerms(record).some((one) => covers(one, term)))
}

function isNamed(wanted: string, term: SpfRecord["terms"][number]) {
  const other = termOf(wanted)
  return other !== null && covers({ ...term, qualifier: "+" }, other)
}

function termOf(mechanism: string) {
  const record = spfFrom(`v=spf1 ${mechanism}`)
  return "wrong" in record ? null : (record.terms[0] ?? null)
}

const only = (state: SpfAdvice["state"], words: string): SpfAdvice => ({ state, words, record: null })
