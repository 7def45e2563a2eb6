import sanitize from "sanitize-html"
import { type Mark, markOf } from "#emails/incoming/html-marks.ts"
import { foldHistory, outsideFold } from "./fold.ts"

export type CleanMail = {
  html: string
  /** Images that would be fetched from elsewhere; left out until somebody asks for them. */
  remoteImages: number
  /** Whether it sets colours of its own: then it is shown on white, as its writer saw it. */
  hasColours: boolean
}

type Choices = {
  /** What a `cid:` of this mail is shown from; null when nothing of that name came with it. */
  inlineImage: (contentId: string) => string | null
  images: "own" | "all"
  quotes: "fold" | "show"
}

/** Longer than this is shown as text: cleaning is work done while somebody waits. */
export const htmlLimit = 1_000_000

/**
 * HTML from outside, made harmless by an explicit allow list. The frame it is shown in must stop everything as well,
 * by its own policy: either alone is enough (decisions 9).
 */
export function cleanHtml(dirty: string, { inlineImage, images, quotes }: Choices): CleanMail {
  let remoteImages = 0
  let folded = quotes === "show"
  const cleaned = sanitize(dirty, {
    ...allowed,
    transformTags: {
      a: (tagName, { href, title }) => ({ tagName, attribs: linkTo(href, title) }),
      img: (tagName, { src = "", ...rest }) => {
        const isRemote = /^(https?:)?\/\//i.test(src.trim())
        if (isRemote) remoteImages++
        const shown = isRemote ? (images === "all" ? overHttps(src) : null) : ownImage(src, inlineImage)
        return { tagName, attribs: shown ? { ...rest, src: shown } : rest }
      },
      "*": (tagName, attribs) => {
        if (tagName === "details") return { tagName: "div", attribs }
        const mark = folded ? null : markOf(tagName, { get: (name) => attribs[name] })
        if (mark === null || !ends.has(mark)) return { tagName, attribs }
        folded = true
        if (mark === "forward") return { tagName, attribs }
        return { tagName: "details", attribs: mark === "rest" ? { class: "rest" } : {} }
      },
    },
  })
  // No tag of that name gets through from outside, so every one of these is ours.
  return { html: foldHistory(cleaned), remoteImages, hasColours: colours.test(cleaned) }
}

/** The words of cleaned HTML without the folded quote: what must still be seen when it is folded. */
export function textOutsideQuote(html: string) {
  return sanitize(outsideFold(html).replace(/<(br|\/?(p|div|tr|td|li|h\d))\b/gi, " <$1"), {
    allowedTags: [],
    allowedAttributes: {},
  })
}

/**
 * Whether folding hid anything the customer wrote: answers between the lines of a quote stand inside it. `newText` is
 * what the message adds as the reader of the plain text saw it.
 */
export function foldHidesWords(html: string, newText: string) {
  const seen = new Set(wordsOf(textOutsideQuote(html)))
  const said = wordsOf(newText)
  return said.filter((word) => !seen.has(word)).length > said.length * 0.1
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []

const colours = /<[^<>]*[\s"](bgcolor=|color=|style="[^"<>]*(background|color):)/i
/** Where the words of this mail end: all but the last begin what is folded; a mail handed on is not. */
const ends = new Set<Mark>(["box", "closed box", "quote", "rest", "forward"])

function linkTo(href: string | undefined, title: string | undefined): sanitize.Attributes {
  const words = title ? { title } : {}
  const isOutside = /^\s*(https?:\/\/|mailto:|tel:)/i.test(href ?? "")
  return href && isOutside ? { ...words, href, target: "_blank", rel: "noopener noreferrer nofollow" } : words
}

const overHttps = (src: string) => src.trim().replace(/^(http:)?\/\//i, "https://")

function ownImage(src: string, inlineImage: Choices["inlineImage"]) {
  const id = /^cid:(.{1,500})$/i.exec(src.trim())?.[1]
  if (id) return inlineImage(decoded(id))
  return /^data:image\/(png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]+$/i.test(src) ? src : null
}

function decoded(text: string) {
  try {
    return decodeURIComponent(text)
  } catch {
    // A percent sign that encodes nothing is part of the name.
    return text
  }
}

const plainValue = [
  /^(?![\s\S]*(url|expression|image|var|attr|env|javascript|behavior|binding|@|\\|\/\*))[^<>{};]{1,200}$/i,
]
const properties =
  "color background background-color font font-family font-size font-style font-weight font-variant line-height " +
  "letter-spacing word-spacing text-align text-decoration text-indent text-transform vertical-align white-space " +
  "word-break overflow-wrap direction width max-width min-width height border border-top border-right border-bottom " +
  "border-left border-color border-style border-width border-radius border-collapse border-spacing padding padding-top " +
  "padding-right padding-bottom padding-left margin margin-top margin-right margin-bottom margin-left list-style-type " +
  "table-layout float clear"
const tags =
  "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div " +
  "dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp " +
  "section small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var wbr"
const cell = ["colspan", "rowspan", "valign", "width", "height", "bgcolor"]

const allowed: sanitize.IOptions = {
  allowedTags: tags.split(" "),
  allowedAttributes: {
    "*": ["style", "dir", "lang", "align", "title"],
    a: ["href", "target", "rel"],
    // Ours alone: those of the sender have become something else by then.
    details: ["class"],
    img: ["src", "alt", "width", "height"],
    font: ["color", "face", "size"],
    ol: ["start", "type"],
    table: ["width", "border", "cellpadding", "cellspacing", "bgcolor"],
    col: ["width", "span"],
    td: cell,
    th: cell,
    tr: ["bgcolor", "valign"],
  },
  allowedStyles: {
    "*": {
      ...Object.fromEntries(properties.split(" ").map((property) => [property, plainValue])),
      display: [/^(block|inline|inline-block|none|table|table-row|table-cell|list-item)$/i],
    },
  },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  // What images may be is decided above; here it only must not be undone.
  allowedSchemesByTag: { img: ["https", "data"] },
  allowedSchemesAppliedToAttributes: ["href", "src"],
  allowProtocolRelative: false,
  // Their content is not text to be read.
  nonTextTags:
    "script style textarea option noscript noembed noframes xmp svg math template select title object iframe audio video".split(
      " ",
    ),
  nestingLimit: 100,
  disallowedTagsMode: "discard",
  enforceHtmlBoundary: false,
}
