import type { Show } from "#app/models/happiness/behind.ts"
import type { CauseRow, Flips as FlipFacts } from "#app/models/happiness/flips.server.ts"
import { enough, grouped, sharePercent } from "#app/models/happiness/percent.ts"
import { sayLength } from "#app/models/people/when.ts"
import { Counted, Opens, Term } from "./counted.tsx"
import { means } from "./definitions.ts"
import { between } from "./figures.tsx"

type PathOf = (about: { show: Show; cause?: string }) => string | null

/** What became of the frowns: a sentence rather than a row of boxes. */
export function Flips({ flips, pathOf }: { flips: FlipFacts; pathOf: PathOf }) {
  const { frowns, contacted, flipped, improved, toldImproved, overdue, interval } = flips
  if (frowns === 0) return <p className="quiet">No frown came in.</p>
  return (
    <div className="flips">
      <p className="flips__line">
        <Counted to={pathOf({ show: "frowns" })} means={means.frowns}>
          {grouped(frowns)} {frowns === 1 ? "frown" : "frowns"}
        </Counted>
        ,{" "}
        <Counted to={pathOf({ show: "contacted" })} means={means.contacted}>
          {grouped(contacted)} contacted
        </Counted>
        ,{" "}
        <Counted to={pathOf({ show: "flipped" })} means={means.flipped}>
          {grouped(flipped)} flipped
        </Counted>
        .
      </p>
      <dl className="facts">
        <Fact means={means.flipRate} name="Flip rate">
          {partWords(flipped, contacted)}
          {contacted < enough ? "" : ` (${between(interval)})`}
        </Fact>
        <Fact means={means.ofAllFrowns} name="Flipped, of all frowns">
          {partWords(flipped, frowns)}
        </Fact>
        <Fact means={means.contact} name="To first contact">
          {contactWords(flips)}
        </Fact>
        <Fact means={means.improved} name="Improved to OK">
          {improved > 0 ? <Opens to={pathOf({ show: "improved" })}>{improved}</Opens> : "none"}
          {toldImproved > 0 ? `, ${toldImproved} told us by telephone` : ""}
        </Fact>
        <Fact means={means.overdue} name="Past due now">
          {overdue > 0 ? (
            <Counted to={pathOf({ show: "overdue" })} means={means.overdue}>
              {overdue}
            </Counted>
          ) : (
            "none"
          )}
        </Fact>
      </dl>
    </div>
  )
}

/** A share, or the two numbers where they are too few for one. */
const partWords = (count: number, of: number) => (of === 0 ? "–" : (sharePercent({ count, of }) ?? `${count} of ${of}`))

function contactWords({ untilContact, untilContactMostly }: FlipFacts) {
  if (untilContact === null || untilContactMostly === null) return "–"
  return `${sayLength(untilContact)}; nine of ten within ${sayLength(untilContactMostly)}`
}

export function Fact({ name, means, children }: { name: string; means: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>
        <Term means={means}>{name}</Term>
      </dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Causes, most frequent first, with the running total: where to begin. */
export function Causes({ causes, pathOf }: { causes: CauseRow[]; pathOf: PathOf }) {
  const most = causes[0]?.share ?? 1
  const all = causes.reduce((sum, { count }) => sum + count, 0)
  return (
    <table className="table causes">
      <thead>
        <tr>
          <th scope="col">Cause</th>
          <th scope="col" className="number">
            <Term means={means.frowns}>Frowns</Term>
          </th>
          <th scope="col" className="causes__line">
            <span className="spoken">Drawn</span>
          </th>
          <th scope="col" className="number">
            <Term means={means.together}>Together</Term>
          </th>
        </tr>
      </thead>
      <tbody>
        {causes.map(({ key, name, ours, count, share, cumulative }) => (
          <tr key={key ?? "unknown"}>
            <th scope="row">
              {name} {ours === null ? null : <span className="quiet small">{ours ? "ours" : "not ours"}</span>}
            </th>
            <td className="number">
              <Opens to={pathOf({ show: "frowns", cause: key ?? "unknown" })}>{grouped(count)}</Opens>
            </td>
            <td className="causes__line">
              <svg className="bar" aria-hidden="true">
                <rect
                  className={ours === false ? "bar__not-ours" : key === null ? "bar__unknown" : "bar__ours"}
                  width={`${((100 * share) / most).toFixed(1)}%`}
                  height="100%"
                />
              </svg>
            </td>
            <td className="number">{sharePercent({ count: Math.round(cumulative * all), of: all }) ?? "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
