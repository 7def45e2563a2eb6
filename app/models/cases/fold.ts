/** The first letters of a fold, as the cleaner writes it: around one quote, or where all that follows is history. */
const boxed = "<details>"
const onward = '<details class="rest">'
const opening = '<details class="quoted"><summary title="Show the quoted part">…</summary>'

/** Blocks may not stand here; what is in them stays as it is. */
const tables = new Set(["table", "tbody", "thead", "tfoot", "tr", "colgroup", "ul", "ol", "dl"])
const voids = new Set(["img", "br", "hr", "wbr", "col"])

/**
 * Cleaned HTML with its history behind a fold that needs no script. Outlook marks only where the history begins: the
 * fold takes what is left of that box, and what follows the boxes around it is hidden with it by a rule of style.
 */
export function foldHistory(html: string): string {
  if (html.includes(boxed)) return html.replace(boxed, opening)
  const at = html.indexOf(onward)
  return at < 0
    ? html
    : html.slice(0, at) + opening + new Rest(openIn(html.slice(0, at))).wrap(html.slice(at + onward.length))
}

/** The words outside the fold: what must still be seen when it is closed. */
export const outsideFold = (html: string) =>
  html.replace(/<details class="quoted">[\s\S]*<\/details>/, " ").replace(/<div class="more">[\s\S]*$/, " ")

const tag = /<(\/?)([a-z][a-z0-9]*)[^<>]*>/g

function openIn(html: string) {
  const open: string[] = []
  for (const [, slash, name = ""] of html.matchAll(tag)) {
    if (slash === "/") open.pop()
    else if (!voids.has(name)) open.push(name)
  }
  return open
}

class Rest {
  #open: string[]
  /** How many elements lie open in the one whose end is the end of the fold. */
  #depth = 0
  #out: string[] = []
  #wrapper: "details" | "div" | null = "details"

  constructor(open: string[]) {
    this.#open = open
  }

  wrap(html: string) {
    let done = 0
    let isFirstEnd = true
    let inMarker = 1
    for (const found of html.matchAll(tag)) {
      const [all, slash, name = ""] = found
      this.#words(html.slice(done, found.index))
      done = found.index + all.length
      if (isFirstEnd && name === "details" && slash === "/" && --inMarker === 0) {
        // The fold goes on to the end of the box that its mark stands in.
        isFirstEnd = false
      } else if (slash === "/") this.#end(all)
      else this.#begin(all, name)
    }
    this.#words(html.slice(done))
    return this.#out.join("") + this.#closing()
  }

  #words(text: string) {
    if (text.trim() !== "") this.#wrapHere()
    this.#out.push(text)
  }

  #begin(all: string, name: string) {
    this.#wrapHere()
    this.#out.push(all)
    if (!voids.has(name)) this.#depth++
  }

  #end(all: string) {
    if (this.#depth > 0) {
      this.#depth--
      this.#out.push(all)
      return
    }
    this.#out.push(this.#closing(), all)
    this.#wrapper = null
    this.#open.pop()
  }

  #wrapHere() {
    if (this.#wrapper !== null || this.#depth > 0 || tables.has(this.#open.at(-1) ?? "")) return
    this.#out.push('<div class="more">')
    this.#wrapper = "div"
  }

  #closing() {
    return this.#wrapper === null ? "" : `</${this.#wrapper}>`
  }
}
