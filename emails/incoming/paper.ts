/** Who is speaking on a line, as the HTML marks it; "said" where it marks nothing. */
export type Place = "said" | "introduction" | "quote" | "answer" | "rest" | "signature"
export type Line = { text: string; place: Place }

export const ruleLine = "—".repeat(9)

/**
 * Where text from HTML is written down: white space collapses as in a browser, blocks start lines, paragraphs leave a
 * blank one, quoted blocks carry `> `. Every character is handled once.
 */
export class Paper {
  #lines: string[] = []
  #places: Place[] = []
  #place: Place = "said"
  #rules = new Set<number>()
  /** Only ever added to until it ends: looking at a string that grows by a letter at a time would copy it each time. */
  #line = ""
  #afterSpace = true
  /** The line is only white space so far, which collapses away. */
  #fresh = true
  #wanted = 0
  #depth = 0
  #depthAbove = 0
  #preformatted = 0

  /** Whoever speaks from here on. */
  speaks(place: Place) {
    if (place === this.#place) return
    this.block()
    this.#place = place
  }

  /** Words as they stand in the source. */
  write(text: string) {
    if (this.#preformatted > 0) return this.#writeLines(text)
    // A single space is as it should be already; in most text nothing else stands.
    const collapsed = text.replace(/[ \t\r\n\f]{2,}|[\t\r\n\f]/g, " ")
    this.#append((this.#fresh || this.#afterSpace) && collapsed.startsWith(" ") ? collapsed.slice(1) : collapsed)
  }

  /** Ends the line, if one has been begun. */
  block() {
    if (!this.#fresh) this.#end()
  }

  /** Ends the line, and the next one has a blank line above it. */
  paragraph() {
    this.block()
    this.#wanted = Math.max(this.#wanted, 1)
  }

  /** A line end the writer asked for: two of them leave a blank line. */
  lineBreak() {
    if (this.#fresh) this.#start()
    this.#end()
  }

  /** A line drawn across: a blank one in the text, and told apart from others in the lines. Two are as one. */
  rule() {
    this.paragraph()
    if (this.#rules.has(this.#lines.length - 1) && this.#places.at(-1) === this.#place) return
    this.#lines.push("")
    this.#places.push(this.#place)
    this.#rules.add(this.#lines.length - 1)
  }

  quote(step: 1 | -1) {
    this.paragraph()
    this.#depth = Math.max(0, this.#depth + step)
  }

  preformatted(step: 1 | -1) {
    this.paragraph()
    this.#preformatted = Math.max(0, this.#preformatted + step)
  }

  text() {
    this.block()
    return this.#lines
      .join("\n")
      .replace(/\u00a0/g, " ")
      .replace(/\n{3,}/g, "\n\n")
      .trim()
  }

  /** Every line with whoever speaks on it; at most one blank line follows another. */
  lines(): Line[] {
    this.block()
    const lines: Line[] = []
    for (const [i, line] of this.#lines.entries()) {
      const text = this.#rules.has(i) ? ruleLine : line.replace(/\u00a0/g, " ").trimEnd()
      if (text !== "" || lines.at(-1)?.text !== "") lines.push({ text, place: this.#places[i] ?? "said" })
    }
    return lines
  }

  #writeLines(text: string) {
    const straight = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text
    let from = 0
    for (let end = straight.indexOf("\n"); end >= 0; end = straight.indexOf("\n", from)) {
      this.#append(straight.slice(from, end))
      this.lineBreak()
      from = end + 1
    }
    this.#append(straight.slice(from))
  }

  #append(words: string) {
    if (words === "") return
    this.#start()
    this.#line += words
    this.#afterSpace = words.endsWith(" ")
    this.#fresh = false
  }

  #start() {
    if (!this.#fresh) return
    if (this.#wanted > 0 && this.#lines.length > 0)
      this.#push(prefix(Math.min(this.#depthAbove, this.#depth)).trimEnd())
    this.#wanted = 0
    this.#depthAbove = this.#depth
    this.#line = prefix(this.#depth)
  }

  #push(line: string) {
    this.#lines.push(line)
    this.#places.push(this.#place)
  }

  #end() {
    this.#push(this.#line.trimEnd())
    this.#line = ""
    this.#afterSpace = true
    this.#fresh = true
  }
}

const prefix = (depth: number) => (depth === 0 ? "" : "> ".repeat(Math.min(depth, 20)))
