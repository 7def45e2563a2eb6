export type Attributes = ReadonlyMap<string, string>

/** What an element must be, besides what the rule is found by, and what it must lie in. */
export type Selector = { key: string; tag: string | null; needs: string[]; within: string[]; weight: number }
export type Rule = Omit<Selector, "key"> & { style: string; order: number }

const mostSelectors = 100
const longestSelector = 200

/** Those of a rule that this reader knows; a pseudo class means a state that mail is not in, but for `:link`. */
export function selectorsIn(prelude: string): Selector[] {
  return prelude
    .slice(0, mostSelectors * longestSelector)
    .split(",")
    .slice(0, mostSelectors)
    .flatMap((text) => selectorOf(text.trim()) ?? [])
}

function selectorOf(text: string): Selector | null {
  if (text === "" || text.length > longestSelector) return null
  const parts = text.split(/\s+/).map(keysIn)
  const known = parts.filter((keys) => keys !== null)
  const own = known.at(-1)
  if (known.length !== parts.length || !own) return null
  const all = known.flat()
  const tag = own.find((key) => /^\w/.test(key)) ?? null
  const key = own.find((one) => one.startsWith("#")) ?? own.find((one) => one.startsWith(".")) ?? own[0]
  if (key === undefined) return null
  const within = known.slice(0, -1).flatMap((keys) => keys.slice(-1))
  return { key, tag, needs: own, within, weight: all.reduce((sum, one) => sum + weightOf(one), 0) }
}

/** `p.lead#top` as `p`, `.lead`, `#top`. */
function keysIn(compound: string): string[] | null {
  const [whole, tag, more = ""] = /^([a-z][a-z0-9]{0,30})?((?:[.#][\w-]{1,100}){0,10})(?::link)?$/i.exec(compound) ?? []
  if (whole === undefined) return null
  const keys = [...(tag ? [tag.toLowerCase()] : []), ...(more.match(/[.#][\w-]+/g) ?? [])]
  return keys.length === 0 ? null : keys
}

const weightOf = (key: string) => (key.startsWith("#") ? 10_000 : key.startsWith(".") ? 100 : 1)
