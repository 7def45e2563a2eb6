import { Link } from "@remix-run/react"
import { grouped } from "#app/models/happiness/percent.ts"
import type { TrendRow } from "#app/models/happiness/trend.ts"
import { Term } from "../charts/counted.tsx"
import { means } from "../charts/definitions.ts"

/** The trend in numbers, newest first; each period opens its ratings. */
export function TrendTable({ rows }: { rows: readonly TrendRow[] }) {
  return (
    <table className="table table--folds">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col" className="number">
            Replies
          </th>
          <th scope="col" className="number">
            <Term means={means.agentDays}>Agent-days</Term>
          </th>
          <th scope="col" className="number">
            <Term means={means.load}>Per agent per day</Term>
          </th>
          <th scope="col" className="number">
            <Term means={means.medianDay}>Median day</Term>
          </th>
          <th scope="col" className="number">
            Worst day
          </th>
          <th scope="col" className="number">
            <Term means={means.happyShare}>Happy</Term>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.toReversed().map((row) => (
          <Row key={row.name} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row }: { row: TrendRow }) {
  const { name, label, replies, agentDays, perAgentDay, medianDay, worstDay, worstDayOn, worstDayWords, share } = row
  return (
    <tr>
      <th scope="row">
        <Link to={`/happiness/${name}`}>{label}</Link>
      </th>
      <td className="number" data-name="Replies">
        {grouped(replies)}
      </td>
      <td className="number" data-name="Agent-days">
        {grouped(agentDays)}
      </td>
      <td className="number" data-name="Per agent per day">
        {tenths(perAgentDay)}
      </td>
      <td className="number" data-name="Median day">
        {tenths(medianDay)}
      </td>
      <td className="number" data-name="Worst day">
        {tenths(worstDay)}{" "}
        {worstDayOn ? (
          <span className="small">
            <Link to={`/happiness/${worstDayOn}`}>{worstDayWords}</Link>
          </span>
        ) : null}
      </td>
      <td className="number" data-name="Happy">
        {share ?? "–"}
      </td>
    </tr>
  )
}

const tenths = (number: number | null) => (number === null ? "–" : number.toFixed(1))
