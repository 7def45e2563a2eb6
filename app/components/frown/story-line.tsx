import { Time } from "../time.tsx"

type Event = { at: string; kind: string; detail: string; who: string | null }

/** One thing that happened to a frown, as a quiet line. */
export function StoryLine({ event }: { event: Event }) {
  return (
    <li className="story__line">
      <Time at={event.at} /> <span dir="auto">{say(event)}</span>
      {event.kind === "called" ? <blockquote dir="auto">{event.detail}</blockquote> : null}
    </li>
  )
}

function say({ kind, detail, who }: Event): string {
  const by = who ?? "The desk"
  if (kind === "opened") return "The customer frowned"
  if (kind === "another frown") return "The customer frowned at another reply"
  if (kind === "claimed") return detail ? `${by} took it by writing` : `${by} took it`
  if (kind === "unclaimed") return detail ? `Back to the queue: ${detail}` : `${by} gave it back`
  if (kind === "contacted") return `${by} wrote to the customer`
  if (kind === "called") return `${by} called the customer`
  if (kind === "outcome") return outcomes[detail] ?? `It came to: ${detail}`
  if (kind === "cause") return `${by} set the cause: ${detail}`
  if (kind === "voided") return `${by} voided the rating${detail ? `: “${detail}”` : ""}`
  if (kind === "reopened" && detail === "counts again") return "The rating counts again, so it is open again"
  if (kind === "reopened") return "The customer frowned again, so it is open again"
  if (kind === "unmerged") return "The cases were taken apart: what belongs to the other one is there again"
  if (kind === "joined") return `The cases were merged: joined ${detail}`
  return who ? `${who} closed it${detail ? `, ${detail}` : ""}` : `Closed by itself: ${detail}`
}

const outcomes: Partial<Record<string, string>> = {
  flipped: "The customer is happy now: flipped",
  improved: "The customer says OK now: improved",
  unmoved: "The customer frowned again",
  "no answer": "The customer did not answer for 14 days",
  unreachable: "Our mail does not reach the customer",
  withdrawn: "The customer corrected the rating before anybody wrote",
  void: "No rating is left that counts: no longer a frown",
  "open again": "The outcome was taken back",
}
