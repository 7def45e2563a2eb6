import type { Authenticity } from "#db/tables/mail.ts"

export type SpamFacts = {
  /** What filters of ours in front of the desk have marked it as; null: nothing, or nobody we believe. */
  filter: string | null
  /** What people have said of its sender's address, and of its domain. */
  address: Rule
  domain: Rule
  /** A person has called this very mail none. */
  isCleared: boolean
}
type Rule = "block" | "welcome" | null

/** Why a mail is spam; null when it is not. What a person said of the mail or its sender beats a filter. */
export function spamSign({ filter, address, domain, isCleared }: SpamFacts): string | null {
  if (isCleared) return null
  if (address === "block") return "Its sender is blocked."
  if (address === "welcome") return null
  if (domain === "block") return "Its sender's domain is blocked."
  return domain === "welcome" || filter === null ? null : `A filter of ours has marked it: ${filter}.`
}

/**
 * Why a mail that would open a case is spam all the same: its domain asks that such mail be refused. One that points at a
 * case of the sender it claims is held there instead, for there it is somebody's business.
 */
export function disownedSign({
  level,
  policy,
  domain,
}: Pick<Authenticity, "level" | "policy" | "domain">): string | null {
  return level === "fail" && policy === "reject"
    ? `${domain} asks that mail like this be refused: it did not send it.`
    : null
}

type Line = { name: string; value: string }

/** The mark of a spam filter, in the header lines that servers of ours wrote. */
export function filterMark(lines: readonly Line[]): string | null {
  const found = lines.find(({ name, value }) => marks[name]?.test(value))
  return found ? `${found.name}: ${found.value.slice(0, 60)}` : null
}

const yes = /^\s*(?:yes|true|1)\b/i
const marks: Partial<Record<string, RegExp>> = {
  "x-spam-status": yes,
  "x-spam-flag": yes,
  "x-spam": yes,
  "x-rspamd-action": /^\s*(?:reject|add[ _]header|rewrite[ _]subject)\b/i,
  "x-ses-spam-verdict": /^\s*fail\b/i,
}
