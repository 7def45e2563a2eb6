import { type Told, tags } from "./dns-records.ts"
import type { SpfAdvice } from "./spf-advice.ts"

/**
 * What becomes of mail that fails, as DNS tells for the domain, else for the one it belongs to (RFC 7489 6.6.3). A first
 * record only watches; reports are left out, for thousands of them would come to a mailbox of the desk.
 */
export function dmarcAdvice(domain: string, told: Told, owner: { domain: string; told: Told } | null): SpfAdvice {
  if ("words" in told) return only("unknown", told.words)
  const found = told.texts.filter(isDmarc)
  const [text] = found
  if (found.length > 1)
    return only("other", "There are several DMARC records, and with more than one none counts. Keep one of them.")
  if (text !== undefined) return of(text)
  const almost = told.texts.find((one) => /^\W*v\s*=\s*dmarc/i.test(one))
  if (almost !== undefined)
    return only("other", `Found: ${almost}. It must begin with exactly v=DMARC1; so nobody reads it. Correct that.`)
  if (owner && "words" in owner.told) return only("unknown", owner.told.words)
  const theirs = owner?.told && "texts" in owner.told ? owner.told.texts.find(isDmarc) : undefined
  if (theirs !== undefined)
    return only("found", `${domain} has none of its own, so that of ${owner?.domain} holds for it: ${theirs}`)
  return { ...only("missing", "There is no DMARC record."), record: "v=DMARC1; p=none" }
}

function of(text: string): SpfAdvice {
  const { p = "" } = tags(text)
  if (/^(none|quarantine|reject)$/i.test(p)) return only("found", `Found: ${text}`)
  return only("other", `Found: ${text}. It asks for nothing: p= must be none, quarantine or reject.`)
}

const isDmarc = (text: string) => /^v=DMARC1\s*(;|$)/.test(text)
const only = (state: SpfAdvice["state"], words: string): SpfAdvice => ({ state, words, record: null })
