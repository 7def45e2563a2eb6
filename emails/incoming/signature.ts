/** What people and programs put under a mail, below which nothing new is said. */

/** "Sent from my phone", in as many words as phones have. */
const device =
  /^(?:sent from|sent with|sent via|get outlook for|von meinem|gesendet (?:von|mit)|diese nachricht wurde von meinem|envoyé (?:de|depuis|avec|à partir)|télécharge|enviado (?:desde|do|de|a partir)|inviato da|verzonden (?:vanaf|via|met|vanuit)|verstuurd vanaf|skickat från|sendt fra|wysłane? z|отправлено (?:с|из)|lähetetty|odesláno z|iphone ?から送信|发自我的)(?:\s|$)/iu
const name = /^-{1,2}\s?\p{Lu}[\p{L}.'’-]*(?:\s\p{Lu}[\p{L}.'’-]*){0,3}$/u
const mobile = /^(?:sent from|get outlook|sent with|sent via)\b/i

/** The lines up to the signature, if there is one. Only short ends count: a long one is more likely said than signed. */
export function withoutSignature(lines: readonly string[]): readonly string[] {
  const kept = cutAtMark(lines)
  const end = lastText(kept)
  const from = Math.max(0, end - 8)
  for (let i = from; i <= end; i++) if (isDevice(kept[i] ?? "") && i > 0) return kept.slice(0, i)
  return end > 0 && name.test((kept[end] ?? "").trim()) && !(kept[end] ?? "").startsWith("- ")
    ? kept.slice(0, end)
    : kept
}

function cutAtMark(lines: readonly string[]) {
  for (let i = 0; i < lines.length; i++) {
    const below = mark(lines[i] ?? "")
    if (below > 0 && countText(lines, i + 1, below) <= below) return lines.slice(0, i)
  }
  return lines
}

/** At most how many lines may stand under this mark for it to be one; 0 for any other line. */
function mark(line: string) {
  if (line === "-- ") return 60
  const bare = line.length < 12 ? line.trim() : ""
  if (bare === "--") return 25
  return bare === "—" || bare === "–" || bare === "__" || bare === "---" ? 10 : 0
}

function isDevice(line: string) {
  const text = line.trim()
  return text.length < 120 && (device.test(text) || mobile.test(text)) && !/[.!?]\s+\p{Lu}/u.test(text)
}

function lastText(lines: readonly string[]) {
  for (let i = lines.length - 1; i >= 0; i--) if ((lines[i] ?? "").trim() !== "") return i
  return -1
}

/** Lines with words from `from` on; counting stops once it is more than `most`. */
function countText(lines: readonly string[], from: number, most: number) {
  let count = 0
  for (let i = from; i < lines.length && count <= most; i++) if ((lines[i] ?? "").trim() !== "") count++
  return count
}
