import { beginning, told, verb, verbAtEnd } from "./attribution-words.ts"
import { isReplyLine } from "./reply-line.ts"

/** How mail programs introduce what they quote: `On <date>, <name> wrote:`, in any of their languages and shapes. */

export const longest = 400
const address = /[\w.+-]@[\w-]|<[^<>]*@|\[mailto:/i
export const addressInBrackets = /[<([«"“‪‹]\s*(?:mailto:)?[^\s<>()[\]]{1,64}@[^\s<>()[\]]{1,200}\s*[>)\]»"”‬›]/u
export const time = /(?:^|\D)\d{1,2}\s?[:.h٫时時点시]\s?\d{2}(?:\D|$)/u
export const date = /\d{4}|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|[٠-٩۰-۹]{4}/u
const colonAtEnd = /[:：]\s*-{0,8}$/
/** One sentence ends and another begins, which none of the below does. */
const sentences = /\p{Ll}{4}[.!?]\s+\p{Lu}\p{Ll}*\s+\p{Ll}/u
/** Old programs end without a colon: `2013/10/2 Help <help@desk.example>`. */
const dateThenAddress =
  /^(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}年\d{1,2}月\d{1,2}日).{1,160}<[^<>\s@]{1,64}@[^<>\s]{1,200}>\s*:?$/u
const dateThenName = /^\d{4}-\d{2}-\d{2} \d{1,2}:\d{2} GMT[+-]\d{2}:\d{2} [^:]{1,100}:?$/
/** `Max Weber schrieb am 28. April 2017 um 11:53 Uhr:`, the writer before the date. */
const writerThenDate =
  /^[^:>]{1,120}\s(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|writes|kirjoitti)(?: the following)?\s(?:(?:on|am|le|el|il|em|op|den|at|in|d\.)\s|(?=\d)).{0,120}\d.{0,120}:$/iu
/** Lists and forums in between: `Ann via Help desk wrote:`, `Posted by ann on 01/21/2016`. */
const viaOrPosted =
  /^(?:[^:>]{1,100} via [^:>]{1,100} (?:wrote|schrieb)\s*:?|Posted by .{1,80} on \d{1,2}\/\d{1,2}\/\d{4})$/i
/** `---- Ann wrote ----`, as phones draw it. */
const dashed = /^-{3,8}\s?[^-].{0,120}[^-]\s?-{3,8}$/u
/** The end of an introduction whose line was broken before the `>` of its address. */
const brokenOff = /^>\s?[^<>]{0,30}:$/

/** How many lines, from `at`, introduce a quote; 0 when the line does not begin such an introduction. */
export function attributionAt(lines: readonly string[], at: number): number {
  let joined = ""
  for (let count = 1; count <= 4; count++) {
    const line = trimmed(lines[at + count - 1])
    if (line === "" || (line.startsWith(">") && !(count > 1 && brokenOff.test(line)))) return 0
    joined = joined === "" ? line : `${joined} ${line}`
    if (joined.length > longest || isListItem(joined)) return 0
    if (isAttribution(joined) && (count === 1 || mayGoOn(lines, at, joined))) return count
    // A sentence that ends on this line is not an introduction that goes on; "kl." and "10. Mar." are no such ends.
    if (/[.!?]$/.test(line) && !address.test(line) && !(beginning.test(joined) && date.test(joined))) return 0
  }
  return 0
}

/** Several lines are one introduction when they begin like one, or are a paragraph with all that programs write in it. */
const mayGoOn = (lines: readonly string[], at: number, joined: string) =>
  beginning.test(unboxed(joined)) ||
  (trimmed(lines[at - 1]) === "" && addressInBrackets.test(joined) && (isFull(joined) || verbAtEnd.test(joined)))

/** Lines of a mail may hold marks of direction and hard spaces, which nobody sees. */
export const trimmed = (line: string | undefined) =>
  line === undefined || line.length > longest
    ? (line ?? "").slice(0, longest + 1)
    : line
        .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
        .replace(/\u00a0|\u202f/g, " ")
        .trim()

/** `[On Tue, … wrote:]`, as some programs set it apart. */
const unboxed = (text: string) => (text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1).trim() : text)

const isListItem = (text: string) =>
  text.startsWith("-") && !dashed.test(text) && !/^-+\s*(?:on|am|le|el|il|em|op|at)\s/i.test(text)

export function isAttribution(line: string) {
  const text = unboxed(line)
  if (dateThenAddress.test(text) || dateThenName.test(text) || viaOrPosted.test(text)) return true
  if (sentences.test(text)) return false
  if (isFull(text)) return true
  const ends = colonAtEnd.test(text)
  if (ends && beginning.test(text) && date.test(text) && addressInBrackets.test(text)) return true
  if (!verb.test(text)) return false
  if (dashed.test(text) && verbAtEnd.test(text)) return true
  if (writerThenDate.test(text)) return true
  if (!ends && !verbAtEnd.test(text)) return false
  return (
    (isDated(text) && (beginning.test(text) || /[写寫]道\s?[:：]$/.test(text))) ||
    (address.test(text) && !/[.!?]\s/.test(afterAddress(text)))
  )
}

/**
 * Whether it is one even when no marked quote follows: programs write an address, or day and hour; people tell each other
 * what somebody wrote, too.
 */
export function isSure(lines: readonly string[]) {
  const text = unboxed(lines.map(trimmed).join(" "))
  if (address.test(text) || dashed.test(text) || viaOrPosted.test(text)) return true
  return date.test(text) && time.test(text) && !told.test(text)
}

/** An address between `<` and `>`, a date, a time and a colon: whatever the language, a program put that there. */
export const isFull = (text: string) =>
  colonAtEnd.test(text) && addressInBrackets.test(text) && date.test(text) && time.test(text)
const isDated = (text: string) => date.test(text) || time.test(text)
const afterAddress = (text: string) => text.slice(text.lastIndexOf("@"))

/** "Ann wrote:" alone proves nothing, and neither does a date in a language we do not know; a quote right below does. */
export function isShortAttribution(line: string, next: string) {
  if (!/^\s{0,3}>/.test(next) || line.length > longest) return false
  const text = unboxed(trimmed(line))
  if (!/[:：]$/.test(text)) return false
  return (text.length < 120 && verb.test(text)) || addressInBrackets.test(text) || (date.test(text) && time.test(text))
}

const originals =
  "original message|original-nachricht|ursprüngliche nachricht|originalnachricht|antwort nachricht|message d['’]origine|" +
  "message original|mensaje original|mensaxe orixinal|missatge original|messaggio originale|" +
  "mensagem original|oorspronkelijk bericht|origineel bericht|ursprungligt meddelande|originalmeddelande|" +
  "oprindelig meddelelse|oprindelig besked|opprinnelig melding|original melding|wiadomość oryginalna|" +
  "oryginalna wiadomość|исходное сообщение|оригинальное сообщение|пересылаемое сообщение|вихідне повідомлення|" +
  "původní zpráva|původní e-mail|pôvodná správa|alkuperäinen viesti|eredeti üzenet|mesaj original|mesajul original|" +
  "orijinal mesaj|özgün ileti|αρχικό μήνυμα|izvorna poruka|izvirno sporočilo|הודעה מקורית|الرسالة الأصلية|" +
  "reply message|pesan asli|tin nhắn gốc|原始邮件|原始郵件|原邮件|元のメッセージ|オリジナルメッセージ|원본 메시지|원본 메일"
const original = new RegExp(
  `^\\s{0,8}[-_=*\u2010-\u2015][-_=*\u2010-\u2015\\s]{1,80}(?:${originals})[-_=*\u2010-\u2015\\s]{0,80}:?\\s*$`,
  "iu",
)
/** As Chinese programs draw it in English, and flattened HTML leaves it: with less around it, it must be followed by labels. */
const originalDrawn = /^\s{0,8}-{10,30}\s?original\s?-{10,30}\s*$/i
const originalAlone = new RegExp(`^\\s{0,8}(?:begin )?(?:${originals})\\s*:?\\s*$`, "iu")
const delimiter = /##-\s.{3,80}\s-##/

/** Our own line, that of other desks, and what programs draw above the mail they answer. */
export function isDelimiter(line: string) {
  return line.length > 1000
    ? false
    : line.includes("##-")
      ? delimiter.test(line)
      : isOriginal(line) || isReplyLine(line)
}

const isOriginal = (line: string) => line.length <= 150 && (original.test(line) || originalDrawn.test(line))
export const isOriginalAlone = (line: string) => line.length <= 80 && originalAlone.test(line)

const handedOn =
  "forwarded (?:message|by|mail)|weitergeleitete (?:nachricht|e-mail|mail)|(?:message|courriel) transféré|mensaje reenviado|missatge reenviat|" +
  "messaggio inoltrato|mensagem (?:encaminhada|reencaminhada)|doorgestuurd bericht|vidarebefordra(?:t|de) (?:meddelande|meddelandet)|" +
  "videresend(?:t|te) (?:meddelelse|besked|melding)|videresendt|välitetty viesti|edelleen lähetetty viesti|(?:przekazana|przesłana dalej) wiadomość|" +
  "(?:přeposlaná|preposlaná) (?:zpráva|správa)|пере(?:сылаемое|сланное|адресованное) сообщение|переслане повідомлення|препратено съобщение|" +
  "továbbított üzenet|mesaj redirecționat|iletilmiş mesaj|iletilen (?:ileti|mesaj)|προωθημένο μήνυμα|posredovano sporočilo|proslijeđena poruka|" +
  "edastatud (?:kiri|sõnum)|הודעה שהועברה|(?:الرسالة|رسالة) (?:المُعاد|معاد|المعاد) توجيهها|pesan terusan|tin nhắn (?:đã )?chuyển tiếp|ข้อความที่ส่งต่อ|" +
  "転送(?:された)?メッセージ|转发(?:的)?邮件|轉寄(?:的)?郵件|轉寄的訊息|전달된 (?:메시지|메일)"
const handedOnBegin =
  "begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado|" +
  "inizio (?:del )?messaggio inoltrato|início da mensagem (?:encaminhada|reencaminhada)|begin doorgestuurd bericht|påbörja vidarebefordrat (?:meddelande|brev)|" +
  "vidarebefordrat brev|start på videresendt (?:besked|melding|e-post)|videresendt melding|välitetty viesti alkaa|alkaa välitetty viesti|początek przekazanej wiadomości|" +
  "začátek přeposílané zprávy|začiatok preposlanej správy|начало переадресованного сообщения|початок переадресованого повідомлення|" +
  "továbbított üzenet kezdete|începe mesajul redirecționat|yönlendirilen ileti(?:nin başlangıcı)?|αρχή προωθημένου μηνύματος|転送されたメッセージ|開始轉寄郵件|开始转发的邮件|전달된 메시지 시작"
const forwarded = new RegExp(`^\\s*(?:[-_]{2,40}\\s*(?:${handedOn}).{0,40}|(?:${handedOnBegin})\\s*[:：]?)\\s*$`, "iu")

/** What follows is handed on, not answered: it is what the sender has to say. */
export const isForward = (line: string) => line.length <= 200 && forwarded.test(line)
