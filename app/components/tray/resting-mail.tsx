import { Link } from "@remix-run/react"
import { Press } from "../press.tsx"
import { Time } from "../time.tsx"
import { useRootFrame } from "../use-root.ts"

type RestingLine = { id: number; from: string; subject: string; receivedAt: string; because: string }

/** Mail that became no case, and why; spam that is none is read again as if nobody had called it so. */
export function RestingMail({ row, tray }: { row: RestingLine; tray: "spam" | "undeliverable" }) {
  const { id, from, subject, receivedAt, because } = row
  const isLead = useRootFrame()?.me.role !== "agent"
  return (
    <li className="tray-row">
      <header className="tray-row__head">
        <h2 className="tray-row__who" dir="auto">
          {isLead ? <Link to={`/mail/${id}`}>{subject || "No subject"}</Link> : subject || "No subject"}
        </h2>
        <span className="small quiet" dir="auto">
          {from || "Nobody"}, <Time at={receivedAt} />
        </span>
      </header>
      <p className="small quiet" dir="auto">
        {because}
      </p>
      {tray === "spam" ? <Press to={`/mail/${id}/welcome`} words="Not spam" /> : null}
    </li>
  )
}
