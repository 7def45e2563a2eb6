/** How mail programs introduce what they quote, in the languages our customers' programs speak. */

const verbs =
  "wrote|writes|schrieb|a écrit|ha escrito|escribió|va escriure|ha scritto|escreveu|schreef|skrev|napisał(?:\\(a\\)|a)?|" +
  "kirjoitti|napsal(?:\\(a\\)|a)?|írta|a scris|написал(?:\\(а\\)|а)?|пише|писал\\(а\\)|yazdı|şunu yazdı|έγραψε|写道|寫道|書きました|작성"
const verb = new RegExp(`(?:^|[\\s,(])(?:${verbs})(?:[\\s:,]|$)|写道|寫道|書きました`, "iu")
const verbAtEnd = new RegExp(`(?:${verbs})\\s*[:：]?\\s*$`, "iu")

/** Words such a line begins with. A join of several lines must begin with one, or any sentence could grow into one. */
const start =
  /^(?:on|le|el|il|em|am|op|den|d\.|på|w dniu|dnia|dne|în|в|am|at|(?:man|tir|ons|tor|fre|lør|søn|mån|tis|lör|sön|ma|ti|ke|to|pe|la|su|pon|wt|śr|czw|pt|sob|niedz|mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim)[\p{L}]*[.,]?|\d{1,4}[-./年])\s/iu
const dated = /\d/
const addressed = /[\w.+-]@[\w-]|<[^<>]*@|\[mailto:/i
/** `30.09.2017, 18.30, "John" <j@x>:` and `2017-11-24 16:32 GMT+01:00 Jo <j@x>:`, where no word says "wrote". */
const bareDate = /^\d{1,4}[-./年]\d{1,2}[-./月]\d{1,4}[日,.\s][^<>]{3,200}<[^<>\s]{3,200}>\s*:$/u

/** The end of an introduction whose line was broken before the `>` of its address. */
const brokenOff = /^>\s?[^<>]{0,30}:$/

const longest = 400

/** How many lines, from `at`, introduce a quote; 0 when the line does not begin such an introduction. */
export function attributionAt(lines: readonly string[], at: number): number {
  let joined = ""
  for (let count = 1; count <= 4; count++) {
    const line = lines[at + count - 1]?.trim()
    if (!line || (line.startsWith(">") && !(count > 1 && brokenOff.test(line)))) return 0
    joined = joined === "" ? line : `${joined} ${line}`
    if (joined.length > longest) return 0
    if (count === 1 && joined.startsWith("-") && !/^-+\s*on\s/i.test(joined)) return 0
    if (isAttribution(joined) && (count === 1 || start.test(joined))) return count
    // A sentence that ends on this line is not an introduction that goes on.
    if (/[.!?]$/.test(line) && !addressed.test(line)) return 0
  }
  return 0
}

function isAttribution(text: string) {
  if (bareDate.test(text)) return true
  if (!verb.test(text)) return false
  const ends = /[:：]$/.test(text) || verbAtEnd.test(text)
  return ends && ((dated.test(text) && start.test(text)) || addressed.test(text))
}

/** "Ann wrote:" alone proves nothing; with a quote right below, it does. */
export function isShortAttribution(line: string, next: string) {
  const text = line.trim()
  return next.startsWith(">") && text.length < 120 && /[:：]$/.test(text) && verb.test(text)
}

const originals =
  "original message|original-nachricht|ursprüngliche nachricht|originalnachricht|message d['’]origine|message original|" +
  "mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|ursprungligt meddelande|" +
  "oprindelig meddelelse|opprinnelig melding|wiadomość oryginalna|oryginalna wiadomość|исходное сообщение|" +
  "původní zpráva|alkuperäinen viesti|reply message|原始邮件|原始郵件|元のメッセージ"
const original = new RegExp(`^\\s*(?:[-_=*]{2,}\\s*)(?:${originals})(?:\\s*[-_=*]{2,})?\\s*:?\\s*$`, "iu")

/** Our own line, and what programs draw above the mail they answer. */
export function isDelimiter(line: string) {
  return line.includes("##- ") && /##- .{3,80} -##/.test(line.slice(0, 300)) ? true : original.test(line)
}

const forwarded =
  /^\s*(?:-{2,}\s*(?:forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|doorgestuurd bericht|vidarebefordrat meddelande|videresendt|przekazana wiadomość|пересылаемое сообщение).{0,40}|(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado|inizio messaggio inoltrato):?)\s*$/iu

/** What follows is handed on, not answered: it is what the sender has to say. */
export const isForward = (line: string) => forwarded.test(line)

type Label = "from" | "date" | "to" | "subject"
const words: Record<Label, string> = {
  from: "from|von|de|da|van|från|fra|od|от|от кого|lähettäjä|kimden|gönderen|expéditeur|remitente|mittente|afzender|avsändare|nadawca|差出人|发件人|寄件者|보낸 사람",
  date: "sent|date|gesendet|gesendet am|datum|envoyé|envoyé le|enviado|enviado el|enviado em|enviada|enviada em|fecha|data|inviato|verzonden|skickat|sendt|dato|wysłano|wysłane|отправлено|дата|lähetetty|päivämäärä|message du|tarih|送信日時|日時|发送时间|日期|보낸 날짜",
  to: "to|an|à|a|para|per|aan|till|til|do|кому|vastaanottaja|kime|cc|kopie|copie à|copia|kopia|cópia|宛先|收件人|받는 사람",
  subject:
    "subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|тема|aihe|konu|件名|主题|主旨|제목",
}
const labels = new Map<string, Label>(
  Object.entries(words).flatMap(([label, list]) => list.split("|").map((word) => [word, label as Label] as const)),
)

/** How many lines of the form `From: … Sent: … Subject: …` begin at `at`; 0 when fewer than three of the four kinds do. */
export function headerBlockAt(lines: readonly string[], at: number): number {
  const first = labelOf(lines[at] ?? "")
  if (first !== "from" && first !== "date") return 0
  const kinds = new Set<Label>([first])
  let last = at
  for (let i = at + 1; i <= last + 2 && i < at + 12; i++) {
    const label = labelOf(lines[i] ?? "")
    if (!label) continue
    kinds.add(label)
    last = i
  }
  return kinds.has("from") && kinds.size >= 3 ? last - at + 1 : 0
}

function labelOf(line: string): Label | null {
  const [, word = ""] = /^[\s*]{0,8}([\p{L}][\p{L} ]{0,18}?)[\s*]{0,3}[:：]/u.exec(line.slice(0, 60)) ?? []
  return labels.get(word.toLowerCase()) ?? null
}
