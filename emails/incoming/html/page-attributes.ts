import type { Properties } from "hast"
import { find, html } from "property-information"
import { type InlinePlaces, imageFrom, linkTo } from "./links-and-images.ts"
import { StyleReader } from "./style-declarations.ts"
import type { Attributes } from "./style-selectors.ts"
import { StyleSheet } from "./style-sheet.ts"

const longestAttribute = 2000
/** The property each attribute is known by, of those that may stay as they are somewhere. */
const properties = new Map(
  (
    "dir lang align title alt width height color face size start type border cellpadding cellspacing bgcolor span " +
    "colspan rowspan valign"
  )
    .split(" ")
    .map((name) => [name, find(html, name).property]),
)
const coloured = new Set("table td th tr".split(" "))

/** Turns the attributes of a page's elements into what may be kept of them, and notes what that says of the page. */
export class AttributeReader {
  remoteImages = 0
  hasColours = false
  #styles = new StyleReader()
  #places: InlinePlaces
  readonly sheet: StyleSheet

  /** `css` is what the style sheets of the page say. */
  constructor(places: InlinePlaces, css: string) {
    this.#places = places
    this.sheet = new StyleSheet(css, (declarations) => this.#styles.read(oneForm(declarations)))
  }

  read(tagName: string, attributes: Attributes): Properties {
    const sheet = this.sheet.styleOf(tagName, attributes)
    if (attributes.size === 0 && sheet === "") return {}
    const read = this.#styled({ ...this.#addresses(tagName, attributes), ...this.#words(attributes) }, sheet)
    const isColoured = coloured.has(tagName) ? "bgColor" in read : tagName === "font" && "color" in read
    if (isColoured || /(?:background|color):/.test(String(read.style ?? ""))) this.hasColours = true
    return read
  }

  /** What a page says of all its words at once. White and black say nothing: that is how it is shown anyway. */
  readBody(attributes: Attributes): Properties {
    const back = attributes.get("bgcolor") ?? ""
    const ink = attributes.get("text") ?? ""
    const style = [
      this.sheet.styleOf("body", attributes),
      /^(?:#?fff(?:fff)?|white|)$/i.test(back) ? "" : `background-color:${back}`,
      /^(?:#?000(?:000)?|black|)$/i.test(ink) ? "" : `color:${ink}`,
      attributes.get("style") ?? "",
    ].filter((text) => text !== "")
    const kept = ["dir", "lang"].flatMap((name): [string, string][] => {
      const value = attributes.get(name)
      return value ? [[name, value]] : []
    })
    return this.read("div", new Map([...kept, ["style", style.join(";")]]))
  }

  /** An element's own style has the last word. */
  #styled(read: Properties, sheet: string): Properties {
    return sheet === "" ? read : { ...read, style: read.style ? `${sheet};${read.style}` : sheet }
  }

  #addresses(tagName: string, attributes: Attributes): Properties {
    if (tagName === "a") return linkTo(attributes.get("href"))
    if (tagName !== "img") return {}
    const { shown, isRemote } = imageFrom(attributes.get("src"), this.#places)
    if (isRemote) this.remoteImages++
    return shown
  }

  #words(attributes: Attributes): Properties {
    const kept: Properties = {}
    for (const [name, value] of attributes) {
      const property = properties.get(name)
      if (property !== undefined && value.length <= longestAttribute) kept[property] = oneForm(value)
      if (name !== "style") continue
      const style = this.#styles.read(oneForm(value))
      if (style !== "") kept.style = style
    }
    return kept
  }
}

/** Read back, a carriage return would be a line feed. */
export const oneForm = (text: string) => text.replaceAll("\r", "\n")
