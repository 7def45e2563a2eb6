import type { Machinery } from "./automatic.ts"
import { decodeReport, fieldsIn, groupsIn, type ReportGroup } from "./bounce-report.ts"
import { notifiedBySes } from "./bounce-ses.ts"
import { bounceSign, isDeliveryReport } from "./bounce-sign.ts"
import { failedIn, noticeOf, toldOf } from "./bounce-text.ts"
import { causeIn, causeOf, isFinal, isGeneric, statusIn } from "./bounce-words.ts"
import type { BouncedRecipient, Machine } from "./email.ts"
import { hasNullSender, isAnswerTitle, isDaemon, isHandwritten, isRobot } from "./sender-kind.ts"

type Bounce = { because: string; facts: NonNullable<Machine["bounce"]> }

/** A notice that mail of ours did not arrive, or not yet: by its fields (RFC 3464), else by its words. */
export function bounceOf(mail: Machinery): Bounce | null {
  const groups = isSentOn(mail) ? [] : reportsIn(mail).flatMap(({ bytes }) => groupsIn(decodeReport(bytes)))
  const failed = groups.filter(isFailure)
  if (groups.length > 0 && failed.length === 0) return null
  if (failed.length > 0) {
    const told = toldBy(mail, failed)
    const isNamed = told.some(({ address }) => address.includes("@"))
    return bounce(mail, "it carries a delivery report", isNamed ? told : [...failedIn(mail), ...told].slice(0, 1))
  }
  const notified = isRobot(mail.from) ? notifiedBySes(mail.text) : null
  if (notified?.kind === "bounce") return bounce(mail, "Amazon SES notifies of it", notified.recipients)
  const sign = bounceSign(mail)
  if (!sign) return null
  const strayed = strayedIn(mail)
  return bounce(mail, sign, strayed.length > 0 ? toldBy(mail, strayed) : failedIn(mail))
}

/** The fields of a report that a gateway turned into text, or packed into an attached mail. */
function strayedIn({ text, attachments }: Machinery) {
  const packed = attachments.find(({ contentType }) => contentType === "message/rfc822")
  const places = [text.slice(0, 100_000), packed ? decodeReport(packed.bytes.subarray(0, 64 * 1024)) : ""]
  const reports = places.map((words) => (/^final-recipient:/im.test(words) ? groupsIn(words).filter(isFailure) : []))
  return reports.find(({ length }) => length > 0) ?? []
}

const bounce = (mail: Machinery, because: string, recipients: BouncedRecipient[]): Bounce => ({
  because,
  facts: { recipients: once(recipients), originalIds: idsIn(mail) },
})

const reportsIn = ({ attachments }: Machinery) =>
  attachments.filter(({ contentType }) => /^message\/(global-)?delivery-status$/.test(contentType))

/** A bounce that a person sends on for us to look at brings its report along as a file. */
function isSentOn(mail: Machinery) {
  const isMachines = isDeliveryReport(mail) || isDaemon(mail.from) || hasNullSender(mail)
  return !isMachines && (isAnswerTitle(mail.subject) || isHandwritten(mail))
}

/** Delivered, handed to a system without reports, and spread over a list are no failures (RFC 3464 2.3.3). */
const isFailure = ({ action, status }: ReportGroup) =>
  !/^(delivered|relayed|expanded|success)/.test(action) && !(action === "" && status.startsWith("2"))

const mostRecipients = 100

/** Each recipient of a report, its reason filled up from the words beside it where its own fields say little. */
function toldBy(mail: Machinery, groups: readonly ReportGroup[]) {
  const lines = noticeOf(mail.text)
  return groups
    .slice(0, mostRecipients)
    .map((group) => recipientOf(group, toldOf(group.address, lines, groups.length === 1)))
}

function recipientOf({ address, status, diagnostic, action }: ReportGroup, told: string): BouncedRecipient {
  const words = causeIn(diagnostic) ? diagnostic : `${diagnostic} ${told}`
  const near = statusIn(diagnostic) || statusIn(told)
  const cause = causeOf(isGeneric(status) && !isGeneric(near) ? near : status || near, words)
  const isDelayed = action.startsWith("delayed")
  return {
    address,
    status: cause.status || (isDelayed ? "4.0.0" : ""),
    hard: isFinal(cause) && !isDelayed,
    reason: cause.reason === "undefined" && isDelayed ? "expired" : cause.reason,
    delayed: isDelayed,
  }
}

/** The ids of what failed: of the attached original first, then any quoted in the notice. */
function idsIn(mail: Machinery) {
  const originals = mail.attachments
    .filter(({ contentType }) => /^(message\/(rfc822|global)(-headers)?|text\/rfc822(-headers)?)$/.test(contentType))
    .map(({ bytes }) => decodeReport(bytes.subarray(0, 64 * 1024)))
  const found = [...originals, mail.text.slice(0, 200_000)].flatMap((words) =>
    [...words.matchAll(/^[ \t>|]{0,40}message-id:[ \t]*(?:\r?\n[ \t]+)?<?([^\s<>]{3,998})>?/gim)].map(
      ([, id = ""]) => id,
    ),
  )
  return [...new Set([...envelopeIdsIn(mail), ...found])].slice(0, 20)
}

/** What we gave the sending server to be handed back (RFC 3461 4.4): our own id of the mail. */
const envelopeIdsIn = (mail: Machinery) =>
  reportsIn(mail)
    .flatMap(({ bytes }) => fieldsIn(decodeReport(bytes.subarray(0, 64 * 1024))))
    .flatMap(([name, value]) => (name === "original-envelope-id" && value !== "" ? [value.replace(/^<|>$/g, "")] : []))

function once(recipients: BouncedRecipient[]) {
  const byAddress = new Map<string, BouncedRecipient>()
  for (const recipient of recipients) {
    const key = recipient.address.toLowerCase()
    const known = byAddress.get(key)
    if (!known || (known.reason === "undefined" && recipient.reason !== "undefined")) byAddress.set(key, recipient)
  }
  return [...byAddress.values()].slice(0, mostRecipients)
}
