import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Form, Link, useLoaderData, useSearchParams } from "@remix-run/react"
import "../styles/charts.css"
import "../styles/happiness.css"
import "../styles/load.css"
import { deskNow } from "#app/clock.server.ts"
import { LoadChart } from "#app/components/charts/load-chart.tsx"
import { ZoneNote } from "#app/components/charts/zone-note.tsx"
import { Choice, Field } from "#app/components/field.tsx"
import { TrendTable } from "#app/components/load/trend-table.tsx"
import { titleOf } from "#app/components/title.ts"
import { loadTrend } from "#app/models/happiness/trend.server.ts"
import { usualWords } from "#app/models/happiness/trend.ts"
import { requireLead } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  await requireLead(request)
  const trend = await loadTrend(new URL(request.url).searchParams, deskNow())
  const status = Object.keys(trend.wrong).length > 0 ? 422 : 200
  return json({ ...trend, usual: usualWords(trend.by) }, { status })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Load over time", matches.find(({ id }) => id === "root")?.data)

export default function Trend() {
  const page = useLoaderData<typeof loader>()
  const { rows, load, latest, isBlank } = page
  const worked = rows.some(({ replies }) => replies > 0)
  return (
    <section className="page trend" aria-labelledby="trend-title">
      <header className="page__head">
        <h1 id="trend-title">Emails per agent per day</h1>
        <Link to="/load">Load</Link>
      </header>
      <ZoneNote zones={page} />
      {isBlank ? (
        <div className="empty">
          <h2>No reply has left yet</h2>
          <p>
            Answer a case and this page counts it: replies sent, divided by the people who sent at least one that day.
          </p>
        </div>
      ) : (
        <>
          {latest ? <Latest latest={latest} /> : null}
          <Question />
          {worked ? (
            <LoadChart load={load}>
              <TrendTable rows={rows} />
            </LoadChart>
          ) : (
            <p className="quiet">No reply was sent in this time. Choose a longer one.</p>
          )}
        </>
      )}
    </section>
  )
}

type Said = { each: number | null; when: string }

/** What somebody who reads one line should know. */
function Latest({ latest: { is, was } }: { latest: { is: Said; was: Said | null } }) {
  return (
    <p className="trend__latest">
      <strong>{is.each?.toFixed(1)}</strong> {is.when}
      {was ? `, ${was.each?.toFixed(1)} ${was.when}` : ""}.
    </p>
  )
}

const unitNames = { year: "Year", half: "Half-year", quarter: "Quarter", month: "Month", week: "Week" }
const units = Object.entries(unitNames).map(([value, label]) => ({ value, label }))

function Question() {
  const { by, wrong, usual } = useLoaderData<typeof loader>()
  const [query] = useSearchParams()
  const [first, last] = [query.get("first") ?? "", query.get("last") ?? ""]
  return (
    <Form className="trend__question" method="get" key={query.toString()}>
      <Choice label="By" name="by" error={wrong.by} options={units} defaultValue={by} />
      <Field label="From" name="first" error={wrong.first} placeholder="2025-01-01" size={12} defaultValue={first} />
      <Field label="To" name="last" error={wrong.last} placeholder="today" size={12} defaultValue={last} />
      <button type="submit" className="button button--primary">
        Show
      </button>
      <a href={`/load/trend.csv?${query}`} download>
        Download as CSV
      </a>
      <p className="field__hint">Days, or whole periods such as 2025 or 2025-H2. Left empty: {usual}.</p>
    </Form>
  )
}
