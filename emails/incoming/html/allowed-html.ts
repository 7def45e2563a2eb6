import type { Schema } from "hast-util-sanitize"

const tags =
  "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div " +
  "dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp " +
  "section small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var wbr"

/** Left out with all that is in them: it is not text to be read. Any other element leaves its content behind. */
export const unread: ReadonlySet<string> = new Set(
  (
    "script style textarea option noscript noembed noframes xmp svg math template select title object iframe audio " +
    "video"
  ).split(" "),
)

const cell = ["colSpan", "rowSpan", "vAlign", "width", "height", "bgColor"]

/** All that may stand in a page we show. Details, summary and classes are ours alone: those of the sender are gone by then. */
export const allowedHtml = {
  tagNames: tags.split(" "),
  attributes: {
    "*": ["style", "dir", "lang", "align", "title"],
    a: ["href", ["target", "_blank"], ["rel", "noopener", "noreferrer", "nofollow"]],
    details: [["className", "quoted"]],
    div: [["className", "more"]],
    img: ["src", "dataSrc", "dataInline", "alt", "width", "height"],
    font: ["color", "face", "size"],
    ol: ["start", "type"],
    table: ["width", "border", "cellPadding", "cellSpacing", "bgColor"],
    col: ["width", "span"],
    td: cell,
    th: cell,
    tr: ["bgColor", "vAlign"],
  },
  protocols: { href: ["http", "https", "mailto", "tel"], src: ["data"], dataSrc: ["https"] },
  strip: [...unread],
  ancestors: {},
  clobber: [],
  required: {},
  allowComments: false,
  allowDoctypes: false,
} satisfies Schema
