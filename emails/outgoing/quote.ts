import { redactRatingLinks } from "#app/models/ratings/link-redaction.ts"
import { bodyText } from "./headers.ts"

/** What the customer last wrote, repeated below our answer so that it makes sense when found a year later. */
export type Quote = { name: string; at: Date; timeZone: string; text: string }

const longestQuote = 20_000
/** As much of what a customer wrote is looked at, for it is done while an agent waits. */
const longestRead = 2 * longestQuote

/** The words in front of a quote; mail programs know this form and fold what follows. */
export function attribution({ name, at, timeZone }: Quote) {
  const day = new Intl.DateTimeFormat("en-GB", { timeZone, dateStyle: "long" }).format(at)
  const time = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "short" }).format(at)
  return `On ${day} at ${time}, ${name} wrote:`
}

/** No rating link survives: it would let whoever reads the quote rate in the customer's name. */
export function quotedText({ text }: Quote) {
  const clean = redactRatingLinks(bodyText(text.slice(0, longestRead))).trim()
  return clean.length > longestQuote ? `${clean.slice(0, longestQuote).trimEnd()}\n[…]` : clean
}
