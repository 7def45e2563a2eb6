import parseField from "mailauth/lib/parse-dkim-headers.js"
import { readTags } from "./tag-list.ts"

/**
 * RFC 6376 6.1 lets a verifier bound what it looks at: each signature costs a question to name servers and arithmetic.
 * RFC 8617 allows fifty ARC sets; chains of more than a few hops are not seen outside of attacks.
 */
const most = { signatures: 10, sets: 10, head: 256 * 1024, lines: 5000, field: 8 * 1024 }
const arcNames = ["arc-seal", "arc-message-signature", "arc-authentication-results"]

export type SignedHead = {
  /** The header block without the signatures that are not looked at, for a verifier to read. */
  head: string
  /** The `b=` of the DKIM signatures that are, without blanks. */
  signatures: readonly string[]
  /** Whether there is a DKIM signature at all, looked at or not. */
  isSigned: boolean
  arc: "none" | "kept" | "refused"
}

type Field = { name: string; text: string }

/**
 * What of a mail's DKIM and ARC is worth verifying, decided before anything is: the ten topmost signatures, each well
 * formed, over From, over the whole body and by an algorithm RFC 8301 allows.
 */
export function signedHead(head: string): SignedHead {
  const fields = head.length > most.head ? null : fieldsOf(head)
  // Nothing of so much is looked at; what the mail is worth without any signature stays to be seen.
  if (fields === null) return { head: "", signatures: [], isSigned: true, arc: "refused" }
  const dkim = fields.filter(({ name }) => name === "dkim-signature")
  const looked = dkim.slice(0, most.signatures).flatMap((field) => {
    const b = usableSignature(field)
    return b === null ? [] : [{ field, b }]
  })
  const sets = fields.filter(({ name }) => arcNames.includes(name))
  const arc = sets.length === 0 ? "none" : isArcBearable(sets) ? "kept" : "refused"
  const isLeftOut = (field: Field) =>
    (field.name === "dkim-signature" && !looked.some((one) => one.field === field)) ||
    (arc === "refused" && arcNames.includes(field.name))
  const kept = fields.filter((field) => !isLeftOut(field))
  return {
    head: kept.map(({ text }) => text).join(""),
    signatures: looked.map(({ b }) => b),
    isSigned: dkim.length > 0,
    arc,
  }
}

/** With their line ends, cut as the verifier cuts: a line that begins with any white space goes on with the one above. */
function fieldsOf(head: string): Field[] | null {
  const lines = head.match(/[^\n]*\n|[^\n]+$/g) ?? []
  if (lines.length > most.lines) return null
  const fields: Field[] = []
  const parts: string[][] = []
  for (const line of lines) {
    const above = parts.at(-1)
    if (above && /^\s/.test(line)) {
      above.push(line)
      continue
    }
    parts.push([line])
    fields.push({ name: (/^[^:]+/.exec(line)?.[0] ?? "").trim().toLowerCase(), text: "" })
  }
  return fields.map(({ name }, i) => ({ name, text: parts[i]?.join("") ?? "" }))
}

const algorithms = ["rsa-sha256", "ed25519-sha256"]

/** The signature itself when it may count; null when it may not, whatever its arithmetic says. */
function usableSignature(field: Field): string | null {
  const tags = tagsOf(field)
  // RFC 6376 8.2: behind the part that l= signs anybody may write what they like.
  if (!tags || tags.has("l")) return null
  const signed = (tags.get("h") ?? "").toLowerCase().split(":")
  const isWhole = ["d", "s", "bh", "b"].every((name) => tags.get(name)) && tags.get("v") === "1"
  const isAllowed = isWhole && signed.includes("from") && algorithms.includes((tags.get("a") ?? "").toLowerCase())
  return isAllowed ? (tags.get("b") ?? null) : null
}

function isArcBearable(sets: readonly Field[]): boolean {
  if (sets.length > most.sets * arcNames.length) return false
  return sets.every((field) => {
    if (field.name === "arc-authentication-results") return !reachesPrototype(field.text)
    const tags = tagsOf(field)
    return tags !== null && !tags.has("l")
  })
}

/** Runs of separators are what the verifier's own expressions take squared time over. */
const tagsOf = ({ text }: Field) =>
  text.length > most.field || /[;:\s]{200}/.test(text) ? null : readTags(text.slice(text.indexOf(":") + 1))

/**
 * The verifier reads `a.b=c` in these results into nested objects, and through a name `__proto__` into every object there
 * is. Its own reader tells, with the underscores changed into something that leads nowhere.
 */
function reachesPrototype(text: string): boolean {
  const names = (value: unknown): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([name, inner]) => [name, ...names(inner)])
      : []
  return names(parseField(text.replaceAll("_", "~")).parsed).includes("~~proto~~")
}
