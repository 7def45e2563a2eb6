import { Tokenizer } from "htmlparser2"
import { markOf } from "./html-marks.ts"
import { type Line, Paper } from "./paper.ts"
import { Speakers } from "./speakers.ts"

/** Beyond this the rest of an HTML body is left to the HTML view. */
const longest = 2 * 1024 * 1024

const paragraphs = new Set("p h1 h2 h3 h4 h5 h6 ul ol dl table figure pre address fieldset".split(" "))
const blocks = new Set(
  "div section article header footer main nav aside tr form li dt dd center caption thead tbody tfoot body html".split(
    " ",
  ),
)
/** Never read by the person the mail was written to. Text until the closing tag is left out. */
const unseen = new Set("script style title noscript template svg math object iframe textarea select".split(" "))
const voids = new Set("img br hr input meta link area base col embed source track wbr".split(" "))

/**
 * The text a person reads in an HTML mail. Works on the tokenizer's events without a tree, so a million nested tags
 * cost no more than a million flat ones.
 */
export function htmlText(html: string): string {
  return new Reader(html.slice(0, longest)).read().text()
}

/** The same, each line with whoever speaks on it as the mail's program marked it. */
export function htmlLines(html: string): Line[] {
  return new Reader(html.slice(0, longest)).read().lines()
}

class Reader {
  #html: string
  #paper = new Paper()
  #speakers = new Speakers()
  #tag = ""
  #attributes = new Map<string, string>()
  #attribute = ""
  #value = ""
  #link: { url: string; from: string } | null = null
  #linkText = ""
  #skipping = ""
  #skipDepth = 0
  /** Words read and not yet written, as a stretch of the source: a page of nothing but `<` comes a letter at a time. */
  #from = 0
  #to = 0

  constructor(html: string) {
    this.#html = html
  }

  read(): Paper {
    const say = (text: string) => {
      this.#flush()
      this.#say(text)
    }
    const slice = (start: number, end: number) => this.#html.slice(start, end)
    const tokenizer = new Tokenizer(
      { decodeEntities: true },
      {
        ontext: (start, end) => this.#hold(start, end),
        ontextentity: (code) => say(String.fromCodePoint(code)),
        onopentagname: (start, end) => {
          this.#tag = slice(start, end).toLowerCase()
          if (this.#attributes.size > 0) this.#attributes.clear()
        },
        onattribname: (start, end) => {
          this.#attribute = slice(start, end).toLowerCase()
          this.#value = ""
        },
        onattribdata: (start, end) => {
          if (this.#value.length < 2000) this.#value += slice(start, end)
        },
        onattribentity: (code) => {
          this.#value += String.fromCodePoint(code)
        },
        onattribend: () => this.#attributes.set(this.#attribute, this.#value),
        onopentagend: () => this.#open(this.#tag),
        onselfclosingtag: () => this.#open(this.#tag),
        onclosetag: (start, end) => this.#close(slice(start, end).toLowerCase()),
        oncdata: (start, end, offset) => say(slice(start, end - offset)),
        oncomment: () => {},
        ondeclaration: () => {},
        onprocessinginstruction: () => {},
        onend: () => {},
      },
    )
    tokenizer.write(this.#html)
    tokenizer.end()
    this.#flush()
    return this.#paper
  }

  #hold(start: number, end: number) {
    if (start !== this.#to) {
      this.#flush()
      this.#from = start
    }
    this.#to = end
  }

  #flush() {
    if (this.#from < this.#to) this.#say(this.#html.slice(this.#from, this.#to))
    this.#from = this.#to
  }

  #say(text: string) {
    if (this.#skipping !== "") return
    if (this.#link && this.#linkText.length < 2000) this.#linkText += text
    this.#paper.write(text)
  }

  #open(tag: string) {
    this.#flush()
    if (this.#skipping !== "") {
      if (tag === this.#skipping) this.#skipDepth++
      return
    }
    if (!voids.has(tag) && (unseen.has(tag) || isHidden(this.#attributes.get("style")))) {
      this.#skipping = tag
      this.#skipDepth = 1
      return
    }
    const mark = this.#attributes.size === 0 ? null : markOf(tag, this.#attributes)
    this.#paper.speaks(this.#speakers.open(tag, voids.has(tag), mark))
    if (tag === "br") this.#paper.lineBreak()
    else if (tag === "hr") this.#paper.rule()
    else if (tag === "blockquote") this.#paper.quote(1)
    else if (tag === "img") this.#say(this.#attributes.get("alt") ?? "")
    else if (tag === "a") this.#openLink()
    else this.#openBlock(tag)
  }

  #openBlock(tag: string) {
    if (tag === "pre") this.#paper.preformatted(1)
    else if (tag === "td" || tag === "th") this.#paper.write(" ")
    else if (paragraphs.has(tag)) this.#paper.paragraph()
    else if (blocks.has(tag)) this.#paper.block()
    if (tag === "li") this.#paper.write("- ")
  }

  #close(tag: string) {
    this.#flush()
    if (this.#skipping !== "") {
      if (tag === this.#skipping && --this.#skipDepth === 0) this.#skipping = ""
      return
    }
    this.#closeBlock(tag)
    this.#paper.speaks(this.#speakers.close(tag))
  }

  #closeBlock(tag: string) {
    if (tag === "blockquote") this.#paper.quote(-1)
    else if (tag === "pre") this.#paper.preformatted(-1)
    else if (tag === "a") this.#closeLink()
    else if (tag === "p" || paragraphs.has(tag)) this.#paper.paragraph()
    else if (blocks.has(tag)) this.#paper.block()
  }

  #openLink() {
    const url = (this.#attributes.get("href") ?? "").trim()
    this.#link = /^https?:\/\//i.test(url) && url.length <= 300 ? { url, from: this.#tag } : null
    this.#linkText = ""
  }

  /** A link whose words do not say where it goes is followed by where it goes. */
  #closeLink() {
    const link = this.#link
    this.#link = null
    const said = this.#linkText.trim()
    if (link && said !== "" && !isSame(said, link.url)) this.#paper.write(` <${link.url}>`)
  }
}

const isHidden = (style: string | undefined) => style !== undefined && /display\s*:\s*none/i.test(style)

function isSame(said: string, url: string) {
  const bare = (text: string) =>
    text
      .replace(/^https?:\/\/(www\.)?/i, "")
      .replace(/\/$/, "")
      .toLowerCase()
  return bare(said) === bare(url)
}
