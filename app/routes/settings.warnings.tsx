import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Time } from "#app/components/time.tsx"
import { titleOf } from "#app/components/title.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"
import { warningsNow } from "#app/warnings/warnings.server.ts"

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request)
  return json({ warnings: await warningsNow(deskNow()) })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Warnings", matches.find(({ id }) => id === "root")?.data)

/** All that is wrong at present, the worst first. */
export default function Warnings() {
  const { warnings } = useLoaderData<typeof loader>()
  return (
    <section className="stack" aria-labelledby="warnings">
      <header className="page__head">
        <h2 id="warnings">Warnings</h2>
        <p className="quiet">
          What is wrong with the desk at present. Each goes away by itself once its cause is mended;{" "}
          <code>npm run desk -- doctor</code> tells the same on the machine.
        </p>
      </header>
      {warnings.length === 0 ? <p className="empty">Nothing is wrong.</p> : null}
      {warnings.map(({ kind, about, since, line, more, to }) => (
        <article key={`${kind} ${about}`} className="notice notice--bad stack stack--tight">
          <h3>{line}</h3>
          <p>{more}</p>
          <p className="row small">
            <span>
              Since <Time at={since} />
            </span>
            {to === "/settings/warnings" ? null : <Link to={to}>Go there</Link>}
          </p>
        </article>
      ))}
    </section>
  )
}
