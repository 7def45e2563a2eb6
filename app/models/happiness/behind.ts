import type { Face } from "../ratings/face.ts"

const aboutReplies = ["rated", "asked", "unanswered", "left-off", "voided"] as const
const aboutFrowns = ["frowns", "contacted", "flipped", "improved", "overdue"] as const
/** Replies by what became of their ask, or frowned replies by what became of the frown. */
export const shows = [...aboutReplies, ...aboutFrowns]
export type Show = (typeof shows)[number]

/**
 * What stands behind a number: replies, counted by the day they were sent. `face` narrows what is rated, `cause` (a key
 * of the cause book, or "unknown") narrows frowns.
 */
export type Behind = {
  from: string
  to: string
  show: Show
  face: Face | null
  mailboxId: number | null
  agentId: number | null
  cause: string | null
  cursor: string | null
}

type Place = Partial<Omit<Behind, "from" | "to">> & Pick<Behind, "from" | "to">

/** Where the cases behind a number are listed. */
export function behindPath({ from, to, show, face, mailboxId, agentId, cause, cursor }: Place) {
  const given = { from, to, show, face, mailbox: mailboxId, agent: agentId, cause, cursor }
  const query = Object.entries(given).flatMap(([key, value]) => (value == null ? [] : [[key, String(value)]]))
  return `/happiness/cases?${new URLSearchParams(query)}`
}

export const isAboutFrowns = ({ show }: Pick<Behind, "show">) => aboutFrowns.some((known) => known === show)
