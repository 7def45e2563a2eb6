import { Link } from "@remix-run/react"
import { fateWords } from "#app/models/mail/fate.ts"
import type { Fate } from "#db/tables/mail.ts"
import { Press } from "./press.tsx"
import { Time } from "./time.tsx"

export type LedgerLine = {
  id: number
  receivedAt: string
  from: string
  subject: string
  fate: Fate | null
  because: string
  caseNumber: number | null
  lastError: string | null
}

/** One mail of the ledger: who, what, and what became of it. */
export function LedgerRow({ row }: { row: LedgerLine }) {
  const { id, receivedAt, from, subject, caseNumber } = row
  return (
    <li className="ledger-row">
      <div className="ledger-row__what">
        <Link to={`/mail/${id}`} dir="auto" data-row>
          {subject || "No subject"}
        </Link>
        <span className="row small quiet">
          <span dir="auto">{from || "Nobody"}</span>
          <Time at={receivedAt} />
        </span>
      </div>
      <div className="ledger-row__how">
        <span className="row">
          <FateOf fate={row.fate} />
          {caseNumber === null ? null : <Link to={`/cases/${caseNumber}`}>Case {caseNumber}</Link>}
        </span>
        <span className="small quiet" dir="auto">
          {row.because}
        </span>
        <Problem row={row} />
      </div>
    </li>
  )
}

export function FateOf({ fate }: Pick<LedgerLine, "fate">) {
  return <strong className={`fate fate--${fate ?? "waiting"}`}>{fate === null ? "Waiting" : fateWords[fate]}</strong>
}

/** What went wrong in the program's own words, and the one thing to do about it. */
export function Problem({ row: { id, fate, lastError } }: { row: Pick<LedgerLine, "id" | "fate" | "lastError"> }) {
  if (lastError === null) return null
  return (
    <div className="row">
      <q className="small ledger-row__error" dir="auto">
        {lastError}
      </q>
      {fate === "failed" ? (
        <Press to={`/mail/${id}/retry`} words="Try again" />
      ) : (
        <span className="small quiet">It is tried again by itself.</span>
      )}
    </div>
  )
}
