import type { BandColumn } from "#app/models/happiness/band-drawing.ts"
import { grouped } from "#app/models/happiness/percent.ts"
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
              Shares
            </th>
            <th scope="col" className="number">
              Asked
            </th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ period, rated, words }) => (
            <tr key={period.name}>
              <th scope="row">{period.label}</th>
              {faceOrder.map((face) => (
                <td key={face} className="number">
                  <Opens to={pathOf({ ...period, face })}>{grouped(period[face])}</Opens>
                </td>
              ))}
              <td className="number">{sharesOf(rated, words)}</td>
              <td className="number">{grouped(period.asked)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </AsTable>
  )
}

function sharesOf(rated: number, words: BandColumn["words"]) {
  if (rated === 0) return "no ratings"
  return words ? `${words.happy} / ${words.ok} / ${words.frown}` : "too few"
}
