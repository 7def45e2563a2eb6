export type Item = { number: number | null; blocks: Block[] }
export type Block =
  | { kind: "text"; lines: string[] }
  | { kind: "blank" }
  | { kind: "code"; lines: string[] }
  | { kind: "quote"; blocks: Block[] }
  | { kind: "list"; isNumbered: boolean; items: Item[] }

/** Quotes and lists within each other; below that their signs are text. */
const deepest = 8

/** Each is looked at a bounded number of times: the line, its depth, and the search for where code ends. */
export function blocksOf(lines: readonly string[], depth = 0): Block[] {
  const blocks: Block[] = []
  const reader = { lines, depth, hasFence: true }
  for (let at = 0; at < lines.length; ) {
    const { block, next } = blockAt(reader, at)
    const last = blocks.at(-1)
    if (block.kind === "text" && last?.kind === "text") last.lines.push(...block.lines)
    else blocks.push(block)
    at = next
  }
  return blocks
}

type Reader = { lines: readonly string[]; depth: number; hasFence: boolean }
type Read = { block: Block; next: number }

function blockAt(reader: Reader, at: number): Read {
  const line = reader.lines[at] ?? ""
  if (line.trim() === "") return { block: { kind: "blank" }, next: at + 1 }
  const text: Read = { block: { kind: "text", lines: [line] }, next: at + 1 }
  if (/^```[^`]*$/.test(line)) return codeAt(reader, at) ?? text
  if (reader.depth >= deepest) return text
  if (isQuoted(line)) return quoteAt(reader, at)
  return itemIn(line) ? listAt(reader, at) : text
}

/** Signs that nothing closes are not there to make code of all that follows. */
function codeAt(reader: Reader, at: number): Read | null {
  const { lines } = reader
  let end = at + 1
  while (reader.hasFence && end < lines.length && !/^```\s{0,9}$/.test(lines[end] ?? "")) end++
  if (end < lines.length && reader.hasFence)
    return { block: { kind: "code", lines: lines.slice(at + 1, end) }, next: end + 1 }
  reader.hasFence = false
  return null
}

const isQuoted = (line: string) => /^>(?:[ >]|$)/.test(line)

/** Only lines that begin with the sign: words below a quote are the writer's own. */
function quoteAt({ lines, depth }: Reader, at: number): Read {
  let next = at
  while (isQuoted(lines[next] ?? "")) next++
  const inside = lines.slice(at, next).map((line) => line.replace(/^> ?/, ""))
  return { block: { kind: "quote", blocks: blocksOf(inside, depth + 1) }, next }
}

type Begun = { indent: number; width: number; number: number | null }

/** `- ` or `7. ` and words. A zero in front would be lost, and a line of dashes is a line somebody drew. */
function itemIn(line: string): Begun | null {
  const [mark, indent = "", sign = ""] = /^( {0,3})(-|0\.|[1-9]\d{0,8}\.) (?=\s{0,99}\S)/.exec(line) ?? []
  if (mark === undefined || /^[-\s]+$/.test(line)) return null
  return { indent: indent.length, width: mark.length, number: sign === "-" ? null : Number.parseInt(sign, 10) }
}

function listAt({ lines, depth }: Reader, at: number): Read {
  const items: Item[] = []
  let next = at
  let isNumbered: boolean | null = null
  for (let begun = itemIn(lines[next] ?? ""); begun; begun = itemIn(lines[next] ?? "")) {
    if (isNumbered !== null && isNumbered !== (begun.number !== null)) break
    isNumbered = begun.number !== null
    const inside = [(lines[next] ?? "").slice(begun.width)]
    for (next++; belongsTo(begun, lines[next] ?? ""); next++) inside.push(within(begun, lines[next] ?? ""))
    items.push({ number: begun.number, blocks: blocksOf(inside, depth + 1) })
  }
  return { block: { kind: "list", isNumbered: isNumbered === true, items }, next }
}

const belongsTo = ({ indent }: Begun, line: string) =>
  line.trim() !== "" && (line.startsWith("\t") || line.startsWith(" ".repeat(indent + 2)))

function within({ width }: Begun, line: string) {
  if (line.startsWith("\t")) return line.slice(1)
  const blanks = line.length - line.trimStart().length
  return line.slice(Math.min(blanks, width))
}
