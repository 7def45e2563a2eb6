import { Parser } from "htmlparser2"

const mayStand = new Set(
  (
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div " +
    "dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp " +
    "section small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var wbr"
  ).split(" "),
)
const plain =
  /^(style|dir|lang|align|title|href|target|rel|src|data-src|data-inline|alt|width|height|color|face|size|start|type|border|cellpadding|cellspacing|bgcolor|span|colspan|rowspan|valign|class)$/
const address: Record<string, RegExp> = {
  href: /^(https?:\/\/|mailto:|tel:)/,
  src: /^(https:\/\/|\/attachments\/\d|data:image\/(png|jpe?g|gif|webp);base64,)/i,
  "data-src": /^https:\/\//,
  "data-inline": /^\d+$/,
  class: /^(quoted|more)$/,
}
const acts = /url|expression|behavior|binding|import|script|position|@|\\|[<>{}]/i

/** Everything in clean HTML that could act, or that no page of ours has: read back with a parser the cleaner does not use. */
export function dangersIn(html: string): string[] {
  const found: string[] = []
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!mayStand.has(name)) found.push(`<${name}>`)
      for (const [key, value] of Object.entries(attributes)) {
        const isFit = address[key] ? address[key].test(value) : key !== "style" || !acts.test(value)
        if (!plain.test(key) || !isFit) found.push(`${name} ${key}=${value.slice(0, 100)}`)
      }
    },
  })
  parser.write(html)
  parser.end()
  return found
}
