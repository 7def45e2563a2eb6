import type { Machinery } from "./automatic.ts"
import { addressesIn, toOf } from "./bounce-addresses.ts"
import { decodeReport } from "./bounce-report.ts"
import { causeIn, causeOf, isFinal, statusIn } from "./bounce-words.ts"
import type { BouncedRecipient } from "./email.ts"
import { phrasesIn, plainWords, saysOne } from "./phrases.ts"

/** Where the notice ends and what it returns begins. */
const original =
  /^[\s>]{0,20}(?:-{2,}.{0,60}(?:original|below this line|copy of|returned message|message (?:header|body|text|follows)|header|unsent message|included|forwarded|offending)|(?:the )?(?:original|your|returned|rejected|undelivered) (?:message|mail|header).{0,40}(?:follows|below|attached|:)|return-path:|received: (?:from|by)|message header|---+ ?-*$|_{20,}|text of (?:the )?message|content of|begin (?:original|message)|headers? (?:of|follow)|\[?message text\]?|x-mailer:|mime-version:)/i

/** The addresses a notice without fields says it could not reach, with the reason nearest to each. */
export function failedIn(mail: Machinery): BouncedRecipient[] {
  const lines = noticeOf(mail.text)
  const named = addressesIn((mail.headers.get("x-failed-recipients") ?? []).join(","))
  const ways = [named, pick(mail, lines), localNamesIn(mail, lines), addressedIn(mail, lines), listOf(mail)]
  const found = ways.find(({ length }) => length > 0)
  const isStillTrying = isWarning(mail.subject, lines)
  const each = [...new Set(found)]
  return each.map((one) => recipientAt(one, toldOf(one, lines, each.length === 1), isStillTrying))
}

export function noticeOf(text: string): string[] {
  const lines = text.slice(0, 32_000).split("\n").slice(0, 400)
  const first = lines.findIndex((line) => line.trim() !== "")
  const end = lines.findIndex((line, i) => i > first + 1 && original.test(line) && hasAddress(lines, i))
  return lines.slice(0, end < 0 ? 200 : end).map((line) => line.slice(0, 1000))
}

/** A rule only ends a notice that has already named somebody. */
const hasAddress = (lines: readonly string[], before: number) =>
  lines.slice(0, before).some((line) => line.includes("@"))

/** Lines about a failure come first; if none names anybody, whoever is named. */
function pick({ from, headers }: Machinery, lines: readonly string[]) {
  const senders = new Set(from.map((sender) => sender.address.toLowerCase()))
  const receivers = new Set(addressesIn((headers.get("to") ?? []).join(",")))
  const tells = lines.map((line) => causeIn(line) !== null)
  const all = lines.flatMap((line, i) =>
    addressesIn(line).map((one) => ({ one, strength: strength(lines, tells, i, one) })),
  )
  const known = all.filter(({ one }) => !senders.has(one) && !isDaemon(one))
  const others = known.filter(({ one }) => !receivers.has(one))
  const candidates = others.length > 0 ? others : known
  const best = Math.max(0, ...candidates.map((candidate) => candidate.strength))
  return best > 0 ? candidates.filter(({ strength }) => strength === best).map(({ one }) => one) : []
}

/** How surely an address is what failed: alone on its line, or in a line that tells a failure, or near one. */
function strength(lines: readonly string[], tells: readonly boolean[], at: number, one: string) {
  const line = (lines[at] ?? "").toLowerCase()
  const before = line.slice(0, line.indexOf(one))
  if (/(?:generated|expanded) from\W{0,4}$/.test(before)) return 3
  if (/(?:\bfrom|sender|reply-to|contact|postmaster)\b[\s:<"'(]{0,9}$/.test(before)) return 0
  if (/^\s*to\s*:/.test(line) && /^\s*(?:subject|cc|date|sent)\s*:/i.test(lines[at + 1] ?? "")) return 1
  const rest = line.replace(one, "")
  const isAlone = !/[\p{L}\d]{2}/u.test(rest.replace(/\b(rfc822|smtp|to|recipient|rcpt)\b/g, ""))
  const near = [at - 2, at - 1, at + 1, at + 2].some((other) => tells[other])
  if (isAlone && near) return 4
  if (/^[\s<"'(*>:-]*$/.test(before) && /[:.]/.test(rest)) return 4
  if (tells[at] || /\b[45]\d\d\b/.test(rest) || saysOne(plainWords(rest), failing)) return 3
  return isAlone ? 3 : near ? 2 : 1
}

const failing = phrasesIn("unable to deliver | could not deliver | undeliverable to | failed to | not delivered to")

const isDaemon = (one: string) => /^(mailer-?daemon|postmaster|mdaemon)@/.test(one)

/** Old systems name their own people without the domain, each alone on a line under "to the following:". */
function localNamesIn({ from }: Machinery, lines: readonly string[]) {
  const [, domain = ""] = (from[0]?.address ?? "").toLowerCase().split("@")
  const at = lines.findIndex((line) => /(?:recipient|address|user|deliver).{0,200}:\s*$/i.test(line))
  const [, name] =
    at < 0 ? [] : (/^\s*["'<]?([\w.+-]{2,64})[>"']?\s*$/.exec(lines[at + 1] || (lines[at + 2] ?? "")) ?? [])
  return name && domain ? [`${name.toLowerCase()}@${domain}`] : []
}

/** Whoever the returned mail was to, if that was one. */
function addressedIn({ attachments, text }: Machinery, notice: readonly string[]) {
  const returned = attachments.find(({ contentType }) => /^(message\/rfc822|text\/rfc822-headers)$/.test(contentType))
  const words = returned
    ? decodeReport(returned.bytes.subarray(0, 32 * 1024))
    : text.slice(notice.join("\n").length, 32_000)
  const to = toOf(words)
  return to.length === 1 ? to : []
}

/** A list server writes from its keeper's address about the list. */
const listOf = ({ headers, from }: Machinery) =>
  headers.has("x-mlserver")
    ? from.map(({ address }) => address.toLowerCase().replace(/-(?:admin|ctl|owner)@/, "@"))
    : []

/** "Still trying" is no failure yet. */
function isWarning(subject: string, lines: readonly string[]) {
  return saysOne(plainWords(subject), waitingTitles) || saysOne(plainWords(lines.join("\n")), waiting)
}

const waitingTitles = phrasesIn(`
  delay | not yet | warning: could not | warning: message | warning - delivery | still being | verzögert | retardé
  retrasado | in ritardo | atrasad | vertraagd | försena | forsinket | задерж | 遅延 | 遅れ | 延迟 | 지연
`)
const waiting = phrasesIn(`
  this is a warning | this is just a warning | need to resend | need not resend | do not resend | will continue
  will keep trying | keep trying | will be retried | will try again | will retry | still being retried
  no action is required on your part | not yet been delivered | wird weiterhin | continuera | seguirá intentando
  continuerà | continuará a tentar | blijven proberen
`)

function recipientAt(address: string, words: string, isStillTrying: boolean): BouncedRecipient {
  const cause = causeOf(statusIn(words), words)
  const delayed = isStillTrying && !cause.hard
  const reason = cause.reason === "undefined" && delayed ? "expired" : cause.reason
  const status = cause.status || codeIn(words) || (delayed ? "4.0.0" : "5.0.0")
  return { address, status, hard: isFinal(cause) && !delayed, reason, delayed }
}

/** A server's bare answer tells at least whether it is for good. */
function codeIn(words: string) {
  const code = /(?:^|[\s(:#])([45])\d\d[\s-]/.exec(words)?.[1]
  return code ? `${code}.0.0` : ""
}

/** What a notice says of an address: of a single one the servers' own answers; else below it, above it, anywhere. */
export function toldOf(address: string, lines: readonly string[], isOnly: boolean) {
  const answers = lines
    .filter((line) => /^\W{0,12}(?:.{0,80}(?:said|responded|reply|with)\W{1,4})?[45]\d\d[\s-]/.test(line))
    .join("\n")
  if (isOnly && (causeIn(answers) ?? statusIn(answers))) return answers
  const at = lines.findIndex((line) => line.toLowerCase().includes(address.toLowerCase()))
  const below = at < 0 ? "" : lines.slice(at, belowEnd(lines, at, address)).join("\n")
  const above = at < 0 ? "" : lines.slice(Math.max(0, at - 4), at).join("\n")
  const told = [below, above].find((words) => causeIn(words) ?? statusIn(words))
  return told ?? (isOnly ? lines.join("\n") : below)
}

/** Up to the next address, which is told of on its own. */
function belowEnd(lines: readonly string[], at: number, address: string) {
  const next = lines.findIndex((line, i) => i > at && addressesIn(line).some((one) => one !== address.toLowerCase()))
  const least = causeIn(lines[at] ?? "") ? at + 1 : at + 2
  return Math.min(at + 8, next < 0 ? lines.length : Math.max(next, least))
}
