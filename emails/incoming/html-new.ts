import { isForward } from "./attribution.ts"
import { htmlLines } from "./html-text.ts"
import { type Line, ruleLine } from "./paper.ts"
import { newIn, newTextOf } from "./trim.ts"

/**
 * What a mail adds, by what its HTML marks where it does, else by its words. The plain text beside a page
 * is how its writer's program words the same; it is taken where both say the same.
 */
export function newTextOfMail(text: string, html: string | null): string {
  const plain = newTextOf(text)
  const marked = html === null ? null : newInHtml(html)
  if (marked === null || marked === "" || lettersOf(marked) === lettersOf(plain)) return plain
  return marked
}

/** Null when the HTML marks nothing. */
function newInHtml(html: string): string | null {
  const lines = htmlLines(html)
  if (!lines.some(({ text, place }) => place !== "said" || text === ruleLine)) return null
  if (lines.some(({ text, place }) => place === "introduction" && isForward(text))) return null
  const shown = lines.filter(({ place }) => place !== "rest" && place !== "signature")
  return withoutRules(newIn(shown.map(asText), introductionsIn(shown)))
}

/** A drawn line shows where a mail ends; it is no words of it. */
const withoutRules = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== ruleLine)
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")

const asText = ({ text, place }: Line) =>
  (place === "quote" || place === "introduction") && !text.startsWith(">") ? `> ${text}`.trimEnd() : text

/** The first line of each marked introduction; a line that ends in a colon right above a marked quote is one as well. */
function introductionsIn(lines: readonly Line[]): ReadonlySet<number> {
  const found = new Set<number>()
  lines.forEach(({ text, place }, i) => {
    const opens = place === "introduction" && lines[i - 1]?.place !== "introduction"
    const next = lines[i + 1]?.text === "" ? lines[i + 2] : lines[i + 1]
    const leadsIn = place === "said" && next?.place === "quote" && text.length < 200 && /[:：]$/.test(text)
    if (opens || leadsIn) found.add(i)
  })
  return found
}

const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, "")
