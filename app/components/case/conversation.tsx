import { timelineOf } from "../timeline.ts"
import type { CasePage } from "./facts.ts"
import { Message } from "./message.tsx"
import { AssignmentLine, EventLine, Note } from "./quiet-lines.tsx"

/** The case from its first email to the newest, newest at the bottom. */
export function Conversation({ messages, notes, events, assignments, asText }: CasePage & { asText: number | null }) {
  const items = timelineOf({ messages, notes, events, assignments })
  return (
    <ol className="conversation" aria-label="Conversation">
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
