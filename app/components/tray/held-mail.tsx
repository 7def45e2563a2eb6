import { Link } from "@remix-run/react"
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
  mailbox: string
}

/** One mail whose sender is not sure: who they say they are, why we doubt it, what they say, and what to do. */
export function HeldMail({ row }: { row: HeldLine }) {
  const { messageId, caseNumber, caseSubject, from, at, subject, words, because, mailbox } = row
  return (
    <li className="tray-row">
      <header className="tray-row__head">
        <h2 className="tray-row__who">
          <Link to={`/cases/${caseNumber}#message-${messageId}`} data-row>
            {from.name || from.address || "Nobody"}
          </Link>
        </h2>
        <span className="small quiet">
          {from.name ? `${from.address}, ` : ""}
          <Time at={at} />, {mailbox}
        </span>
      </header>
      <p className="tray-row__why">{because}</p>
      <p className="small">
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
