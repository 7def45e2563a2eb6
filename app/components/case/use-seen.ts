import { useLocation } from "@remix-run/react"
import { useEffect, useState } from "react"
import { useRootFrame } from "../use-root.ts"
import type { CasePage } from "./facts.ts"
import { ownIn } from "./said-already.tsx"

/**
 * The newest message, note and merge that the writer has had before them. What arrives while they write shows at once but is
 * not counted as read: sending stops until they say so.
 */
export function useSeen({ kase, messages, notes, events, said }: CasePage & { said: string | null }) {
  const me = useRootFrame()?.me.id
  const newest = { message: kase.lastMessageId ?? 0, note: notes.at(-1)?.id ?? 0, merge: lastMerge(events) }
  const [seen, setSeen] = useState(newest)
  const { key } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per press: a stop has shown what is new, a note is one's own
  useEffect(() => {
    setSeen((before) => (said && stops.has(said) ? newest : { ...before, note: newest.note }))
  }, [key])
  const isBehind = newest.message > seen.message || newest.note > seen.note || newest.merge > seen.merge
  const unseen = { messages: messages.filter(({ id }) => id > seen.message), notes: [] }
  return { ...seen, isBehind, sentAt: ownIn(unseen, me).replyAt, catchUp: () => setSeen(newest) }
}

/** The page says why a reply was not sent, and shows what stopped it. */
const stops = new Set(["something-new", "replied-meanwhile", "sent-already"])

const lastMerge = (events: CasePage["events"]) => events.findLast(({ kind }) => kind === "merged")?.id ?? 0
