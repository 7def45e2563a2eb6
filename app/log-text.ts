/** Tokens wherever they stand: of a rating link, of an invitation or a session, of the API. */
const token = /(?<![\w-])(?:[a-z2-7]{26}|upturn_[\w-]+|(?![0-9a-f]{64}(?![\w-]))[\w-]{43,})(?![\w-])/gi
/** What follows the words that carry a token, in any spelling of the slash. */
const carried = /((?:\/|%(?:25)*2f|\\)(?:r|invitation|base-url)(?:\/|%(?:25)*2f|\\)+)[^\s"'`<>/?\\]{1,300}/gi
const query = /\?[^\s"'`<>]{1,8000}/g
const quoted = /"[^"\n]{41,}"/g
const longest = 500

/** Words for the log: no token, no query of an address, no long quotation (it may be a letter), and not without end. */
export const wordsInLog = (text: string, most = longest) =>
  text
    .slice(0, 8 * most)
    .replace(carried, "$1…")
    .replace(query, "?…")
    .replace(token, "…")
    .replace(quoted, '"…"')
    .slice(0, most)

/** The values of a line, each kept short; what is nested deeper than an error is left to its serializer. */
export const lineInLog = (line: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(line)
      .slice(0, 30)
      .map(([name, value]) => [name, valueInLog(value)]),
  )

function valueInLog(value: unknown): unknown {
  if (typeof value === "string") return wordsInLog(value)
  if (typeof value !== "object" || value === null || value instanceof Error || value instanceof Date) return value
  const text = JSON.stringify(value) ?? ""
  return text.length > longest ? wordsInLog(text) : value
}
