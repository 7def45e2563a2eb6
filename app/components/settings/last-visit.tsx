import { Time } from "../time.tsx"

type Visited = { seenAt: string | null; problem: string | null; problemAt: string | null; pausedAt: string | null }

/** How fetching goes: nothing is worse than a mailbox that has been silent for days and says nothing of it. */
export function LastVisit({ account: { seenAt, problem, problemAt, pausedAt } }: { account: Visited }) {
  const seen = seenAt ? (
    <>
      Last visited <Time at={seenAt} />.
    </>
  ) : (
    "Not visited yet."
  )
  if (problem === null) return <p className="quiet">{seen}</p>
  return (
    <div className={`notice ${pausedAt ? "notice--bad" : "notice--warn"}`} role="status">
      <p>
        {problem}
        {problemAt ? (
          <span className="quiet">
            {" "}
            <Time at={problemAt} />
          </span>
        ) : null}
      </p>
      <p>
        {pausedAt
          ? "It is not tried again by itself, so that the server does not lock the account: mend it here, or try it. "
          : "It is tried again by itself; nothing is lost meanwhile. "}
        {seen}
      </p>
    </div>
  )
}
