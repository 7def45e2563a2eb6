import type { ForecastRow } from "#app/models/sharing/forecast.ts"
import { type ForecastBar, shareWords } from "#app/models/sharing/forecast-drawing.ts"

const percent = (number: number) => `${number.toFixed(3)}%`
const peopleWords = (people: number) => (people === 1 ? "1 person" : `${people} people`)

/** How much of the mail is answered within the hour, by how many people there are. The table says the same. */
export function ForecastChart({ bars }: { bars: readonly ForecastBar[] }) {
  return (
    <figure className="forecast-chart">
      <svg className="drawing forecast-chart__drawing" aria-hidden="true">
        {bars.map(({ people, x, width, centre, y, height, words }) => (
          <g key={people}>
            <rect
              className="load-chart__load"
              x={percent(x)}
              width={percent(width)}
              y={percent(y)}
              height={percent(height)}
            />
            <text className="figure" x={percent(centre)} y={percent(y)} dy="-0.4em">
              {words}
            </text>
          </g>
        ))}
      </svg>
      <svg className="drawing drawing--under" aria-hidden="true">
        {bars.map(({ people, centre }) => (
          <text key={people} x={percent(centre)} y="1em">
            {peopleWords(people)}
          </text>
        ))}
      </svg>
    </figure>
  )
}

export function ForecastTable({ rows }: { rows: readonly ForecastRow[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section className="table-frame" aria-label="Forecast" tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">With</th>
            <th scope="col" className="number">
              Within an hour
            </th>
            <th scope="col" className="number">
              Nine in ten within
            </th>
            <th scope="col" className="number">
              Emails each a week
            </th>
            <th scope="col" className="number">
              Time spent on mail
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ people, withinHour, p90, emailsEach, busy }) => (
            <tr key={people}>
              <th scope="row" className="forecast__people">
                {peopleWords(people)}
              </th>
              <td className="number">{shareWords(withinHour)}</td>
              <td className="number">{p90 === null ? "–" : spanWords(p90)}</td>
              <td className="number">{Math.round(emailsEach)}</td>
              <td className="number">{busy >= 1 ? `${Math.round(busy * 100)}%, too little` : shareWords(busy)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Business minutes as people say them. */
function spanWords(minutes: number) {
  return minutes < 90 ? `${Math.max(1, Math.round(minutes))} min` : `${(minutes / 60).toFixed(1)} h`
}
