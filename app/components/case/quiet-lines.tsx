import { Link } from "@remix-run/react"
import { PlainText } from "../text.tsx"
import { Time } from "../time.tsx"
import type { CaseAssignment, CaseEvent, CaseNote } from "./facts.ts"
import { StoodTable } from "./stood-table.tsx"

/** Private to the team, and unmistakably so. */
export function Note({ note }: { note: CaseNote }) {
  return (
    <article className="note">
      <header className="note__head">
        <span>
          <strong dir="auto">{note.author}</strong> <span className="note__private">Note, only we see it</span>
        </span>
        <Time at={note.at} />
      </header>
      <div className="note__words">
        <PlainText text={note.body} />
      </div>
    </article>
  )
}

export function EventLine({ event }: { event: CaseEvent }) {
  if (event.kind === "opened") return null
  return (
    <p className="event" dir="auto">
      {words[event.kind]} <Detail event={event} />
      {event.agent ? `by ${event.agent}` : byItself[event.kind]} · <Time at={event.at} />
    </p>
  )
}

/** Which case or mailbox it was about. */
function Detail({ event: { detail } }: { event: CaseEvent }) {
  if (typeof detail.case === "number") return <Link to={`/cases/${detail.case}`}>#{detail.case} </Link>
  if (detail.elsewhere === true) return <>in a mailbox you have no access to </>
  return typeof detail.mailbox === "string" ? <>{detail.mailbox} </> : null
}

const words: Record<CaseEvent["kind"], string> = {
  opened: "Opened",
  closed: "Closed",
  reopened: "Reopened",
  snoozed: "Snoozed",
  woken: "Back from snooze",
  moved: "Moved to another mailbox",
  merged: "Merged with case",
  unmerged: "Taken apart again from case",
  spam: "Marked as spam",
  "not spam": "Marked as not spam",
  "also to": "The same mail also went to",
  "split off": "A message went to case",
  "taken over": "A message came from case",
  accepted: "Sender accepted",
}
const byItself: Partial<Record<CaseEvent["kind"], string>> = { reopened: "because the customer wrote" }

/** Why the case is with whom it is with: one line, the whole table behind it. */
export function AssignmentLine({ assignment: { line, at, stood } }: { assignment: CaseAssignment }) {
  const said = (
    <>
      {line} <Time at={at} />
    </>
  )
  if (stood.length === 0)
    return (
      <p className="event" dir="auto">
        {said}
      </p>
    )
  return (
    <details className="event event--why">
      <summary dir="auto">
        {said} <span className="event__more">why</span>
      </summary>
      <StoodTable caption="Everybody looked at, as they stood at that moment" day="that day" stood={stood} />
    </details>
  )
}
