import type { View } from "#app/models/cases/views.server.ts"

/** The views of the frame: their names, and what an empty one says. */
export const caseViews = {
  mine: {
    name: "Mine",
    empty: "Nothing waits on you",
    next: "New cases come to you by themselves while you have room. Unassigned ones are yours to take.",
  },
  unassigned: {
    name: "Unassigned",
    empty: "The pool is empty",
    next: "Every case that waits on us is with somebody who can work it.",
  },
  everyone: {
    name: "Everyone's",
    empty: "Nobody waits on us",
    next: "Every customer has an answer. What they write next shows up here.",
  },
  "waiting-on-them": {
    name: "Waiting on them",
    empty: "No answers are outstanding",
    next: "Cases rest here after a reply, until the customer writes or somebody closes them.",
  },
  snoozed: {
    name: "Snoozed",
    empty: "Nothing is snoozed",
    next: "Snooze a case with h and it returns by itself, sooner if the customer writes.",
  },
  closed: {
    name: "Closed",
    empty: "Nothing is closed yet",
    next: "A closed case opens again by itself when the customer writes.",
  },
  spam: { name: "Spam", empty: "No spam", next: "What is marked as spam rests here and is answered by nobody." },
  all: { name: "All", empty: "No cases yet", next: "Send an email to a mailbox of this desk and it appears here." },
} as const satisfies Record<View, { name: string; empty: string; next: string }>

/** The ones listed in the frame, in order; spam and all are reached from there. */
export const frameViews = ["mine", "unassigned", "everyone", "waiting-on-them", "snoozed", "closed"] as const

export const isView = (text: string | null): text is View => text !== null && Object.hasOwn(caseViews, text)

type Narrowed = { mailbox: string | null; agent: string | null; customer: string | null }

/** A list says all it is narrowed to: that of one mailbox is that mailbox's, not everyone's. */
export function listName(view: View, q: string | null, { mailbox, agent, customer }: Narrowed) {
  const isNarrowed = mailbox !== null || agent !== null || customer !== null
  const words = q ? `Cases with “${q}”` : view === "everyone" && isNarrowed ? "" : caseViews[view].name
  const more = [
    mailbox && (words ? `in ${mailbox}` : mailbox),
    agent && `with ${agent}`,
    customer && `from ${customer}`,
  ]
  const name = [words, ...more].filter((part) => part).join(" ")
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** The address of a view; what is not narrowed does not show in it. */
export function viewPath(view: View, narrowed: Record<string, string | number | null> = {}) {
  const query = new URLSearchParams({ view })
  for (const [key, value] of Object.entries(narrowed)) if (value !== null && value !== "") query.set(key, String(value))
  return `/cases?${query}`
}
