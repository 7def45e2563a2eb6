import "../styles/mail.css"
import "../styles/trays.css"
import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { caseNumber as idIn } from "#app/components/case/number.ts"
import { titleOf } from "#app/components/title.ts"
import { HeldMail } from "#app/components/tray/held-mail.tsx"
import { RestingMail } from "#app/components/tray/resting-mail.tsx"
import { useListKeys } from "#app/components/use-list-keys.ts"
import { heldMail, restingMail } from "#app/models/mail/trays.server.ts"
import { isTray, trays, trayWords } from "#app/models/mail/trays.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const { tray } = params
  if (!isTray(tray)) throw new Response("There is no such tray.", { status: 404 })
  const query = new URL(request.url).searchParams
  const before = idIn(query.get("before") ?? "") || null
  const said = query.get("said")
  if (tray === "held") return json({ tray, said, before, ...(await heldMail(viewer, before)) })
  return json({ tray, said, before, ...(await restingMail(viewer, tray, before)) })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(data ? `${trayWords[data.tray].name} mail` : "Mail", matches.find(({ id }) => id === "root")?.data)

export default function Tray() {
  const page = useLoaderData<typeof loader>()
  const { tray, next, said } = page
  useListKeys()
  return (
    <section className="page tray" aria-labelledby="tray-title">
      <header className="page__head">
        <h1 id="tray-title">{trayWords[tray].name}</h1>
        <p className="quiet">{trayWords[tray].about}</p>
      </header>
      <nav className="row ledger__fates" aria-label="Trays">
        {trays.map((one) => (
          <Link key={one} to={`/trays/${one}`} aria-current={one === tray ? "page" : undefined}>
            {trayWords[one].name}
          </Link>
        ))}
      </nav>
      {said ? (
        <p className="notice notice--warn" role="status">
          That is not possible any more: somebody else decided first. The list shows what is left.
        </p>
      ) : null}
      <Rows />
      {next ? (
        <Link className="button" to={`/trays/${tray}?before=${next}`} rel="next">
          Older mail
        </Link>
      ) : null}
    </section>
  )
}

function Rows() {
  const page = useLoaderData<typeof loader>()
  if (page.rows.length === 0)
    return <p className="empty">{page.before ? "That was the last of it." : trayWords[page.tray].empty}</p>
  if (page.tray === "held")
    return (
      <ol className="tray__list">
        {page.rows.map((row) => (
          <HeldMail key={row.messageId} row={row} />
        ))}
      </ol>
    )
  return (
    <ol className="tray__list">
      {page.rows.map((row) => (
        <RestingMail key={row.id} row={row} tray={page.tray === "spam" ? "spam" : "undeliverable"} />
      ))}
    </ol>
  )
}
