import { Link } from "@remix-run/react"
import type { Remedy as Offer } from "#app/models/sharing/remedy.ts"
import { viewPath } from "../case-views.ts"
import { Waiting } from "../time.tsx"
import { Free } from "./held.tsx"
import { Remedy } from "./remedy.tsx"

type Row = { number: number; subject: string; waitingSince: string | null; remedy: Offer | null }
type Twice = Row & { agentId: number; agent: string }
type PoolFacts = { pool: readonly Pooled[]; count: number | null }
type Pooled = Row & { mailbox: string; reason: string | null }

/** Given to two people in turn, and neither answered. Shown only while there are any. */
export function UnansweredTwice({ twice }: { twice: readonly Twice[] }) {
  if (twice.length === 0) return null
  return (
    <section className="stack stack--tight">
      <h2>Unanswered twice</h2>
      <p className="quiet">Given, not answered for hours, and nobody else took it. Leads were told by email.</p>
      <ul className="load__pool">
        {twice.map((kase) => (
          <li key={kase.number}>
            <Case kase={kase} about={kase.agent} />
            <span className="row">
              <Remedy kase={kase} />
              <Free number={kase.number} agentId={kase.agentId} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What nobody has yet, oldest first, with the wait and why. `count` null: more than a page of them. */
export function Pool({ pool, count }: PoolFacts) {
  return (
    <section className="stack stack--tight">
      <h2>
        <Link to={viewPath("unassigned")}>Pool</Link>
      </h2>
      {pool.length === 0 ? (
        <p className="quiet">Empty. New mail goes straight to whoever has room.</p>
      ) : (
        <ol className="load__pool">
          {pool.map((kase) => (
            <li key={kase.number}>
              <Case kase={kase} about={kase.mailbox} />
              <Remedy kase={{ ...kase, agentId: null }} />
              {kase.reason ? <p className="quiet small">{kase.reason}</p> : null}
            </li>
          ))}
        </ol>
      )}
      {count === null || count > pool.length ? (
        <Link to={viewPath("unassigned")}>{count === null ? "All of them" : `All ${count}`}</Link>
      ) : null}
    </section>
  )
}

function Case({ kase: { number, subject, waitingSince }, about }: { kase: Row; about: string }) {
  return (
    <span className="load__case">
      <Link to={`/cases/${number}`}>{subject || `#${number}`}</Link>{" "}
      <span className="quiet small">
        {about} {waitingSince ? <Waiting since={waitingSince} /> : null}
      </span>
    </span>
  )
}
