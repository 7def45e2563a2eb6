import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { caseNumber } from "#app/components/case/number.ts"
import { CaseList } from "#app/components/case-list.tsx"
import { FaceStrip } from "#app/components/face.tsx"
import { Day } from "#app/components/time.tsx"
import { titleOf } from "#app/components/title.ts"
import { useListKeys } from "#app/components/use-list-keys.ts"
import { customerOf } from "#app/models/cases/customers.server.ts"
import { listCases } from "#app/models/cases/views.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { isFace } from "#app/models/ratings/face.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const customerId = caseNumber(params.customerId)
  const customer = await customerOf(viewer, customerId)
  if (!customer) throw new Response("There is no such customer in your mailboxes.", { status: 404 })
  const cursor = new URL(request.url).searchParams.get("cursor")
  const filter = { view: "all", mailboxId: null, agentId: null, customerId, q: null, cursor } as const
  const { rows, next } = await listCases(viewer, filter, deskNow())
  return json({ customer, rows, next })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(
    data?.customer.name || data?.customer.addresses[0]?.address || "Customer",
    matches.find(({ id }) => id === "root")?.data,
  )

export default function Customer() {
  const { customer, rows, next } = useLoaderData<typeof loader>()
  useListKeys()
  const { id, name, addresses, about, since } = customer
  const faces = customer.faces.filter(isFace)
  const count = (face: string) => faces.filter((one) => one === face).length
  return (
    <section className="page" aria-labelledby="customer-name">
      <header className="stack stack--tight">
        <p className="small">
          <Link to="/customers">Customers</Link>
        </p>
        <h1 id="customer-name" dir="auto">
          {name || addresses[0]?.address || "Customer"}
        </h1>
        <p>
          {addresses.map(({ address }) => address).join(", ")}{" "}
          <span className="quiet">
            writes to us since <Day at={since} />
          </span>
        </p>
        {about ? <p className="prose">{about}</p> : null}
      </header>
      {faces.length > 0 ? (
        <section className="row" aria-label="Ratings">
          <FaceStrip faces={faces} />
          <span className="quiet">
            {count("happy")} happy, {count("ok")} OK, {count("frown")} unhappy
          </span>
        </section>
      ) : null}
      <CaseList rows={rows} list={`view=all&customer=${id}`} shown="all states" />
      {next ? (
        <Link className="button cases__more" to={`/customers/${id}?cursor=${encodeURIComponent(next)}`}>
          Older cases
        </Link>
      ) : null}
    </section>
  )
}
