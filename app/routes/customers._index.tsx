import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Form, Link, useLoaderData } from "@remix-run/react"
import { FaceStrip } from "#app/components/face.tsx"
import { Time } from "#app/components/time.tsx"
import { titleOf } from "#app/components/title.ts"
import { useListKeys } from "#app/components/use-list-keys.ts"
import { listCustomers } from "#app/models/cases/customers.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { isFace } from "#app/models/ratings/face.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const q = new URL(request.url).searchParams.get("q")?.trim() || null
  return json({ q, customers: await listCustomers(viewer, q) })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(data?.q ? `Customers: ${data.q}` : "Customers", matches.find(({ id }) => id === "root")?.data)

export default function Customers() {
  const { q, customers } = useLoaderData<typeof loader>()
  useListKeys()
  return (
    <section className="page" aria-labelledby="customers-title">
      <header className="page__head">
        <h1 id="customers-title">Customers</h1>
        <search>
          <Form className="row">
            <input
              type="search"
              name="q"
              defaultValue={q ?? ""}
              aria-label="Name or address"
              placeholder="Name or address"
            />
          </Form>
        </search>
      </header>
      {customers.length === 0 ? (
        <div className="empty">
          <h2>{q ? `Nobody called “${q}” has written` : "Nobody has written yet"}</h2>
          <p>
            {q ? "Part of a name or an address is enough." : "Whoever writes to a mailbox of this desk appears here."}
          </p>
        </div>
      ) : (
        <ol className="people">
          {customers.map(({ id, name, addresses, cases, lastMessageAt, faces }) => (
            <li key={id} className="person">
              <Link className="person__name" dir="auto" to={`/customers/${id}`} data-row>
                {name || addresses[0] || "Customer"}
              </Link>
              <span className="person__address quiet" dir="auto">
                {addresses.join(", ")}
              </span>
              <span className="person__faces">
                {faces.length > 0 ? <FaceStrip faces={faces.filter(isFace).slice(-10)} /> : null}
              </span>
              <span className="person__cases">{cases === 1 ? "1 case" : `${cases} cases`}</span>
              <span className="person__last quiet">
                <Time at={lastMessageAt} />
              </span>
            </li>
          ))}
        </ol>
      )}
      {customers.length === 50 ? <p className="quiet">The 50 heard from last. Search for anybody else.</p> : null}
    </section>
  )
}
