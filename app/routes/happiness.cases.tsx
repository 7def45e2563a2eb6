import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import "../styles/happiness.css"
import { deskNow } from "#app/clock.server.ts"
import { ZoneNote } from "#app/components/charts/zone-note.tsx"
import { FaceMark } from "#app/components/face.tsx"
import { Day } from "#app/components/time.tsx"
import { titleOf } from "#app/components/title.ts"
import { VoidMark, VoidWords } from "#app/components/void.tsx"
import { behindPath } from "#app/models/happiness/behind.ts"
import { readBehind } from "#app/models/happiness/behind-query.ts"
import { casesBehind } from "#app/models/happiness/cases-behind.server.ts"
import { grouped } from "#app/models/happiness/percent.ts"
import { isAtLeast } from "#app/models/people/agent.ts"
import { requireViewer } from "#app/models/people/session.server.ts"

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const asked = readBehind(new URL(request.url).searchParams)
  if (!asked) throw new Response("No number leads here. Go back to the report and choose one.", { status: 404 })
  const found = await casesBehind(viewer, asked, deskNow())
  return json({ asked, own: !isAtLeast(viewer, "lead"), ...found })
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  titleOf(data?.title ?? "Cases", matches.find(({ id }) => id === "root")?.data)

export default function CasesBehind() {
  const page = useLoaderData<typeof loader>()
  const { asked, title, own, count, elsewhere, rows, next } = page
  return (
    <section className="page happiness" aria-labelledby="behind-title">
      <header className="page__head">
        <h1 id="behind-title">{title}</h1>
        <Link to={`/happiness/${asked.from.slice(0, 4)}`}>Happiness in {asked.from.slice(0, 4)}</Link>
      </header>
      <ZoneNote zones={page} />
      <p className="quiet">
        {grouped(count)} in all{own ? ", your own replies only" : ""}.
        {elsewhere > 0
          ? ` ${grouped(elsewhere)} of them are in mailboxes you have no access to and are not listed.`
          : ""}
      </p>
      {rows.length === 0 ? null : <List rows={rows} />}
      {next ? (
        <Link className="button" to={behindPath({ ...asked, cursor: next })} rel="next">
          Earlier ones
        </Link>
      ) : null}
    </section>
  )
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>["rows"][number]

function List({ rows }: { rows: Row[] }) {
  return (
    <ol className="behind">
      {rows.map((row) => (
        <li key={row.id} className="behind__row">
          <span className="behind__face">
            <Faces row={row} />
          </span>
          <span className="behind__what">
            <Link to={`/cases/${row.number}`}>
              <bdi>{row.customer || "Somebody"}</bdi>: <bdi>{row.subject || "no subject"}</bdi>
            </Link>
            {row.words ? (
              <q className="behind__words" dir="auto">
                {row.words}
              </q>
            ) : null}
            {row.voiding ? (
              <span className="behind__words quiet" dir="auto">
                <VoidWords voiding={row.voiding} />
              </span>
            ) : null}
          </span>
          <span className="behind__who quiet">
            {row.agent}, {row.mailbox}
          </span>
          <span className="behind__when quiet">
            <Day at={row.at} />
          </span>
        </li>
      ))}
    </ol>
  )
}

/** The first face, and the one that stands now where the customer changed it. */
function Faces({ row: { first, standing, outcome, voiding } }: { row: Row }) {
  if (!first) return <span className="spoken">Not rated</span>
  if (voiding) return <VoidMark face={standing ?? first} voiding={voiding} size={20} />
  return (
    <>
      <FaceMark face={first} size={20} />
      {standing && standing !== first ? (
        <>
          <span aria-hidden="true">→</span>
          <FaceMark face={standing} size={20} />
        </>
      ) : null}
      {outcome ? <span className="small quiet">{outcome}</span> : null}
    </>
  )
}
