const bidiControls = /[\u202a-\u202e\u2066-\u2069]/g
const controls = /[^\P{Cc}\t\n]/gu

/**
 * The one rule every string from a mail passes: PostgreSQL refuses U+0000 in text, and lone surrogates in jsonb.
 * Line ends become `\n`; of the control characters only tab and line end stay.
 */
export function pgText(text: string) {
  // Most of mail is plain ASCII, which none of the rest would change.
  if (/^[ -~\t\n]*$/.test(text)) return text
  return wellFormed(text.replace(/\r\n?/g, "\n").replace(controls, "")).normalize("NFC")
}

/** A subject, a name or a file name: one line, and nothing that could make it read other than it is stored. */
export function pgLine(text: string) {
  return pgText(text)
    .replace(bidiControls, "")
    .replace(/[\t\n]+/g, " ")
    .trim()
}

/** Without whatever of these characters stands at its end. By hand: an expression would look for them from everywhere. */
export function withoutEnd(text: string, characters: string) {
  let end = text.length
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

/** As String.prototype.toWellFormed, which Node 20 has and its TypeScript library does not. */
function wellFormed(text: string) {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
}
