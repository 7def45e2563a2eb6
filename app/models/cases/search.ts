import { type Condition, conditionOf, keys } from "./search-condition.ts"
import type { Field, Term } from "./search-term.ts"

/** What was typed, as it was understood, and what of it was not. */
export type Search = {
  terms: Term[]
  conditions: Condition[]
  /** The one thing typed, where it may be a case's number. */
  number: number | null
  ignored: Ignored[]
}
export type Ignored = { text: string; because: string }

/** A key before a colon, then a phrase in quotes or letters up to the next space. */
const typedTerm = /(-?)(?:(\p{L}{1,20}):)?(?:"([^"]*)"?|([^\s"]\S*)|)/gu
const longest = 500
const mostTerms = 20

type Typed = { text: string; not: boolean; key: string | null; value: string; quoted: boolean }

/** Words, `"phrases"`, `-word`, `#12`, and conditions such as `from:dana` or `is:open`; all of them hold together. */
export function readSearch(typed: string): Search {
  const search: Search = { terms: [], conditions: [], number: null, ignored: [] }
  const found = numbersJoined(typedTerms(typed.slice(0, longest)))
  for (const one of found.slice(0, mostTerms)) understand(one, search)
  for (const { text } of found.slice(mostTerms))
    search.ignored.push({ text, because: `A search takes ${mostTerms} words and conditions` })
  const [only] = found
  const number = found.length === 1 && only?.key === null && !only.not ? /^#?(\d{1,15})$/.exec(only.value)?.[1] : null
  return { ...search, number: number ? Number(number) : null }
}

function understand(one: Typed, search: Search) {
  const { key, value, not, quoted, text } = one
  if (key === null) search.terms.push({ field: null, value: value.replace(/^#(?=\d)/, ""), not, quoted, text })
  else {
    const field = fields.get(key)
    if (field && /[\p{L}\p{N}]/u.test(value)) return search.terms.push({ field, value, not, quoted, text })
    const read = /[\p{L}\p{N}]/u.test(value)
      ? conditionOf(key, value.trim(), not)
      : `${key}: needs something after the colon`
    if (typeof read === "string") search.ignored.push({ text: one.text, because: read })
    else if (read) search.conditions.push(read)
    else {
      // Not ours, such as an address on the web or "Re:": its words are searched for, and that is said.
      search.terms.push({ field: null, value: `${key} ${value}`, not, quoted: true, text })
      if (!/^https?$/i.test(key))
        search.ignored.push({ text: `${key}:`, because: `Searched for as words. What can be used: ${keys.join(" ")}` })
    }
  }
}

const fields = new Map<string, Field>([
  ...(["from", "to", "cc", "subject", "file", "note"] as const).map((name) => [name, name] as const),
  ["customer", "from"],
])

function typedTerms(typed: string): Typed[] {
  const found: Typed[] = []
  let waiting: Typed | null = null
  for (const [text, minus, key, phrase, word] of typed.matchAll(typedTerm)) {
    const one: Typed = {
      ...{ text, not: minus === "-", key: key?.toLowerCase() ?? null },
      ...{ value: phrase ?? word ?? "", quoted: phrase !== undefined },
    }
    if (one.key === null && one.value === "") continue
    // "from: dana" means from:dana.
    if (waiting && one.key === null && !one.not) {
      Object.assign(waiting, { text: `${waiting.text} ${text}`, value: one.value, quoted: one.quoted })
      waiting = null
      continue
    }
    waiting = one.key !== null && one.value === "" && !one.quoted ? one : null
    found.push(one)
  }
  return found
}

const digitsOnly = /^[+(]?\d[\d().,/–-]*$/

/** A number is often typed in groups: those that stand side by side are one. */
function numbersJoined(terms: Typed[]): Typed[] {
  const joined: Typed[] = []
  for (const one of terms) {
    const last = joined.at(-1)
    const isNumber = (term: Typed | undefined) =>
      term &&
      term.key === null &&
      !term.quoted &&
      !term.not &&
      term.value.split(" ").every((text) => digitsOnly.test(text))
    if (last && isNumber(last) && isNumber(one) && !one.value.startsWith("+"))
      joined[joined.length - 1] = { ...last, value: `${last.value} ${one.value}`, text: `${last.text} ${one.text}` }
    else joined.push(one)
  }
  return joined
}

/** For LIKE: what a person typed, none of it a wildcard. */
export const likeText = (typed: string) => `%${typed.replace(/[\\%_]/g, "\\$&")}%`
