import { Link } from "@remix-run/react"
import { type HeldFor, heldWords } from "#app/models/mail/held-for.ts"
import { PlainText } from "../text.tsx"
import { Time } from "../time.tsx"
import { Deciding } from "./deciding.tsx"

export type HeldLine = {
  messageId: number
  caseNumber: number
  caseSubject: string
  from: { name: string; address: string }
  at: string
  subject: string
  words: string
  because: string
  heldFor: HeldFor
  mailbox: string
}

/** One mail that is held: who they say they are, why it waits, what they say, and what to do. */
export function HeldMail({ row }: { row: HeldLine }) {
  const { messageId, caseNumber, caseSubject, from, at, subject, words, because, heldFor, mailbox } = row
  return (
    <li className="tray-row">
      <header className="tray-row__head">
        <h2 className="tray-row__who" dir="auto">
          <Link to={`/cases/${caseNumber}#message-${messageId}`} data-row>
            {from.name || from.address || "Nobody"}
          </Link>
        </h2>
        <span className="small quiet" dir="auto">
          {from.name ? `${from.address}, ` : ""}
          <Time at={at} />, {mailbox}
        </span>
      </header>
      <p className="tray-row__why" dir="auto">
        {because} {heldWords[heldFor].asks}
      </p>
      <p className="small" dir="auto">
        For <Link to={`/cases/${caseNumber}`}>#{caseNumber}</Link> {caseSubject}
        {subject && subject !== caseSubject ? `, under the subject "${subject}"` : ""}
      </p>
      <div className="tray-row__words">
        <PlainText text={words || "No words in this message."} />
      </div>
      <Deciding messageId={messageId} back="/trays/held" />
    </li>
  )
}
