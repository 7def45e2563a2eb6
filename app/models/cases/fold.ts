/** Marks that are written above or below a letter and left out as often: Latin, Greek, Cyrillic, Hebrew, Arabic. */
const marks = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g
const alone: Record<string, string> = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ħ: "h", ı: "i", ς: "σ" },
}
const ownLetters = new RegExp(`[${Object.keys(alone).join("")}]`, "g")
const arabicDigits = /[\u0660-\u0669\u06f0-\u06f9]/g

/** One spelling for what people write in several: capitals, accents, width, ligatures. */
export function fold(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what needs no more than lower case
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase()
  return text
    .normalize("NFKD")
    .replace(marks, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(ownLetters, (letter) => alone[letter] ?? letter)
    .replace(arabicDigits, (digit) => String(digit.charCodeAt(0) & 15))
}
