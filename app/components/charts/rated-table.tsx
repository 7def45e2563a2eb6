import type { Overview } from "#app/models/happiness/overview.server.ts"
import { grouped, isEnough, sharePercent, totalOf } from "#app/models/happiness/percent.ts"
import type { Face } from "#app/models/ratings/face.ts"
import { Opens, Term } from "./counted.tsx"
import { faceNames, faceOrder, means } from "./definitions.ts"
import { between } from "./figures.tsx"

type Rated = Overview["people"]
type Row = Rated["rows"][number]
type About = { rated: Rated; what: string; notOurs: Record<number, number> | null; pathOf: PathOf }
type PathOf = (id: number, about: { face: Face } | { show: "left-off" }) => string | null

/** People or mailboxes by name, never by rank: counts first, then what the share probably is. */
export function RatedTable({ rated, what, notOurs, pathOf }: About) {
  return (
    <div className="table-frame">
      <table className="table rated">
        <thead>
          <tr>
            <th scope="col">{what}</th>
            {faceOrder.map((face) => (
              <th key={face} scope="col" className="number">
                <Term means={means.face(face)}>{faceNames[face]}</Term>
              </th>
            ))}
            {notOurs ? (
              <th scope="col" className="number">
                <Term means={means.notOurs}>Not ours</Term>
              </th>
            ) : null}
            <th scope="col">
              <Term means={means.estimate}>Happy, probably</Term>
            </th>
            <th scope="col" className="rated__line">
              <span className="spoken">Drawn</span>
            </th>
            <th scope="col" className="number">
              <Term means={means.workday}>Emails a day</Term>
            </th>
            <th scope="col" className="number">
              <Term means={means.leftOff}>Left off</Term>
            </th>
          </tr>
        </thead>
        <tbody>
          {rated.rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.name}</th>
              {faceOrder.map((face) => (
                <td key={face} className="number">
                  <Opens to={row.tally[face] > 0 ? pathOf(row.id, { face }) : null}>{grouped(row.tally[face])}</Opens>
                </td>
              ))}
              {notOurs ? <td className="number">{notOurs[row.id] ?? 0}</td> : null}
              <td>
                <Probably row={row} />
              </td>
              <td className="rated__line">
                <Whisker row={row} team={rated.line} />
              </td>
              <td className="number">{row.days > 0 ? (row.replies / row.days).toFixed(0) : "–"}</td>
              <td className="number">
                <LeftOff row={row} to={pathOf(row.id, { show: "left-off" })} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const percent = (number: number) => `${number.toFixed(2)}%`

/** How many, which opens them, and of what share that is. */
function LeftOff({ row: { tally }, to }: { row: Row; to: string | null }) {
  const { asked, leftOff } = tally
  if (leftOff === 0) return <>–</>
  const share = isEnough(tally) ? sharePercent({ count: leftOff, of: asked + leftOff }) : null
  return (
    <>
      <Opens to={to}>{grouped(leftOff)}</Opens>
      {share ? <span className="quiet"> {share}</span> : null}
    </>
  )
}

function Probably({ row: { happy, tally, standsOut } }: { row: Row }) {
  if (!happy) return <span className="quiet">{totalOf(tally) === 0 ? "no ratings" : "too few to say"}</span>
  return (
    <span className="rated__probably">
      {(happy.mean * 100).toFixed(1)}% <span className="quiet">({between(happy.interval)})</span>
      {standsOut ? (
        <>
          {" "}
          <Term means={means.standsOut}>stands out</Term>
        </>
      ) : null}
    </span>
  )
}

/** The interval on a line that is the same for everybody, the team's share as a tick on it. */
function Whisker({ row: { whisker }, team }: { row: Row; team: number | null }) {
  if (!whisker || team === null) return null
  return (
    <svg className="whisker" aria-hidden="true">
      <line className="whisker__team" x1={percent(team)} x2={percent(team)} y1="0" y2="100%" />
      <line className="whisker__bounds" x1={percent(whisker.low)} x2={percent(whisker.high)} y1="50%" y2="50%" />
      <circle className="whisker__mean" cx={percent(whisker.mean)} cy="50%" r="4" />
    </svg>
  )
}
