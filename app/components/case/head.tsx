import { Link } from "@remix-run/react"
import { onKey } from "../keys.ts"
import { inList, listPath } from "../list-address.ts"
import { Time, Waiting } from "../time.tsx"
import { Actions } from "./actions.tsx"
import type { CasePage } from "./facts.ts"

type Props = CasePage & { list: string; listName: string }

/** Where the next case of the list is, and on which of its pages; null where there is none. */
export const nextPath = ({ next, nextCursor }: CasePage["neighbours"], list: string) =>
  next === null ? null : inList(`/cases/${next}`, list, { cursor: nextCursor, after: null })

/** The case's subject and state, and the way through the list it was opened from. */
export function Head(page: Props) {
  const { kase, list, listName, neighbours } = page
  const next = nextPath(neighbours, list)
  return (
    <header className="case__head">
      <nav className="case__way small" aria-label="In this list">
        <Link className="case__list" to={listPath(list)} state={{ row: kase.number }} dir="auto" {...onKey("u")}>
          {listName}
        </Link>
        <span className="row">
          {neighbours.previous ? (
            <Link to={inList(`/cases/${neighbours.previous}`, list, { after: null })} {...onKey("k")}>
              Previous
            </Link>
          ) : null}
          {next ? (
            <Link to={next} {...onKey("j")}>
              Next
            </Link>
          ) : null}
        </span>
      </nav>
      <h1 id="case-subject" tabIndex={-1} dir="auto">
        {kase.subject}
      </h1>
      <div className="case__state">
        <p>
          <span className="quiet">#{kase.number}</span> <State kase={kase} />
        </p>
        <Actions {...page} />
      </div>
    </header>
  )
}

function State({ kase }: Pick<CasePage, "kase">) {
  const { state, waitingSince, snoozedUntil, closedAt, mergedInto } = kase
  if (state === "waiting-on-us" && waitingSince)
    return (
      <>
        waiting on us for <Waiting since={waitingSince} />
      </>
    )
  if (state === "snoozed" && snoozedUntil)
    return (
      <>
        snoozed until <Time at={snoozedUntil} />
      </>
    )
  if (state === "closed" && closedAt)
    return (
      <>
        closed <Time at={closedAt} />
      </>
    )
  if (state === "merged" && mergedInto)
    return (
      <>
        merged into <Link to={`/cases/${mergedInto}`}>#{mergedInto}</Link>
      </>
    )
  if (state === "merged") return <>merged</>
  return <>{state === "spam" ? "spam" : "waiting on them"}</>
}
