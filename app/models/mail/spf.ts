import ipaddr from "ipaddr.js"

/** One part of an SPF record (RFC 7208 4.6.1): a mechanism with its qualifier, or a modifier such as `redirect=`. */
export type SpfTerm = {
  text: string
  kind: "mechanism" | "modifier"
  name: string
  qualifier: "+" | "-" | "~" | "?"
  value: string
}

export type SpfRecord = { text: string; terms: SpfTerm[] }

const mechanisms = new Set(["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"])
/** Each of these makes whoever checks ask DNS (RFC 7208 4.6.4). */
const asking = new Set(["include", "a", "mx", "ptr", "exists", "redirect"])
export const mostLookups = 10

/** Whether a TXT record is meant for SPF by those who check. */
export const isSpf = (text: string) => /^v=spf1(?: |$)/i.test(text)

/** One that somebody meant for SPF, and nobody reads so. */
export const isAlmostSpf = (text: string) => !isSpf(text) && /^["'\s]*(v\s*=\s*)?spf1?\b/i.test(text)

/** The record read, or the first part that makes it none (a "permerror" for everybody who checks). */
export function spfFrom(text: string): SpfRecord | { wrong: string } {
  const terms: SpfTerm[] = []
  for (const word of text
    .split(" ")
    .slice(1)
    .filter((one) => one !== "")) {
    const term = termFrom(word)
    if (term === null) return { wrong: word }
    terms.push(term)
  }
  if (terms.filter(({ name }) => name === "redirect").length > 1) return { wrong: "redirect= twice" }
  return { text, terms }
}

function termFrom(text: string): SpfTerm | null {
  const modifier = /^([a-z][\w.-]*)=(.*)$/i.exec(text)
  if (modifier) {
    const [, name = "", value = ""] = modifier
    if (name.toLowerCase() === "redirect" && !isDomainSpec(value)) return null
    return { text, kind: "modifier", name: name.toLowerCase(), qualifier: "+", value }
  }
  const [whole = "", sign = "", named = ""] = /^([+~?-]?)([a-z\d]+)/i.exec(text) ?? []
  const rest = text.slice(whole.length)
  const name = named.toLowerCase()
  if (!mechanisms.has(name) || !isValueOf(name, rest)) return null
  const qualifier = sign === "-" || sign === "~" || sign === "?" ? sign : "+"
  return { text, kind: "mechanism", name, qualifier, value: rest.replace(/^:/, "") }
}

function isValueOf(name: string, rest: string): boolean {
  if (name === "all") return rest === ""
  if (name === "ip4" || name === "ip6") return rest.startsWith(":") && networkFrom(rest.slice(1), name) !== null
  if (name === "include" || name === "exists") return rest.startsWith(":") && isDomainSpec(rest.slice(1))
  // a, mx and ptr: a domain, a length, both or neither.
  const [, domain] = /^(?::([^/]+))?(?:\/\d{1,2})?(?:\/\/\d{1,3})?$/.exec(rest) ?? []
  return rest === "" || (domain === undefined ? /^\/{1,2}\d/.test(rest) : isDomainSpec(domain))
}

/** A name, perhaps with macros (RFC 7208 7), which nobody can follow without a mail at hand. */
const isDomainSpec = (text: string) =>
  /^[\x21-\x7e]{1,253}$/.test(text) && !/[,:/\\@"]/.test(text.replace(/%\{[^{}]{0,20}\}/g, "")) && text.includes(".")

export const hasMacro = (text: string) => text.includes("%")

/** How many questions the record itself causes, without those of what it includes. */
export const ownLookups = ({ terms }: SpfRecord) => terms.filter((term) => asks(term) && !isIdle(term, terms)).length

const asks = ({ name }: SpfTerm) => asking.has(name)

/** Where there is an `all`, nobody follows a `redirect=`, and nothing behind it is read (RFC 7208 5.1). */
function isIdle(term: SpfTerm, terms: readonly SpfTerm[]) {
  const all = terms.findIndex(({ name }) => name === "all")
  return all >= 0 && (term.name === "redirect" || terms.indexOf(term) > all)
}

/** What is read of it, in order. */
export const readTerms = ({ terms }: SpfRecord) => terms.filter((term) => !isIdle(term, terms))

/** Names whose own records count with this one. */
export const followed = (record: SpfRecord) =>
  readTerms(record)
    .filter(({ name, value }) => (name === "include" || name === "redirect") && !hasMacro(value))
    .map(({ value }) => value.toLowerCase().replace(/\.$/, ""))

export const hasUnknown = (record: SpfRecord) =>
  readTerms(record).some(({ name, value }) => (name === "include" || name === "redirect") && hasMacro(value))

function networkFrom(text: string, name: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | null {
  const [address = "", bits, ...more] = text.split("/")
  const isFour = name === "ip4"
  if (more.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return null
  if (isFour ? !ipaddr.IPv4.isValidFourPartDecimal(address) : !ipaddr.IPv6.isValid(address)) return null
  const length = bits === undefined ? (isFour ? 32 : 128) : Number(bits)
  return length <= (isFour ? 32 : 128) ? [ipaddr.parse(address), length] : null
}

/** Whether a mechanism lets a sender in that another one names: the same, or a network that holds its address. */
export function covers(term: SpfTerm, wanted: SpfTerm): boolean {
  if (term.qualifier !== "+" || term.name !== wanted.name) return false
  if (term.name !== "ip4" && term.name !== "ip6") return sameName(term.value, wanted.value)
  const [net, one] = [networkFrom(term.value, term.name), networkFrom(wanted.value, term.name)]
  if (!net || !one || net[1] > one[1]) return false
  const [a, b] = [net[0].toByteArray(), one[0].toByteArray()]
  return bitsOf(a).slice(0, net[1]) === bitsOf(b).slice(0, net[1])
}

/** Lets in whoever asks, or nearly: `+all`, or a network that is most of the internet. */
export const isOpenToAll = (record: SpfRecord) =>
  readTerms(record).some(({ name, qualifier, value }) => {
    if (qualifier !== "+") return false
    if (name !== "ip4" && name !== "ip6") return name === "all"
    return (networkFrom(value, name)?.[1] ?? 32) < 3
  })

const sameName = (a: string, b: string) => a.toLowerCase().replace(/\.$/, "") === b.toLowerCase().replace(/\.$/, "")
const bitsOf = (bytes: number[]) => bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("")

/** The record with more senders let in, and everything that was there where it was. */
export function withSenders({ text, terms }: SpfRecord, senders: readonly string[]): string {
  const all = terms.find(({ name }) => name === "all")
  const before = all ?? terms.find(({ kind }) => kind === "modifier")
  const at = before ? terms.indexOf(before) : terms.length
  const words = terms.map((term) => term.text)
  return [text.slice(0, 6), ...words.slice(0, at), ...senders, ...words.slice(at)].join(" ")
}
