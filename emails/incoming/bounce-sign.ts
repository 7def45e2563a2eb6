import type { Machinery } from "./automatic.ts"
import { bounceSentences, bounceTitles } from "./bounce-titles.ts"
import { firstOf } from "./email.ts"
import { plainWords, saysOne } from "./phrases.ts"
import { hasNullSender, isAnswerTitle, isDaemon, isHandwritten, isKeeper } from "./sender-kind.ts"

/**
 * What makes a mail without a report a bounce; the less its sender proves, the more its words must. A person's mail
 * never is one, whatever they quote: the worst mistake is to silence a customer.
 */
export function bounceSign(mail: Machinery): string | null {
  const { headers, from, subject, text } = mail
  if (isDeliveryReport(mail)) return "it is a delivery report"
  const daemon = isDaemon(from)
  if (!daemon && isHandwritten(mail)) return null
  if (headers.has("x-failed-recipients")) return "it names failed recipients"
  const start = text.slice(0, 4000)
  const titled = saysOne(plainWords(subject), bounceTitles)
  const told = saysOne(plainWords(start), bounceSentences)
  const formed = isFormed(start)
  const returned = mail.attachments.some(({ contentType }) => contentType === "message/rfc822")
  // A list server's ordinary mail tells of failures often enough.
  if (headers.has("x-mlserver") && !daemon) return titled ? "a list server refused it" : null
  if (isMailSystem(mail) && (titled || told || formed || returned || isFailureTitle(subject)))
    return "a mail system reports a failed delivery"
  const isNobody = hasNullSender(mail)
  if (isNobody && ((titled && (formed || returned || start.includes("@"))) || (formed && told)))
    return "a mail system reports a failed delivery"
  const isPlain = isAnswerTitle(subject) || isPersonal(start)
  return titled && told && (formed || returned) && !isPlain ? "it reports a failed delivery" : null
}

const isMailSystem = ({ from }: Machinery) => isDaemon(from) || isKeeper(from)

export const isDeliveryReport = ({ headers }: Pick<Machinery, "headers">) =>
  /report-type\s*=\s*"?delivery-status/i.test(firstOf(headers, "content-type").slice(0, 2000))

/** A mail system's own short titles. */
const isFailureTitle = (subject: string) =>
  /fail|deliver|return|bounce|reject|notice|warning|error|problem|ошибк|エラー|錯誤|错误/i.test(subject.slice(0, 400))

/** Lines no person writes. */
const marks = [
  /^\s*-{3,}.{0,30}failed (?:recipients|addresses)/i,
  /^\s*-{3,}.{0,80}(?:fatal errors|transcript|below this line|returned|unsent|original message|delivery problems)/i,
  /^.{0,20}\b[45]\d\d[ -][45]\.\d\.\d/,
  /^\s*<[^<>\s]{1,320}@[^<>\s]{1,320}>:?\s*$/,
  /^\s*(?:Final-Recipient|Diagnostic-Code|Reporting-MTA):/i,
  /^.{0,60}(?:SMTP error|Remote host said|RCPT TO)/,
]
/** These lead to an address, or they are about parcels. */
const leads =
  /(?:deliver|reach|recipient|address|\buser|remis|zugestellt|entreg|recapit|bezorg|доставл|送|配).{0,60}[:：]?\s*$/i

function isFormed(start: string) {
  const lines = start.split("\n").slice(0, 80)
  if (lines.some((line) => marks.some((mark) => mark.test(line.slice(0, 400))))) return true
  return lines.some((line, i) => leads.test(line.slice(0, 400)) && isBareAddress(nextWords(lines, i)))
}

const nextWords = (lines: readonly string[], at: number) =>
  lines.slice(at + 1, at + 4).find((line) => line.trim() !== "") ?? ""

/** A line that is an address and little else. */
const isBareAddress = (line: string) =>
  /^[\s<"'*-]{0,12}[^\s@]{1,64}@[^\s@]{1,255}(?:\s<\S+@\S+)?[\s>"':;,.]{0,8}$/.test(line.slice(0, 400))

/** Greetings, farewells and an "I": a person tells of a bounce, or sends it on. */
const isPersonal = (start: string) =>
  /^[\s>]*(?:hi|hello|hey|dear (?!sender|user)\S+|good (?:morning|day|afternoon)|hallo|guten tag|liebe[rs]?|sehr geehrte|bonjour|hola|buen[oa]s|ciao|buongiorno|olá|bom dia|kind regards|best regards|regards|thanks|thank you|cheers|viele grüße|mit freundlichen|mfg|cordialement|saludos|saluti|-+ ?forwarded message|begin forwarded|weitergeleitete nachricht)\b/im.test(
    start,
  ) ||
  /(?:^|[^\p{L}])(?:I|I'm|I've|we|my|ich|wir|meine?|je|mon|ma|nous|mi|mio|minha)(?![\p{L}])/u.test(start.slice(0, 600))
