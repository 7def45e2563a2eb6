/** The block of header lines that a program puts above the mail it answers, in the words of its language. */

type Label = "from" | "date" | "to" | "subject"
const words: Record<Label, string> = {
  from: "from|von|de|de la|da|van|från|fra|od|от|от кого|від|lähettäjä|kimden|gönderen|expéditeur|remitente|mittente|afzender|avsändare|nadawca|odesílatel|odosielateľ|feladó|expeditor|saatja|no|nuo|από|pošiljatelj|dari|từ|מאת|من|差出人|送信者|发件人|寄件者|寄件人|보낸 사람|보낸사람|จาก",
  date: "sent|date|message du|received|gesendet|gesendet am|datum|envoyé|envoyé le|enviado|enviado el|enviado em|enviada|enviada em|enviat|fecha|data|data d'enviament|inviato|verzonden|skickat|sendt|dato|wysłano|wysłane|отправлено|дата|надіслано|lähetetty|päivämäärä|päiväys|tarih|gönderildi|odesláno|dátum|elküldve|trimis|saadetud|nosūtīts|išsiųsta|στάλθηκε|ημερομηνία|poslano|dikirim|tanggal|đã gửi|ngày|נשלח|תאריך|تم الإرسال|التاريخ|送信日時|日時|日付|发送时间|寄件日期|时间|日期|보낸 날짜|날짜|ส่ง|วันที่",
  to: "to|an|à|a|pour|para|per|aan|till|til|do|кому|vastaanottaja|kime|alıcı|cc|kopie|copie à|copia|kopia|kopi|cópia|komu|címzett|către|catre|kellele|kam|προς|za|kepada|tới|đến|אל|עותק|إلى|宛先|收件人|收件者|抄送|받는 사람|받는사람|ถึง",
  subject:
    "subject|betreff|objet|sujet|asunto|assunto|assumpte|oggetto|onderwerp|ämne|emne|temat|тема|aihe|konu|předmět|predmet|tárgy|subiect|teema|tēma|tema|θέμα|zadeva|subjek|perihal|chủ đề|נושא|الموضوع|件名|主题|主旨|제목|เรื่อง",
}
const labels = new Map<string, Label>(
  Object.entries(words).flatMap(([label, list]) => list.split("|").map((word) => [word, label as Label] as const)),
)

type Block = { kinds: Set<Label>; last: number; fromHasAddress: boolean; hasAddress: boolean; dateHasNumber: boolean }

/**
 * How many lines of the form `From: … Sent: … Subject: …` begin at `at`; 0 when that is not what they are. People write
 * "From: Bonn, To: Berlin, Date: 3 March" too: without a subject there must be an address, and with one at least a day.
 */
export function headerBlockAt(lines: readonly string[], at: number): number {
  const line = lines[at] ?? ""
  const first = labelOf(line)
  if (first === null) return 0
  if (first === "from" && isWholeBlock(line)) return 1
  const { kinds, last, fromHasAddress, hasAddress, dateHasNumber } = blockFrom(lines, at, first)
  if (!kinds.has("from") || last === at) return 0
  const opens = first === "from" || first === "date" || kinds.size === 4
  const isFull = kinds.size >= 3 && opens && (hasAddress || (kinds.has("subject") && dateHasNumber))
  const isBrief = first === "from" && fromHasAddress && (dateHasNumber || kinds.has("subject"))
  return isFull || isBrief ? last - at + 1 : 0
}

function blockFrom(lines: readonly string[], at: number, first: Label): Block {
  const block: Block = { kinds: new Set(), last: at, fromHasAddress: false, hasAddress: false, dateHasNumber: false }
  note(block, first, lines[at] ?? "", at)
  // A long list of recipients goes on over several lines.
  for (let i = at + 1; i <= block.last + 3 && i < at + 16; i++) {
    const line = lines[i] ?? ""
    const label = labelOf(line)
    if (label) note(block, label, line, i)
    else if (line.trim() !== "" && i > block.last + 1 && !line.includes("@")) break
  }
  return block
}

function note(block: Block, label: Label, line: string, at: number) {
  const shown = line.slice(0, 1000)
  const hasAddress = shown.includes("@")
  block.kinds.add(label)
  block.last = at
  block.hasAddress ||= hasAddress
  block.fromHasAddress ||= label === "from" && hasAddress
  block.dateHasNumber ||= label === "date" && /\d/.test(shown)
}

/** All of it run together on one line, as it gets when HTML is flattened. */
function isWholeBlock(line: string) {
  if (line.length > 1000) return false
  const kinds = new Set<Label>()
  for (const [, word = ""] of line.matchAll(/(?:^|[\s*>])([\p{L}]{1,12})\*{0,2}\s?:/gu)) {
    const label = labels.get(word.toLowerCase())
    if (label) kinds.add(label)
  }
  return kinds.size === 4 && /@|\d/.test(line)
}

/** `From: Dana <dana@customer.example>` and nothing else; below a drawn line that is enough. */
export const isSender = (line: string) =>
  line.length <= 300 && labelOf(line) === "from" && /[^\s<>:]@[\w.-]{3,200}[>\])"'*]{0,3}\s*$/.test(line)

/** Whether a line says who wrote what is below it. */
export const isFrom = (line: string) => labelOf(line) === "from"

function labelOf(line: string): Label | null {
  const [, word = ""] = /^[\s*>|]{0,8}([\p{L}\p{M}][\p{L}\p{M}' ]{0,18}?)[\s*]{0,3}[:：]/u.exec(line.slice(0, 60)) ?? []
  return word === "" ? null : (labels.get(word.toLowerCase()) ?? null)
}
