import type { SerializeFrom } from "@remix-run/node"
import { Link } from "@remix-run/react"
import type { CaseListRow } from "#app/models/cases/views.server.ts"
import { isFace } from "#app/models/ratings/face.ts"
import { FaceMark } from "./face.tsx"
import { FoundWords } from "./found-words.tsx"
import { inList } from "./list-address.ts"
import { Time, Waiting } from "./time.tsx"
import { VoidMark } from "./void.tsx"

/** Mine names no agent; where states are mixed each row says its own. */
type Shown = "mine" | "one state" | "all states"
export type CaseRowProps = SerializeFrom<CaseListRow>

/** A list of cases. Each leads back to it, and on to the next in it. */
export function CaseList({ rows, list, shown }: { rows: readonly CaseRowProps[]; list: string; shown: Shown }) {
  return (
    <ol className={`case-list ${classes[shown]}`}>
      {rows.map((row) => (
        <CaseRow key={row.number} row={row} list={list} isMixed={shown === "all states"} />
      ))}
    </ol>
  )
}

const classes = { mine: "case-list--mine", "one state": "", "all states": "case-list--mixed" }

function CaseRow({ row, list, isMixed }: { row: CaseRowProps; list: string; isMixed: boolean }) {
  const { number, customer, subject, preview, agent, mailbox } = row
  return (
    <li className={`case-row case-row--${row.state}`}>
      <span className="case-row__customer" dir="auto">
        {customer?.name || customer?.email || "Unknown sender"}
      </span>
      {isMixed ? <span className="case-row__state">{row.state.replaceAll("-", " ")}</span> : null}
      <Link
        className="case-row__subject"
        dir="auto"
        to={inList(`/cases/${number}`, list)}
        data-row={number}
        prefetch="intent"
      >
        {row.found ? <FoundWords pieces={row.found.subject} /> : subject}
      </Link>
      <span className="case-row__preview" dir="auto">
        {row.found && row.found.words.length > 0 ? <FoundIn {...row.found} /> : preview}
      </span>
      <span className="case-row__agent" dir="auto">
        {agent ? agent.name : row.state === "waiting-on-us" ? "Nobody yet" : ""}
      </span>
      <span className="case-row__mailbox" dir="auto">
        {mailbox.name}
      </span>
      <span className="case-row__face">
        <FaceOf {...row} />
      </span>
      <span className="case-row__when">
        <When {...row} />
      </span>
    </li>
  )
}

function FaceOf({ face, voiding }: CaseRowProps) {
  if (!isFace(face)) return null
  return voiding ? <VoidMark face={face} voiding={voiding} /> : <FaceMark face={face} size={18} />
}

const places: Partial<Record<string, string>> = { note: "In a note: ", file: "File: ", people: "" }

function FoundIn({ words, from }: NonNullable<CaseRowProps["found"]>) {
  return (
    <>
      {places[from ?? ""]}
      <FoundWords pieces={words} />
    </>
  )
}

/** What matters about its time differs with its state: the wait, the waking, the closing, the last word. */
function When({ state, waitingSince, snoozedUntil, closedAt, lastMessageAt }: CaseRowProps) {
  if (state === "waiting-on-us" && waitingSince) return <Waiting since={waitingSince} />
  if (state === "snoozed" && snoozedUntil)
    return (
      <>
        back <Time at={snoozedUntil} />
      </>
    )
  if (state === "closed" && closedAt) return <Time at={closedAt} />
  return <Time at={lastMessageAt} />
}
