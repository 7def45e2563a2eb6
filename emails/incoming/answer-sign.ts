import type { Machinery } from "./automatic.ts"
import { answerTitles, awayTitles, challengeTitles } from "./away-words.ts"
import { firstOf, type Headers } from "./email.ts"
import { plainWords, saysOne } from "./phrases.ts"
import { hasNullSender, isAnswerTitle, isHandwritten, isRobot } from "./sender-kind.ts"

/** Headers that programs put on the answers they give. */
const replyHeaders = [
  ..."x-autoreply x-auto-reply x-autorespond x-auto-respond x-autoresponder x-auto-responder x-autoresponse".split(" "),
  ..."x-auto-response x-autoreply-from x-autoreply-domain x-mail-autoreply x-vacation x-away x-yahoo-autoreply".split(
    " ",
  ),
  ..."x-boxtrapper x-tmda-fingerprint x-askversion x-qconfirm x-spamarrest x-boxbe-challenge x-challenge".split(" "),
]

/** An answer a machine gave in somebody's name: out of office, a challenge, a receipt, an accepted invitation. */
export function answerSign(mail: Machinery): string | null {
  const { headers, attachments } = mail
  if (/^\s*auto-(replied|notified)/i.test(firstOf(headers, "auto-submitted")) && !isPersonsAnswer(mail))
    return "it says auto-replied"
  const named = replyHeaders.find((name) => headers.has(name) && !isNo(firstOf(headers, name)))
  if (named) return `it carries ${named}`
  if (/auto[_-]?reply/i.test(precedenceOf(headers))) return "its precedence is auto_reply"
  if (
    /\bvacation\b|auto-?(?:reply|respon)/i.test(firstOf(headers, "x-mailer").slice(0, 200)) ||
    (headers.get("delivered-to") ?? []).some((to) => /^autoresponder\b/i.test(to))
  )
    return "an autoresponder sent it"
  const isReceipt = /report-type\s*=\s*"?disposition-notification/i.test(
    firstOf(headers, "content-type").slice(0, 2000),
  )
  if (isReceipt || attachments.some(({ contentType }) => contentType === "message/disposition-notification"))
    return "it is a read receipt"
  if (isCalendarAnswer(mail)) return "it is a calendar's answer"
  return titleSign(mail)
}

/**
 * Ticket systems put the sign of an automatic answer (RFC 3834) on what their people write. Words in an answer's place
 * that say nothing of an absence or a receipt are taken for a person's: nobody may be silenced by a header.
 */
function isPersonsAnswer({ headers, subject, text, newText = text }: Machinery) {
  const isThreaded = headers.has("in-reply-to") || headers.has("references")
  const start = newText.trim().slice(0, 600)
  if (!isThreaded || !isAnswerTitle(subject) || start === "") return false
  const said = plainWords(start)
  const isReported = /vacation|leave-response/i.test(firstOf(headers, "auto-submitted").slice(0, 200))
  return !isReported && !saysOne(said, [...answerTitles, ...awayTitles]) && !machineWords.test(said)
}

/** As programs speak of themselves. */
const machineWords =
  /automat|auto-?repl|auto-?respon|do not reply|has been received|have received|received your|ticket (?:has been|was) (?:created|opened)|eingegangen|erhalten|accusons réception|hemos recibido|\b(?:away|absent|leave|vacation|holiday)\b/i

/**
 * Out of office by its subject, the weakest sign: a program's own title needs an answer to something or
 * a program's sign beside it, words that people write as well need the sign.
 */
function titleSign(mail: Machinery) {
  const { headers, subject, from } = mail
  const title = plainWords(subject).trimStart().replace(/^[[(]/, "")
  const isSigned = hasNullSender(mail) || isRobot(from) || isAutomated(headers)
  const begins = (words: readonly string[]) => words.some((word) => title.startsWith(word))
  if (isSigned && begins([...answerTitles, ...awayTitles])) return "its subject is an out-of-office notice's"
  if (hasNullSender(mail) && saysAway(mail)) return "its words are an out-of-office notice's"
  if (isSigned && saysOne(title, challengeTitles)) return "it asks its sender to prove to be a person"
  return isHandwritten(mail) || /[?？]\s*$/.test(title) ? null : plainTitleSign(title, headers)
}

/** By the words of a notice whose sender wants no answer; single words are too little. */
function saysAway({ text, newText = text }: Machinery) {
  const sure = awayTitles.filter((words) => words.includes(" "))
  return saysOne(plainWords(newText.trim().slice(0, 300)), sure)
}

/** A program's title, whole or with a colon behind it, on mail that bears no other sign. */
function plainTitleSign(title: string, headers: Headers) {
  const known = [...answerTitles, ...officeTitles].find((word) => title.startsWith(word))
  if (known === undefined) return null
  const rest = title.slice(known.length).replace(/^[\])\s]+/, "")
  const isAnswer = headers.has("in-reply-to") || headers.has("references")
  const isSure = answerTitles.includes(known) ? /^[:：-]/.test(rest) || (isAnswer && rest === "") : false
  return isSure || (isAnswer && /^[:：-]/.test(rest)) ? "its subject is an out-of-office notice's" : null
}

const officeTitles = ["out of office", "out of the office", "out-of-office"]

/** Of the headers, what only mail that no person sent carries. */
const isAutomated = (headers: Headers) =>
  /^\s*auto-gen/i.test(firstOf(headers, "auto-submitted")) ||
  /\b(?:bulk|junk)\b/i.test(precedenceOf(headers)) ||
  /\b(?:all|autoreply)\b/i.test(firstOf(headers, "x-auto-response-suppress"))

export const precedenceOf = (headers: Headers) =>
  `${firstOf(headers, "precedence")} ${firstOf(headers, "x-precedence")}`.slice(0, 200)

/** An invitation accepted or declined without a word of one's own; what is written beside it is a person's. */
function isCalendarAnswer({ attachments, text, subject }: Machinery) {
  const isReply = attachments.some(
    ({ contentType, bytes }) =>
      contentType === "text/calendar" &&
      /^METHOD:\s*REPLY\s*$/im.test(new TextDecoder().decode(bytes.subarray(0, 8000))),
  )
  const words = text.slice(0, 2000).trim()
  const isOnlyTitle = words === "" || words === subject.trim()
  return isReply && (isOnlyTitle || /\bhas (?:accepted|declined|tentatively accepted|replied)\b/i.test(words))
}

const isNo = (value: string) => /^(?:no|false|0)?$/i.test(value.trim())
