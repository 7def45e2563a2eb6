import type { Machinery } from "./automatic.ts"
import { notifiedBySes } from "./bounce-ses.ts"
import { firstOf } from "./email.ts"
import { hasNullSender, isAnswerTitle, isHandwritten, isRobot } from "./sender-kind.ts"

/** Somebody pressed "this is spam" on our mail: RFC 5965, and what providers send in its stead. */
export function complaintSign(mail: Machinery): string | null {
  const { headers, subject, attachments, from, text } = mail
  if (/report-type\s*=\s*"?feedback-report/i.test(firstOf(headers, "content-type").slice(0, 2000)))
    return "it is a feedback report"
  // A person may send a complaint on for us to look at.
  const isSentOn = !hasNullSender(mail) && (isAnswerTitle(subject) || isHandwritten(mail))
  if (isSentOn) return null
  if (attachments.some(({ contentType }) => contentType === "message/feedback-report")) return "it is a feedback report"
  if (headers.has("x-hmxmroriginalrecipient")) return "Hotmail says that its reader complained"
  if (titles.test(subject.slice(0, 200))) return "its subject says it is a complaint"
  if (/^feedback-type:\s*\S/im.test(text.slice(0, 20_000)) && /^version:\s*\d/im.test(text.slice(0, 20_000)))
    return "the fields of a feedback report stand in its text"
  return isRobot(from) && notifiedBySes(mail.text)?.kind === "complaint" ? "Amazon SES notifies of it" : null
}

/** With the address of a server behind it; a person complains in other words. */
const titles =
  /^(?:complaint about message from|e-?mail feedback report for ip|abuse report for ip)[\s:[]{1,3}[\da-f.:]{6,}/i
