import type { Filter } from "#app/models/cases/views.server.ts"
import { isView } from "./case-views.ts"

/**
 * Which list of cases somebody is in stands in the address of that list and of each case opened from it: its view, what
 * it is narrowed to, the words searched for, the page. `after` is the case before, for the time when the one that is
 * open has left the list.
 */
const names = ["view", "mailbox", "agent", "customer", "q", "cursor", "after"] as const

/** Of an address only what says the list; a case opened from nowhere is one of mine. */
export function listIn(search: string | URLSearchParams): string {
  const query = new URLSearchParams(search)
  const kept = new URLSearchParams()
  for (const name of names) {
    const value = query.get(name)
    if (value && !(name === "view" && value === "mine" && !query.get("q"))) kept.set(name, value)
  }
  return kept.toString()
}

/** A path with the list behind it, and before what it leads to within its page. */
export function inList(path: string, list: string, change: Record<string, string | number | null> = {}) {
  const [before = "", place] = path.split("#")
  const [pathname = "", search] = before.split("?")
  const query = new URLSearchParams(search)
  for (const [name, value] of new URLSearchParams(list)) if (!query.has(name)) query.set(name, value)
  for (const [name, value] of Object.entries(change)) {
    if (value === null) query.delete(name)
    else query.set(name, String(value))
  }
  const asked = query.toString()
  return `${pathname}${asked && `?${asked}`}${place === undefined ? "" : `#${place}`}`
}

/** The list itself; all of one customer's cases stand on their page. */
export function listPath(list: string) {
  const query = new URLSearchParams(list)
  query.delete("after")
  if (/^view=all&customer=\d+$/.test(query.toString())) return `/customers/${query.get("customer")}`
  if (!query.has("view")) query.set("view", query.get("q") ? "all" : "mine")
  return `/cases?${query}`
}

export function filterIn(search: string | URLSearchParams): Filter {
  const query = new URLSearchParams(search)
  const [view, q] = [query.get("view"), query.get("q")?.trim() || null]
  return {
    view: isView(view) ? view : q ? "all" : "mine",
    mailboxId: idIn(query.get("mailbox")),
    agentId: idIn(query.get("agent")),
    customerId: idIn(query.get("customer")),
    q,
    cursor: query.get("cursor"),
  }
}

export const afterIn = (list: string) => idIn(new URLSearchParams(list).get("after"))

const idIn = (text: string | null) => (text && /^\d{1,15}$/.test(text) ? Number(text) : null)
