import type { ReactNode } from "react"
import type { LoadColumn } from "#app/models/happiness/load-drawing.ts"
import { grouped, sharePercent, totalOf } from "#app/models/happiness/percent.ts"
import { SoFar } from "./band-chart.tsx"
import { AsTable } from "./chapter.tsx"

type Load = { columns: LoadColumn[]; path: string }

const percent = (number: number) => `${number.toFixed(3)}%`

/** Emails per agent per day as columns and the happy share as a line, over the same periods; beneath it the same in numbers. */
export function LoadChart({ load: { columns, path }, children }: { load: Load; children: ReactNode }) {
  const shares = columns.filter(({ happy }) => happy)
  return (
    <figure className="load-chart">
      <svg className="drawing load-chart__drawing" aria-hidden="true">
        {columns.map(({ period, load, x, width, centre, labelled }) =>
          load ? (
            <g key={period.name}>
              <title>{`${period.label}: ${load.each} emails per agent per day`}</title>
              <rect
                className="load-chart__load"
                x={percent(x)}
                width={percent(width)}
                y={percent(load.y)}
                height={percent(load.height)}
              />
              {labelled ? (
                <text className="figure" x={percent(centre)} y={percent(load.y)} dy="-0.4em">
                  {Math.round(load.each)}
                </text>
              ) : null}
            </g>
          ) : null,
        )}
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%" aria-hidden="true">
          <path className="line" d={path} />
        </svg>
        {shares.map(({ period, happy, centre, labelled }) =>
          happy ? (
            <g key={period.name}>
              <title>{`${period.label}: ${happy.share}% happy`}</title>
              <circle className="load-chart__point" cx={percent(centre)} cy={percent(happy.y)} r="3.5" />
              {labelled ? (
                <text className="figure figure--happy" x={percent(centre)} y={percent(happy.y)} dy="-0.8em">
                  {happy.share}
                </text>
              ) : null}
            </g>
          ) : null,
        )}
        {shares.length > 0 ? (
          <text className="figure figure--happy load-chart__name" x="0" y="1em">
            % happy
          </text>
        ) : null}
        <text className="load-chart__name" x="0" y="45%">
          Emails per agent per day
        </text>
      </svg>
      <svg className="drawing drawing--under" aria-hidden="true">
        {columns
          .filter(({ labelled }) => labelled)
          .map(({ period, centre }) => (
            <g key={period.name}>
              <text x={percent(centre)} y="1em">
                {period.short}
              </text>
              {period.isUnderWay ? <SoFar x={percent(centre)} /> : null}
            </g>
          ))}
      </svg>
      {children}
    </figure>
  )
}

/** What the chart draws, behind a switch. */
export function LoadTable({ columns }: { columns: LoadColumn[] }) {
  return (
    <AsTable>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col" className="number">
              Replies
            </th>
            <th scope="col" className="number">
              Per agent per day
            </th>
            <th scope="col" className="number">
              Happy
            </th>
          </tr>
        </thead>
        <tbody>
          {columns
            .filter(({ period }) => !period.isAhead)
            .map(({ period, load }) => (
              <tr key={period.name}>
                <th scope="row">{period.label}</th>
                <td className="number">{grouped(period.replies)}</td>
                <td className="number">{load ? load.each.toFixed(1) : "–"}</td>
                <td className="number">{sharePercent({ count: period.happy, of: totalOf(period) }) ?? "–"}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </AsTable>
  )
}
