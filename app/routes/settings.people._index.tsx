import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { titleOf } from "#app/components/title.ts"
import { listAgents } from "#app/models/people/agent.server.ts"
import { listMailboxes } from "#app/models/people/mailbox.server.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request)
  const [people, boxes] = await Promise.all([listAgents(), listMailboxes()])
  const nameOf = new Map(boxes.map(({ id, name }) => [id, name]))
  return json({
    people: people.map(({ id, name, email, role, loadLimit, deactivatedAt, mailboxIds }) => {
      const mailboxes = mailboxIds.flatMap((box) => nameOf.get(box) ?? [])
      return { id, name, email, role, loadLimit, isActive: deactivatedAt === null, mailboxes }
    }),
  })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("People", matches.find(({ id }) => id === "root")?.data)

export default function People() {
  const { people } = useLoaderData<typeof loader>()
  return (
    <section className="stack" aria-labelledby="people">
      <header className="page__head">
        <h2 id="people">People</h2>
        <Link className="button" to="/settings/people/new">
          Add somebody
        </Link>
      </header>
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Role</th>
              <th scope="col" className="number">
                Limit
              </th>
              <th scope="col">Answers</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr key={person.id} className={person.isActive ? undefined : "quiet"}>
                <td>
                  <Link to={`/settings/people/${person.id}`}>{person.name}</Link>
                  <br />
                  <span className="quiet small">{person.email}</span>
                </td>
                <td>{person.isActive ? person.role : "left"}</td>
                <td className="number">{person.loadLimit}</td>
                <td>{person.mailboxes.join(", ") || "no mailbox"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
