import { Link, useSearchParams } from "@remix-run/react"
import { timelineOf } from "../timeline.ts"
import type { CasePage } from "./facts.ts"
import { Message } from "./message.tsx"
import { AssignmentLine, EventLine, Note } from "./quiet-lines.tsx"

/** The case from its first email to the newest, newest at the bottom. */
export function Conversation({
  messages,
  notes,
  events,
  assignments,
  earlier,
  asText,
}: CasePage & { asText: number | null }) {
  const items = timelineOf({ messages, notes, events, assignments })
  return (
    <ol className="conversation" aria-label="Conversation">
      {earlier > 0 && messages[0] ? (
        <li>
          <Earlier count={earlier} before={messages[0].id} />
        </li>
      ) : null}
      {items.map((item) => (
        <li key={`${item.kind}-${item.value.id}`}>
          {item.kind === "message" ? (
            <Message message={item.value} open={item.open} asText={asText === item.value.id} />
          ) : item.kind === "note" ? (
            <Note note={item.value} />
          ) : item.kind === "event" ? (
            <EventLine event={item.value} />
          ) : (
            <AssignmentLine assignment={item.value} />
          )}
        </li>
      ))}
    </ol>
  )
}

function Earlier({ count, before }: { count: number; before: number }) {
  const [query] = useSearchParams()
  const earlier = new URLSearchParams(query)
  earlier.set("before", String(before))
  return (
    <p className="small">
      <Link to={{ search: earlier.toString() }}>{count === 1 ? "1 earlier message" : `${count} earlier messages`}</Link>
      <span className="print-only">Not printed here: open them first.</span>
    </p>
  )
}
