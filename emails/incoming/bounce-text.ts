import type { Machinery } from "./automatic.ts"
import { causeIn, causeOf } from "./bounce-words.ts"
import type { BouncedRecipient } from "./email.ts"

const address =
  /(?:^|[\s<("'`:;=[,|])((?:[\w.!#$%&'*+/=?^{|}~-]{1,64})@(?:[\w-]{1,63}\.){0,10}[\w-]{1,63})(?=$|[\s>)"'`:;,\].|?])/g

/** Where the notice ends and what it returns begins. */
const original =
  /^[\s>]*(?:-{2,}.{0,60}(?:original|below this line|copy of|returned message|message (?:header|body|text|follows)|header|unsent message|included|forwarded|offending)|(?:the )?(?:original|your|returned|rejected|undelivered) (?:message|mail|header).{0,40}(?:follows|below|attached|:)|return-path:|received: (?:from|by)|message header|---+ ?-*$|_{20,}|text of (?:the )?message|content of|begin (?:original|message)|headers? (?:of|follow)|\[?message text\]?|x-mailer:|mime-version:)/i

/** The addresses a notice without fields says it could not reach, with the reason nearest to each. */
export function failedIn({ headers, text, from, subject }: Machinery): BouncedRecipient[] {
  const notice = noticeOf(text)
  const named = addressesIn((headers.get("x-failed-recipients") ?? []).join(","))
  const senders = new Set(from.map((sender) => sender.address.toLowerCase()))
  const receivers = new Set(addressesIn((headers.get("to") ?? []).join(",")))
  const found = named.length > 0 ? named : pick(notice, (one) => !senders.has(one) && !isDaemon(one), receivers)
  const delayed = isWarning(subject, notice)
  return found.map((one) => ({ ...recipientAt(one, notice), delayed }))
}

function noticeOf(text: string) {
  const lines = text.slice(0, 100_000).split("\n").slice(0, 400)
  const first = lines.findIndex((line) => line.trim() !== "")
  const end = lines.findIndex((line, i) => i > first + 1 && original.test(line) && hasAddress(lines, i))
  return lines.slice(0, end < 0 ? 200 : end)
}

/** A rule only ends a notice that has already named somebody. */
const hasAddress = (lines: readonly string[], before: number) =>
  lines.slice(0, before).some((line) => line.includes("@"))

/** Lines about a failure come first; if none names anybody, whoever is named. */
function pick(lines: readonly string[], isOther: (address: string) => boolean, receivers: ReadonlySet<string>) {
  const all = lines.flatMap((line, i) => addressesIn(line).map((one) => ({ one, strength: strength(lines, i, one) })))
  const others = all.filter(({ one }) => isOther(one) && !receivers.has(one))
  const candidates = others.length > 0 ? others : all.filter(({ one }) => isOther(one))
  const best = Math.max(0, ...candidates.map((candidate) => candidate.strength))
  return [...new Set(candidates.filter((candidate) => candidate.strength === best).map(({ one }) => one))]
}

/** How surely an address is what failed: alone on its line, or in a line that tells a failure, or near one. */
function strength(lines: readonly string[], at: number, one: string) {
  const line = lines[at] ?? ""
  const rest = line.toLowerCase().replace(one, "")
  const isAlone = !/[\p{L}\d]{2}/u.test(rest.replace(/\b(rfc822|smtp|to|recipient|rcpt)\b/g, ""))
  const leads = /^[\s<"'(*>:-]*$/.test(rest.slice(0, line.toLowerCase().indexOf(one)))
  const near = [lines[at - 2], lines[at - 1], lines[at + 1], lines[at + 2]].some((other) => other && causeIn(other))
  if (isAlone && near) return 4
  if (leads && /[:.]/.test(rest)) return 4
  if (causeIn(rest) || /\b[45]\d\d\b/.test(rest)) return 3
  return isAlone ? 3 : near ? 2 : 1
}

function addressesIn(text: string) {
  return [...text.slice(0, 2000).matchAll(address)].map(([, one = ""]) => one.toLowerCase().replace(/^['`=|]+/, ""))
}

const isDaemon = (one: string) => /^(mailer-?daemon|postmaster|mdaemon)@/.test(one)

/** "Still trying" is no failure yet. */
function isWarning(subject: string, lines: readonly string[]) {
  if (/\b(delayed|delay|warning|not yet)\b/i.test(subject)) return true
  return /this is (?:just )?a warning|do not need to (?:re)?send|will (?:continue|keep|be retried)/i.test(
    lines.join("\n"),
  )
}

function recipientAt(address: string, lines: readonly string[]): Omit<BouncedRecipient, "delayed"> {
  const at = lines.findIndex((line) => line.toLowerCase().includes(address))
  const after = lines.slice(Math.max(0, at), at + 6).join("\n")
  const before = lines.slice(Math.max(0, at - 4), Math.max(0, at)).join("\n")
  const status = statusIn(after) || statusIn(before) || statusIn(lines.join("\n"))
  const words = causeIn(after) ? after : causeIn(before) ? before : lines.join("\n")
  const { reason, status: likely, hard } = causeOf(status, words)
  return { address, status: likely, hard, reason }
}

function statusIn(words: string) {
  const enhanced = /(?:^|[\s(#[<:-])([245]\.\d{1,3}\.\d{1,3})(?=$|[\s)>\],.:;-])/.exec(words)?.[1]
  return enhanced ?? ""
}
