import { grouped, sharePercent, totalOf } from "#app/models/happiness/percent.ts"
import type { RunPoint } from "#app/models/happiness/run-drawing.ts"
import { AsTable } from "./chapter.tsx"

const percent = (number: number) => `${number.toFixed(3)}%`

type Run = { points: RunPoint[]; gaps: number[]; path: string }

/** The share of happy from half-year to half-year, each with what chance leaves open. */
export function RunChart({ run: { points, gaps, path }, current }: { run: Run; current: string }) {
  return (
    <figure className="run" aria-label="Happy by half-year">
      <svg className="drawing run__drawing">
        <title>Happy by half-year</title>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%" aria-hidden="true">
          <path className="line" d={path} />
        </svg>
        {gaps.map((x) => (
          <text key={x} x={percent(x)} y="50%">
            …
          </text>
        ))}
        {points.map((point) => (
          <Half key={point.period.name} point={point} isCurrent={point.period.name.startsWith(current)} />
        ))}
      </svg>
      <RunTable points={points} />
    </figure>
  )
}

function Half({ point: { x, y, low, high, period, share }, isCurrent }: { point: RunPoint; isCurrent: boolean }) {
  return (
    <a
      className={isCurrent ? "run__half run__half--current" : "run__half"}
      href={`/happiness/${period.name}`}
      aria-label={`${period.label}: ${share}% happy`}
    >
      <title>{`${period.label}: ${share}% happy of ${grouped(totalOf(period))}`}</title>
      <line className="run__whisker" x1={percent(x)} x2={percent(x)} y1={percent(low)} y2={percent(high)} />
      <circle className="run__point" cx={percent(x)} cy={percent(y)} r="4.5" />
      <text className="figure figure--happy" x={percent(x)} y={percent(high)} dy="-0.5em">
        {share}
      </text>
      <text className="run__when" x={percent(x)} y="100%" dy="-1.6em">
        {period.short}
      </text>
      <text className="run__when" x={percent(x)} y="100%" dy="-0.3em">
        {period.isUnderWay ? "so far" : period.name.slice(0, 4)}
      </text>
    </a>
  )
}

function RunTable({ points }: { points: RunPoint[] }) {
  return (
    <AsTable>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Half-year</th>
            <th scope="col" className="number">
              Happy
            </th>
            <th scope="col" className="number">
              Ratings
            </th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ period }) => (
            <tr key={period.name}>
              <th scope="row">{period.label}</th>
              <td className="number">{sharePercent({ count: period.happy, of: totalOf(period) })}</td>
              <td className="number">{grouped(totalOf(period))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </AsTable>
  )
}
