const voids = new Set("area base br col embed hr img input link meta param source track wbr".split(" "))
/** Elements a browser closes by itself when the next begins: a table of a thousand unclosed cells is sloppy, not deep. */
const selfEnding = new Set("p li dt dd option optgroup tr td th thead tbody tfoot rt rp".split(" "))

/**
 * Whether a page opens more elements within each other than a page made to be read does (mail.md 3.10). Follows what a
 * browser would build, roughly, in one pass: an end tag closes down to its start tag and is nothing without one.
 */
export function nestsDeeper(html: string, most: number): boolean {
  const open: string[] = []
  const counts = new Map<string, number>()
  for (const { name, closes } of tagsOf(html)) {
    const count = counts.get(name) ?? 0
    if (!closes) {
      open.push(name)
      counts.set(name, count + 1)
      if (open.length > most) return true
    } else if (count > 0) closeDownTo(name, open, counts)
  }
  return false
}

function closeDownTo(name: string, open: string[], counts: Map<string, number>) {
  for (let closed = open.pop(); closed !== undefined; closed = open.pop()) {
    counts.set(closed, (counts.get(closed) ?? 1) - 1)
    if (closed === name) return
  }
}

/** Start and end tags of elements that nest; comments skipped. */
function* tagsOf(html: string) {
  for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at + 1)) {
    if (html.startsWith("<!--", at)) {
      const end = html.indexOf("-->", at + 4)
      if (end < 0) return
      at = end
      continue
    }
    const [, slash, word] = /^<(\/?)([a-z][a-z0-9:_-]{0,40})/i.exec(html.slice(at, at + 44)) ?? []
    const name = word?.toLowerCase()
    if (name && !voids.has(name) && !selfEnding.has(name)) yield { name, closes: slash === "/" }
  }
}
