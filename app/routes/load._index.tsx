import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { viewPath } from "#app/components/case-views.ts"
import { AgentRow } from "#app/components/load/agent-row.tsx"
import { Press } from "#app/components/press.tsx"
import { Waiting } from "#app/components/time.tsx"
import { titleOf } from "#app/components/title.ts"
import { listCases } from "#app/models/cases/views.server.ts"
import { requireLead } from "#app/models/people/session.server.ts"
import { loads } from "#app/models/sharing/load.server.ts"
import { stranded } from "#app/models/sharing/release.server.ts"
import type { loader as root } from "#app/root.tsx"

const pool = { view: "unassigned", mailboxId: null, agentId: null, customerId: null, q: null, cursor: null } as const

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireLead(request)
  const now = deskNow()
  const [people, stuck, waiting] = await Promise.all([loads(now), stranded(now), listCases(viewer, pool, now)])
  return json({ people, ...stuck, pool: waiting.rows, hasMore: waiting.next !== null })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) => {
  const stuck = data?.stranded.length ? ` (${data.stranded.length} stranded)` : ""
  return titleOf(`Load${stuck}`, matches.find(({ id }) => id === "root")?.data)
}

export default function Load() {
  const { people } = useLoaderData<typeof loader>()
  const present = people.filter(({ presence }) => presence.state === "present").length
  return (
    <div className="page load">
      <header className="page__head">
        <h1>Load</h1>
        <p className="quiet">
          {present} of {people.length} here, {people.reduce((sum, one) => sum + one.load, 0)} cases wait on somebody
        </p>
      </header>
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
      <Stranded />
      <Pool />
    </div>
  )
}

/** Cases with somebody who cannot work them now. Its normal length is zero. */
function Stranded() {
  const { stranded: stuck } = useLoaderData<typeof loader>()
  return (
    <section className="stack stack--tight">
      <h2>Stranded</h2>
      {stuck.length === 0 ? (
        <p className="quiet">Nothing. Every case that waits on us is with somebody who can work it, or in the pool.</p>
      ) : (
        <ul className="load__stranded">
          {stuck.map(({ number, agent, because }) => (
            <li key={number} className="row">
              <Link to={`/cases/${number}`}>#{number}</Link>
              <span>
                {agent} is {because}
              </span>
              <Press to={`/cases/${number}/freeing`} words="Free it" />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** What nobody has yet, oldest first, with the wait. */
function Pool() {
  const { pool: waiting, hasMore } = useLoaderData<typeof loader>()
  return (
    <section className="stack stack--tight">
      <h2>
        <Link to={viewPath("unassigned")}>Pool</Link>
      </h2>
      {waiting.length === 0 ? (
        <p className="quiet">Empty. New mail goes straight to whoever has room.</p>
      ) : (
        <ol className="load__pool">
          {waiting.slice(0, 10).map(({ number, subject, mailbox, waitingSince }) => (
            <li key={number} className="row row--apart">
              <Link to={`/cases/${number}`}>{subject}</Link>
              <span className="row quiet small">
                {mailbox.name} {waitingSince ? <Waiting since={waitingSince} /> : null}
              </span>
            </li>
          ))}
        </ol>
      )}
      {waiting.length > 10 ? (
        <Link to={viewPath("unassigned")}>{hasMore ? "All of them" : `All ${waiting.length}`}</Link>
      ) : null}
    </section>
  )
}
