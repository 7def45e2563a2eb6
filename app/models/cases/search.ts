import { canonicalDomain } from "../people/domain.ts"

export type Search = {
  words: string
  number: number | null
  from: string | null
  agent: string | null
  rating: "happy" | "ok" | "frown" | null
}

const faces = ["happy", "ok", "frown"] as const

/**
 * What is typed into the search field: words, `#12` or `12` for a case, and `from:dana`, `agent:bo`, `rating:frown`.
 * An unknown word before a colon is searched for as it stands.
 */
export function readSearch(typed: string): Search {
  const search: Search = { words: "", number: null, from: null, agent: null, rating: null }
  const words: string[] = []
  for (const term of typed.slice(0, 500).split(/\s+/).filter(Boolean)) {
    const [, key, value] = /^(from|agent|rating):(.+)$/i.exec(term) ?? []
    const face = faces.find((name) => name === value?.toLowerCase())
    if (key?.toLowerCase() === "rating" && face) search.rating = face
    else if (key?.toLowerCase() === "from" && value) search.from = value.toLowerCase()
    else if (key?.toLowerCase() === "agent" && value) search.agent = value.toLowerCase()
    else words.push(term)
  }
  const [only] = words
  const number = words.length === 1 && only ? /^#?(\d{1,15})$/.exec(only)?.[1] : undefined
  if (number) search.number = Number(number)
  return { ...search, words: words.join(" ") }
}

/** The ways an address may be kept that somebody types a part of: as typed, and with what may be its domain in the one form. */
export function addressTexts(typed: string): string[] {
  const at = typed.lastIndexOf("@")
  const domain = canonicalDomain(typed.slice(at + 1))
  return [...new Set([typed, domain === null ? typed : typed.slice(0, at + 1) + domain])]
}

/** For LIKE: what a person typed, none of it a wildcard. */
export const likeText = (typed: string) => `%${typed.replace(/[\\%_]/g, "\\$&")}%`
