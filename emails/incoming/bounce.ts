import type { Machinery } from "./automatic.ts"
import { failedIn } from "./bounce-text.ts"
import { causeOf } from "./bounce-words.ts"
import { type BouncedRecipient, firstOf, type Machine } from "./email.ts"
import { pgText } from "./text.ts"

type Bounce = { because: string; facts: NonNullable<Machine["bounce"]> }

/** A notice that mail of ours did not arrive, or not yet: by its fields (RFC 3464), else by its words (mail.md 3.4). */
export function bounceOf(mail: Machinery): Bounce | null {
  const reports = mail.attachments.filter(({ contentType }) => /^message\/(global-)?delivery-status$/.test(contentType))
  const groups = reports.flatMap(({ bytes }) => recipientsIn(decode(bytes)))
  const failed = groups.filter(({ action }) => !/^(delivered|relayed|expanded)/.test(action))
  if (groups.length > 0 && failed.length === 0) return null
  const originalIds = idsIn(mail)
  if (failed.length > 0)
    return {
      because: "it carries a delivery report",
      facts: { recipients: once(failed.map(recipientOf)), originalIds },
    }
  const sign = bounceSign(mail)
  if (!sign) return null
  return { because: sign, facts: { recipients: once(failedIn(mail)), originalIds } }
}

type Group = { action: string; address: string; status: string; diagnostic: string }

/** The per-recipient groups of a delivery report. Real ones miss blank lines and fields, so each Final-Recipient opens one. */
function recipientsIn(report: string): Group[] {
  const groups: Group[] = []
  let group: Group = { action: "", address: "", status: "", diagnostic: "" }
  let original = ""
  for (const [name, value] of fieldsIn(report)) {
    const address = addressIn(value)
    const after = name === "original-recipient" && groups.length > 0 && group.action === "" && group.status === ""
    // What we sent to is the original recipient; the final one may be an alias we have never heard of.
    if (after && address.includes("@")) group.address = address
    else if (name === "original-recipient") original = address
    if (name === "final-recipient") {
      group = { action: "", address: original.includes("@") ? original : address, status: "", diagnostic: "" }
      groups.push(group)
      original = ""
    }
    if (name === "action") group.action = value.trim().toLowerCase()
    if (name === "status") group.status = /[245]\.\d{1,3}\.\d{1,3}/.exec(value)?.[0] ?? ""
    if (name === "diagnostic-code") group.diagnostic = value
  }
  return groups.length === 0 && group.action !== "" ? [{ ...group, address: original }] : groups
}

function fieldsIn(report: string): [string, string][] {
  return report
    .slice(0, 200_000)
    .replace(/\r\n?/g, "\n")
    .replace(/\n[ \t]+/g, " ")
    .split("\n")
    .flatMap((line): [string, string][] => {
      const colon = line.indexOf(":")
      return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : []
    })
}

function addressIn(value: string) {
  const bare = value
    .replace(/^[^;]*;/, "")
    .trim()
    .replace(/^<|>$/g, "")
  return /[^\s<>"]+@[^\s<>"]+/.exec(bare)?.[0]?.replace(/[<>.,;]+$/, "") ?? bare
}

function recipientOf({ address, status, diagnostic, action }: Group): BouncedRecipient {
  const near = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(diagnostic)?.[0]
  const better = near && (/\.0\.0$/.test(status) || status === "") ? near : status
  const cause = causeOf(better, diagnostic)
  const delayed = action.startsWith("delayed")
  return {
    address,
    status: cause.status,
    hard: cause.hard && !delayed,
    reason: cause.reason === "undefined" && delayed ? "expired" : cause.reason,
    delayed,
  }
}

const daemon = /^(mailer-?daemon|postmaster|mail-?delivery|mdaemon|mail-?daemon|maildelivery)\b/i
const subjects =
  /undeliver|deliver(?:y|ed)?.{0,30}(?:fail|problem|error|status|unsuccess|impossible|report)|fail(?:ed|ure).{0,20}(?:mail|deliver|notice|message)|returned (?:mail|to sender|message)|mail (?:delivery|system) |message (?:status|undeliverable|not delivered)|non[- ]?deliver|could not (?:be )?(?:send|deliver)|can(?:not|'t) (?:be )?deliver|not delivered|warning: could not send|unzustellbar|nicht zustellbar|delayed|delivery notification|user unknown|échec|non remis|no se ha podido|devuelto|mancata consegna|onbestelbaar|bounced?\b|rejected|undelivered|unknown (?:user|address)|mail ?error|nondeliverable|error sending|配信|送信エラー/i
const sentences =
  /this is the qmail-send program|could not be delivered|undeliverable|permanent (?:fatal )?error|delivery (?:to the following|failed|has failed|failure|status)|did not reach|was not delivered|unable to deliver|not able to deliver|has been (?:returned|rejected|undeliver)|returned (?:to sender|message)|failed to deliver|user unknown|unknown user|following (?:address|recipient|errors?)|can'?not be delivered|message delivery|having trouble|cannot be sent|your (?:e-?mail|mail|message).{0,60}(?:not|fail|return|reject|undeliver|problem)|no such user|delivery attempt|unrouteable|smtp error|not (?:yet )?been delivered/i

/** What makes a mail without a report a bounce. A person's address never does, whatever the words. */
function bounceSign({ headers, from, subject, text, envelopeFrom, attachments }: Machinery) {
  if (headers.has("x-failed-recipients")) return "it names failed recipients"
  if (/report-type="?delivery-status/i.test(firstOf(headers, "content-type"))) return "it is a delivery report"
  const [sender] = from
  const start = text.slice(0, 4000)
  const nobody = envelopeFrom === "" || /^\s*<\s*>\s*$/.test(firstOf(headers, "return-path"))
  const isDaemon =
    !sender || daemon.test(sender.address) || /mail(er)? ?(delivery|daemon)|postmaster/i.test(sender.name)
  const titled = subjects.test(subject)
  const told = sentences.test(start)
  const marked = marks.test(start)
  if (isDaemon && (titled || told || marked || /fail|deliver|return/i.test(subject)))
    return "a mail system reports a failed delivery"
  if (nobody && (titled || marked)) return "a mail system reports a failed delivery"
  // From an ordinary address only a machine's form counts: a customer may well write that a parcel was not delivered.
  const formed = marked || attachments.some(({ contentType }) => contentType === "message/rfc822")
  return titled && told && formed && !/^\s*(re|aw|fwd?|wg)\s*:/i.test(subject) ? "it reports a failed delivery" : null
}

/** Transcript lines no person writes. */
const marks =
  /^(?:\s*-{3,}.{0,30}failed (?:recipients|addresses)|.{0,60}could not be delivered to(?: the following (?:recipients?|users?|address(?:es)?))?:?\s*$|\s*-{3,}.{0,80}(?:fatal errors|transcript|below this line|returned|unsent|original message)|.{0,20}\b[45]\d\d[ -][45]\.\d\.\d|\s*<[^<>\s]+@[^<>\s]+>:?\s*$|\s*Final-Recipient:|.{0,60}(?:SMTP error|Remote host said|RCPT TO))/im

/** The ids of what failed: of the attached original first, then any quoted in the notice. */
function idsIn({ attachments, text }: Machinery) {
  const originals = attachments
    .filter(({ contentType }) => /^(message\/(rfc822|global)(-headers)?|text\/rfc822(-headers)?)$/.test(contentType))
    .map(({ bytes }) => decode(bytes.subarray(0, 64 * 1024)))
  const found = [...originals, text.slice(0, 200_000)].flatMap((words) =>
    [...words.matchAll(/^[ \t>|]{0,40}message-id:[ \t]*(?:\r?\n[ \t]+)?<?([^\s<>]{3,998})>?/gim)].map(
      ([, id = ""]) => id,
    ),
  )
  return [...new Set([...envelopeIdsIn(attachments), ...found])].slice(0, 20)
}

/** What we gave the sending server to be handed back (RFC 3461 4.4): our own id of the mail. */
function envelopeIdsIn(attachments: Machinery["attachments"]) {
  return attachments
    .filter(({ contentType }) => /^message\/(global-)?delivery-status$/.test(contentType))
    .flatMap(({ bytes }) => fieldsIn(decode(bytes.subarray(0, 64 * 1024))))
    .flatMap(([name, value]) => (name === "original-envelope-id" && value !== "" ? [value.replace(/^<|>$/g, "")] : []))
}

function once(recipients: BouncedRecipient[]) {
  const byAddress = new Map<string, BouncedRecipient>()
  for (const recipient of recipients) {
    const key = recipient.address.toLowerCase()
    const known = byAddress.get(key)
    if (!known || (known.reason === "undefined" && recipient.reason !== "undefined")) byAddress.set(key, recipient)
  }
  return [...byAddress.values()].slice(0, 100)
}

const decode = (bytes: Uint8Array) => pgText(new TextDecoder().decode(bytes.subarray(0, 1024 * 1024)))
