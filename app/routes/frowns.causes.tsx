import "#app/styles/frowns.css"
import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { FrownTabs } from "#app/components/frown/tabs.tsx"
import { titleOf } from "#app/components/title.ts"
import { causePareto } from "#app/models/frowns/cause.server.ts"
import {
  firstDayOf,
  halfBefore,
  halfOf,
  nextHalf,
  type ParetoRow,
  readHalf,
  sayHalf,
  writeHalf,
} from "#app/models/frowns/cause.ts"
import { queueCounts } from "#app/models/frowns/queue.server.ts"
import { sharePercent } from "#app/models/happiness/percent.ts"
import { deskCalendar } from "#app/models/people/calendar.server.ts"
import { dayOf, startOf } from "#app/models/people/hours.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const now = deskNow()
  const { timeZone } = await deskCalendar()
  const half = readHalf(new URL(request.url).searchParams.get("half")) ?? halfOf(dayOf(now, timeZone))
  const edge = (of: typeof half) => startOf(firstDayOf(of), timeZone)
  const [rows, counts] = await Promise.all([
    causePareto(viewer, { from: edge(half), to: edge(nextHalf(half)) }),
    queueCounts(viewer, now),
  ])
  const isCurrent = edge(nextHalf(half)) > now
  return json({ half, rows, counts, isCurrent })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Causes of frowns", matches.find(({ id }) => id === "root")?.data)

export default function Causes() {
  const { half, rows, counts, isCurrent } = useLoaderData<typeof loader>()
  return (
    <section className="page frowns" aria-labelledby="causes-title">
      <header className="page__head">
        <h1 id="causes-title">Frowns</h1>
      </header>
      <FrownTabs current="causes" counts={counts} />
      <div className="row row--apart">
        <h2>
          {sayHalf(half)}
          {isCurrent ? " so far" : ""}
        </h2>
        <nav className="row" aria-label="Half years">
          <Link to={`/frowns/causes?half=${writeHalf(halfBefore(half))}`}>Before</Link>
          {isCurrent ? null : <Link to={`/frowns/causes?half=${writeHalf(nextHalf(half))}`}>After</Link>}
        </nav>
      </div>
      {rows.length > 0 ? (
        <>
          <p className="quiet">{ofOurs(rows)}</p>
          <Pareto rows={rows} />
        </>
      ) : (
        <div className="empty">
          <h2>No frowns</h2>
          <p>
            In this half year{isCurrent ? " so far" : ""} nobody was unhappy with us that we know of. Causes are set on
            each frown.
          </p>
        </div>
      )}
    </section>
  )
}

function ofOurs(rows: readonly ParetoRow[]) {
  const sum = (some: readonly ParetoRow[]) => some.reduce((all, { count }) => all + count, 0)
  const known = sum(rows.filter(({ key }) => key !== null))
  const all = sum(rows)
  return `${all} ${all === 1 ? "frown" : "frowns"}, ${known} with a cause. Ours to change, by people or process: ${sum(rows.filter(({ ours }) => ours))}.`
}

function Pareto({ rows }: { rows: readonly ParetoRow[] }) {
  const most = Math.max(...rows.map(({ share }) => share))
  const of = rows.reduce((all, { count }) => all + count, 0)
  const percent = (share: number) => sharePercent({ count: Math.round(share * of), of }) ?? "–"
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section className="table-frame" aria-label="Causes" tabIndex={0}>
      <table className="table pareto">
        <thead>
          <tr>
            <th scope="col">Cause</th>
            <th scope="col">Whose</th>
            <th scope="col" className="number">
              Frowns
            </th>
            <th scope="col" className="number">
              Share
            </th>
            <th scope="col" className="number">
              Together
            </th>
            <th scope="col">
              <span className="spoken">Drawn</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key ?? "unknown"}>
              <th scope="row" dir="auto">
                {row.name}
              </th>
              <td className="quiet">{row.ours === null ? "Not known" : row.ours ? `Ours, ${row.group}` : row.group}</td>
              <td className="number">{row.count}</td>
              <td className="number">{percent(row.share)}</td>
              <td className="number quiet">{percent(row.cumulative)}</td>
              <td className="pareto__bar">
                <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                  <rect
                    className={row.ours ? "pareto__ours" : "pareto__theirs"}
                    width={(row.share / most) * 100}
                    height="8"
                  />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
