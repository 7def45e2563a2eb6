import type { AheadDay, AheadHour, Gap } from "#app/models/sharing/week-ahead.ts"

const percent = (number: number) => `${number.toFixed(3)}%`
const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`
const emailsWords = (emails: number) =>
  emails < 0.95 ? "hardly any mail" : `about ${Math.round(emails)} ${Math.round(emails) === 1 ? "email" : "emails"}`
const peopleWords = (people: number) => (people === 1 ? "1 person" : `${people} people`)

/** A day to come: what to expect, who is on, and when nobody is. `most` is the fullest hour of the week. */
export function AheadDayPart({ day, most, isToday }: { day: AheadDay; most: number; isToday: boolean }) {
  const { people } = day
  return (
    <section className="ahead__day" aria-labelledby={`day-${day.day}`}>
      <header className="row row--apart">
        <h2 id={`day-${day.day}`}>{isToday ? `Today, ${day.label}` : day.label}</h2>
        <p className="quiet">
          {day.isHoliday ? "Holiday, " : ""}
          {people === 0 ? "nobody is on" : `${peopleWords(people)} on`},{" "}
          {day.counted === 0 ? "no mail counted on this weekday yet" : emailsWords(day.emails)}
          {isToday && day.counted > 0 ? " from now on" : ""}
        </p>
      </header>
      <Gaps gaps={day.gaps} />
      {day.counted > 0 ? <Strip day={day} most={most} /> : null}
      {day.shifts.length > 0 ? (
        <ul className="ahead__shifts">
          {day.shifts.map(({ hours, names }) => (
            <li key={hours}>
              <b>{hours}</b> {names.join(", ")}
            </li>
          ))}
        </ul>
      ) : null}
      {day.hours.length > 0 ? <HourTable hours={day.hours} /> : null}
    </section>
  )
}

/** In business hours it is a hole in the plan; outside of them it is so that one knows. */
function Gaps({ gaps }: { gaps: readonly Gap[] }) {
  const holes = gaps.filter(({ isOpen }) => isOpen)
  const closed = gaps.filter(({ isOpen }) => !isOpen).reduce((sum, { emails }) => sum + emails, 0)
  return (
    <>
      {holes.map(({ from, to, emails }) => (
        <p key={from} className="ahead__hole">
          Nobody is on from {clock(from)} to {clock(to)}, when {emailsWords(emails)} {emails >= 1.5 ? "are" : "is"}{" "}
          expected.
        </p>
      ))}
      {closed >= 0.95 ? (
        <p className="quiet small">Outside business hours {emailsWords(closed)} with nobody on.</p>
      ) : null}
    </>
  )
}

/** Mail expected by hour as columns, beneath it how many are on. The table says the same. */
function Strip({ day: { day, hours }, most }: { day: AheadDay; most: number }) {
  const hatch = `bare-${day}`
  const width = 100 / 24
  const height = (emails: number) => (most === 0 ? 0 : (emails / most) * 88)
  return (
    <figure className="ahead__strip" aria-hidden="true">
      <svg className="drawing ahead__drawing" aria-hidden="true">
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line className="ahead__hatching" x1="0" x2="0" y1="0" y2="6" />
          </pattern>
        </defs>
        {hours.map(({ hour, emails, people, isOpen }) => (
          <rect
            key={hour}
            {...(people === 0
              ? {
                  className: isOpen ? "ahead__bare" : "ahead__bare ahead__bare--closed",
                  fill: isOpen ? `url(#${hatch})` : "none",
                }
              : { className: "load-chart__load" })}
            x={percent(hour * width + width * 0.1)}
            width={percent(width * 0.8)}
            y={percent(100 - height(emails))}
            height={percent(height(emails))}
          />
        ))}
      </svg>
      <svg className="drawing ahead__people" aria-hidden="true">
        {hours.map(({ hour, people }) => (
          <text key={hour} x={percent((hour + 0.5) * width)} y="1em" className={people === 0 ? undefined : "figure"}>
            {people === 0 ? "·" : people}
          </text>
        ))}
        {[0, 6, 12, 18].map((hour) => (
          <text key={hour} x={percent(hour * width)} y="2.6em" className="ahead__clock">
            {clock(hour)}
          </text>
        ))}
      </svg>
    </figure>
  )
}

function HourTable({ hours }: { hours: readonly AheadHour[] }) {
  return (
    <details className="as-table">
      <summary>Hour by hour</summary>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Hour</th>
            <th scope="col">Who is on</th>
            <th scope="col" className="number">
              Emails
            </th>
            <th scope="col" className="number">
              Each
            </th>
          </tr>
        </thead>
        <tbody>
          {hours.map((one) => (
            <tr key={one.hour}>
              <th scope="row">{clock(one.hour)}</th>
              <td>{whoWords(one)}</td>
              <td className="number">{one.emails.toFixed(1)}</td>
              <td className="number">{one.people === 0 ? "–" : (one.emails / one.people).toFixed(1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function whoWords({ people, onlyMinutes, isOpen }: AheadHour) {
  if (people === 0) return isOpen ? <b className="ahead__nobody">Nobody</b> : "Nobody, closed"
  return `${peopleWords(people)}${onlyMinutes === null ? "" : `, for ${Math.round(onlyMinutes)} min of it`}`
}
