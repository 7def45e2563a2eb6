import { Link } from "@remix-run/react"
import { Press } from "../press.tsx"
import type { CasePage } from "./facts.ts"

/** The case may belong to an older one: why we think so, and one press either way. Merged, one press takes them apart. */
export function NearCase({ kase }: Pick<CasePage, "kase">) {
  const { number, nearCase, nearBecause, mergedInto, state } = kase
  if (state === "merged" && !mergedInto)
    return (
      <p className="notice near-case">
        It was merged into a case of a mailbox you do not answer, where it goes on. Whoever leads can say more.
      </p>
    )
  if (mergedInto)
    return (
      <div className="notice near-case">
        <p>
          It was merged into <Link to={`/cases/${mergedInto}`}>#{mergedInto}</Link>, where it goes on.
        </p>
        <Press to={`/cases/${number}/parting`} words="Take them apart again" quiet />
      </div>
    )
  if (!nearCase) return null
  return (
    <div className="notice near-case">
      <p>
        <bdi>{nearBecause}</bdi> <Link to={`/cases/${nearCase}`}>Look at #{nearCase}</Link>
      </p>
      <div className="row">
        <Link className="button" to={`/cases/${number}/merge?into=${nearCase}`}>
          Put it into #{nearCase}
        </Link>
        <Press to={`/cases/${number}/apart`} words="Another matter" quiet />
      </div>
    </div>
  )
}
