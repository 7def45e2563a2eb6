import type { BandColumn } from "#app/models/happiness/band-drawing.ts"
import { enough, grouped, sharePercent } from "#app/models/happiness/percent.ts"
import type { PathOf } from "./band-chart.tsx"
import { AsTable } from "./chapter.tsx"
import { Opens, Term } from "./counted.tsx"
import { faceNames, faceOrder, means } from "./definitions.ts"

/** The band in numbers; each opens its cases. */
export function BandTable({ columns, pathOf }: { columns: BandColumn[]; pathOf: PathOf }) {
  return (
    <AsTable>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">When</th>
            {faceOrder.map((face) => (
              <th key={face} scope="col" className="number">
                <Term means={means.face(face)}>{faceNames[face]}</Term>
              </th>
            ))}
            <th scope="col" className="number">
              Happy / OK / frown
            </th>
            <th scope="col" className="number">
              Asked
            </th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ period, rated }) =>
            period.isAhead ? null : (
              <tr key={period.name}>
                <th scope="row">{period.label}</th>
                {faceOrder.map((face) => (
                  <td key={face} className="number">
                    <Opens to={period[face] > 0 ? pathOf({ ...period, face }) : null}>{grouped(period[face])}</Opens>
                  </td>
                ))}
                <td className="number">{sharesOf(period, rated)}</td>
                <td className="number">{grouped(period.asked)}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </AsTable>
  )
}

function sharesOf(period: BandColumn["period"], rated: number) {
  if (rated === 0) return "no ratings"
  if (rated < enough) return "too few"
  return faceOrder.map((face) => sharePercent({ count: period[face], of: rated })).join(" / ")
}
