import { canonicalDomain, readableDomain } from "#app/models/people/domain.ts"
import type { Authenticity } from "#db/tables/mail.ts"
import { registeredDomain } from "./registered.ts"

/** What the checks of one mail found; null: not asked, or nothing to ask. */
export type Checks = {
  /** Of the one address in From; null: none, or several. */
  fromDomain: string | null
  fromCount: number
  /** `domain`: of the envelope's sender. Null: the client's address is not known, so nothing can be said. */
  spf: { result: string; domain: string } | null
  /** Domains with a signature that holds. */
  signedBy: readonly string[]
  dkim: string | null
  dmarc: { result: string; policy: string | null; strictSpf: boolean; strictDkim: boolean } | null
  /** Who sealed a chain that holds, last first. */
  arc: { result: string; sealedBy: readonly string[] } | null
  /** What a server of ours in front of the desk has found. */
  told: Told | null
}

export type Told = {
  by: string
  dmarc: string | null
  policy: string | null
  spf: string | null
  dkim: string | null
  /** The domain it looked at. */
  from: string | null
}

/**
 * How sure it is that a mail comes from the domain in its From. Nothing is concluded from what could not
 * be checked: without the client's address a missing SPF is no failure. `forwarders`: domains whose seal we believe.
 */
export function authenticityOf(checks: Checks, forwarders: readonly string[]): Authenticity {
  const { fromDomain, fromCount, told, spf, dkim, dmarc, arc } = checks
  const facts = {
    domain: fromDomain ?? "",
    policy: policyOf(told?.policy ?? dmarc?.policy ?? null),
    spf: spf?.result ?? told?.spf ?? null,
    dkim: dkim ?? told?.dkim ?? null,
    dmarc: told?.dmarc ?? dmarc?.result ?? null,
    arc: arc?.result ?? null,
  }
  const say = (level: Authenticity["level"], because: string): Authenticity => ({ ...facts, level, because })
  if (fromCount > 1) return say("fail", "It names several senders, which no mail program does.")
  if (fromDomain === null) return say("none", "It names no sender.")
  const proof = proofIn(checks, fromDomain)
  if (proof) return say("pass", `${fromDomain} vouches for this sender (${proof}).`)
  const sealer = arc?.result === "pass" ? arc.sealedBy.find((domain) => forwarders.includes(domain)) : undefined
  if (sealer) return say("pass", `${sealer}, which forwards to us, has checked this sender.`)
  if (told?.dmarc === "fail" || (spf && (dmarc?.result === "fail" || dmarc?.result === "pass")))
    return say("fail", `This mail does not pass the checks that ${fromDomain} asks for.`)
  if (dmarc?.result === "temperror" || spf?.result === "temperror")
    return say("temperror", "The checks could not be made: the name servers did not answer.")
  return say("none", "Nothing proves who sent it.")
}

function proofIn({ told, spf, signedBy, dmarc }: Checks, fromDomain: string): string | null {
  if (told) return told.dmarc === "pass" ? `as ${told.by} found` : null
  const strictDkim = dmarc?.strictDkim ?? false
  const strictSpf = dmarc?.strictSpf ?? false
  if (signedBy.some((domain) => isAligned(domain, fromDomain, strictDkim))) return "DKIM"
  if (spf?.result === "pass" && isAligned(spf.domain, fromDomain, strictSpf)) return "SPF"
  // Sisters under one organisation, which takes the public suffix list to know; strict domains want none of that.
  return dmarc?.result === "pass" && !strictDkim && !strictSpf ? "DMARC" : null
}

/**
 * RFC 7489 3.1: strict is the same domain; a relaxed one may be signed for from above or below, as far as one organisation
 * goes. Else a guest of github.io could speak as its host.
 */
const isAligned = (domain: string, from: string, isStrict: boolean) =>
  domain === from || (!isStrict && (isBelow(from, domain) || isBelow(domain, from)))

const isBelow = (domain: string, above: string) => domain.endsWith(`.${above}`) && registeredDomain(above) !== null

function policyOf(word: string | null): Authenticity["policy"] {
  const policy = word?.toLowerCase()
  return policy === "none" || policy === "quarantine" || policy === "reject" ? policy : null
}

/**
 * What a server of ours found, if it was about the domain we mean. One that compares letters as they came calls
 * "ｅxample.com" another domain than example.com and may find it honest: then we look for ourselves.
 */
export function toldAbout(told: Told | null, written: string, domain: string | null): Told | null {
  if (told?.dmarc !== "pass" || domain === null) return told
  const isPlain = [domain, readableDomain(domain)].includes(written.trim().toLowerCase().normalize("NFC"))
  const seen = told.from === null ? domain : canonicalDomain(told.from.slice(told.from.lastIndexOf("@") + 1))
  return isPlain && seen !== null && (seen === domain || isBelow(domain, seen)) ? told : null
}

type Line = { name: string; value: string }

/**
 * What servers of ours wrote above the mail (RFC 8601 section 5). Lines count from the top down to the first `Received`
 * that was not written by one of them: everything below came with the mail and may say anything.
 */
export function toldBy(lines: readonly Line[], hops: readonly string[]): Told | null {
  if (hops.length === 0) return null
  for (const { name, value } of ours(lines, hops)) {
    if (name !== "authentication-results") continue
    const [, id = ""] = /^\s*([^\s;()]+)/.exec(withoutComments(value)) ?? []
    const by = nameOf(id)
    if (hops.includes(by)) return readResults(by, value)
  }
  return null
}

/** The lines our own servers wrote, from the top. */
export function ours(lines: readonly Line[], hops: readonly string[]): Line[] {
  const end = lines.findIndex(({ name, value }) => name === "received" && !isWrittenBy(value, hops))
  return end < 0 ? [...lines] : lines.slice(0, end)
}

function isWrittenBy(received: string, hops: readonly string[]) {
  const [, by = ""] = /(?:^|\s)by\s+([^\s;()]+)/i.exec(withoutComments(received)) ?? []
  const host = nameOf(by)
  return hops.some((hop) => host === hop || host.endsWith(`.${hop}`))
}

/** Ids that are no names of machines are compared as they stand. */
const nameOf = (id: string) => canonicalDomain(id) ?? id.toLowerCase()

const withoutComments = (value: string) => value.slice(0, 8000).replace(/\([^()]*\)/g, " ")

function readResults(by: string, value: string): Told {
  const bare = withoutComments(value)
  const result = (method: string) =>
    new RegExp(`(?:^|[;\\s])${method}\\s*=\\s*([a-z]+)`, "i").exec(bare)?.[1]?.toLowerCase() ?? null
  const policy =
    /\bp=(none|quarantine|reject)\b/i.exec(value)?.[1] ?? /policy\.[a-z-]*dmarc\s*=\s*([a-z]+)/i.exec(bare)?.[1]
  const from = /\bheader\.from\s*=\s*"?([^\s;"]+)/i.exec(bare)?.[1] ?? null
  const rest = { spf: result("spf"), dkim: result("dkim"), from }
  return { by, dmarc: result("dmarc"), policy: policy?.toLowerCase() ?? null, ...rest }
}
