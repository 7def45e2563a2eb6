/** RFC 3676: lines that end in a space go on in the next one of the same quote depth; `-- ` stays a line. */
export function unflow(text: string, space: "keep space" | "delete space"): string {
  const lines: string[] = []
  let open = false
  let depthAbove = 0
  for (const line of text.split("\n")) {
    const depth = /^>*/.exec(line)?.[0].length ?? 0
    const words = line.slice(depth).replace(/^ /, "")
    const isMark = words === "-- "
    const flows = words.endsWith(" ") && !isMark
    const piece = flows && space === "delete space" ? words.slice(0, -1) : words
    const last = lines.length - 1
    if (open && depth === depthAbove && !isMark) lines[last] = `${lines[last]}${piece}`
    else lines.push(depth > 0 ? `${">".repeat(depth)} ${piece}` : piece)
    open = flows
    depthAbove = depth
  }
  return lines.join("\n")
}
