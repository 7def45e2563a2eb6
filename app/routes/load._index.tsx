import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData, useSearchParams } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { AgentRow } from "#app/components/load/agent-row.tsx"
import { Stranded } from "#app/components/load/held.tsx"
import { Pool, UnansweredTwice } from "#app/components/load/waiting.tsx"
import { titleOf } from "#app/components/title.ts"
import { listCases } from "#app/models/cases/views.server.ts"
import { requireLead } from "#app/models/people/session.server.ts"
import { reasonsOf } from "#app/models/sharing/history.server.ts"
import { loads } from "#app/models/sharing/load.server.ts"
import { stranded } from "#app/models/sharing/release.server.ts"
import { remediesFor } from "#app/models/sharing/remedy.server.ts"
import { unansweredTwice } from "#app/models/sharing/unanswered.server.ts"
import type { loader as root } from "#app/root.tsx"

const inPool = { view: "unassigned", mailboxId: null, agentId: null, customerId: null, q: null, cursor: null } as const

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireLead(request)
  const now = deskNow()
  const [people, stuck, told, waiting] = await Promise.all([
    loads(now),
    stranded(now),
    unansweredTwice(now),
    listCases(viewer, inPool, now),
  ])
  const first = waiting.rows.slice(0, 10)
  const pooled = first.map(({ number }) => number)
  const [reasons, remedies] = await Promise.all([
    reasonsOf(pooled),
    remediesFor(viewer, [...pooled, ...told.map(({ number }) => number)], now),
  ])
  const pool = first.map(({ number, subject, mailbox, waitingSince }) => {
    const [reason, remedy] = [reasons.get(number) ?? null, remedies.get(number) ?? null]
    return { number, subject, mailbox: mailbox.name, waitingSince, reason, remedy }
  })
  const twice = told.map((kase) => ({ ...kase, remedy: remedies.get(kase.number) ?? null }))
  return json({ people, ...stuck, twice, pool, count: waiting.next ? null : waiting.rows.length })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) => {
  const stuck = data?.stranded.length ? ` (${data.stranded.length} stranded)` : ""
  return titleOf(`Load${stuck}`, matches.find(({ id }) => id === "root")?.data)
}

export default function Load() {
  const { people, stranded: stuck, resting, twice, pool, count } = useLoaderData<typeof loader>()
  const present = people.filter(({ presence, isInvited }) => presence.state === "present" && !isInvited).length
  return (
    <div className="page load">
      <header className="page__head">
        <div className="load__title">
          <h1>Load</h1>
          <p className="quiet">
            {present} of {people.length} here, {people.reduce((sum, one) => sum + one.load, 0)} cases wait on somebody
          </p>
        </div>
        <nav className="row" aria-label="More about the load">
          <Link to="/load/week-ahead">Week ahead</Link>
          <Link to="/load/trend">Over time</Link>
          <Link to="/load/forecast">Forecast</Link>
        </nav>
      </header>
      <Said />
      <table className="table load__table">
        <thead>
          <tr>
            <th scope="col">Agent</th>
            <th scope="col">Now</th>
            <th scope="col">Load</th>
            <th scope="col" className="number">
              Given today
            </th>
            <th scope="col" className="number">
              Answered today
            </th>
            <th scope="col" className="number">
              Waiting longest
            </th>
            <th scope="col" className="number">
              Last reply
            </th>
            <th scope="col">
              <span className="spoken">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <AgentRow key={person.agentId} person={person} />
          ))}
        </tbody>
      </table>
      <Stranded stranded={stuck} resting={resting} />
      <UnansweredTwice twice={twice} />
      <Pool {...{ pool, count }} />
    </div>
  )
}

/** What a press could not do, by the name in the address. */
const saids: Partial<Record<string, string>> = {
  "somebody-else": "Somebody else has that case by now. Nothing was changed.",
  "not-there": "They do not answer that mailbox, so the case stays where it is.",
}

function Said() {
  const [query] = useSearchParams()
  const words = saids[query.get("said") ?? ""]
  return words ? (
    <p className="notice notice--warn" role="status">
      {words}
    </p>
  ) : null
}
