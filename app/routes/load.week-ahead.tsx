import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import "../styles/charts.css"
import "../styles/happiness.css"
import "../styles/load.css"
import { deskNow } from "#app/clock.server.ts"
import { AheadDayPart } from "#app/components/load/ahead-day.tsx"
import { titleOf } from "#app/components/title.ts"
import { requireLead } from "#app/models/people/session.server.ts"
import { deskWeekAhead } from "#app/models/sharing/week-ahead.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  await requireLead(request)
  return json(await deskWeekAhead(deskNow()))
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("The week ahead", matches.find(({ id }) => id === "root")?.data)

export default function WeekAhead() {
  const { days, timeZone } = useLoaderData<typeof loader>()
  const most = Math.max(0, ...days.flatMap(({ hours }) => hours.map(({ emails }) => emails)))
  return (
    <div className="page ahead">
      <header className="page__head">
        <h1>The week ahead</h1>
        <Link to="/load">Load</Link>
      </header>
      <p className="ahead__says">
        Columns are the mail to expect in each hour, from the same weekdays of the last eight weeks; the figures beneath
        are how many are on, by their weeks without away days and holidays. Hatched: nobody is on while we are open;
        outlined: nobody is on, and we are closed. {timeZone} time.
      </p>
      <Notices />
      {days.map((day, place) => (
        <AheadDayPart key={day.day} day={day} most={most} isToday={place === 0} />
      ))}
    </div>
  )
}

/** What makes the plan mean less than it seems. */
function Notices() {
  const { days, people, alwaysOn } = useLoaderData<typeof loader>()
  if (people === 0)
    return (
      <p className="notice notice--warn">
        Nobody answers a mailbox yet, so nobody is ever on. Choose who answers under{" "}
        <Link to="/settings">Settings</Link>.
      </p>
    )
  return (
    <>
      {days.every((day) => day.people === 0) ? (
        <p className="notice notice--warn">
          Nobody is on in the next seven days. Look at the hours and away days of each person under Change on{" "}
          <Link to="/load">Load</Link>.
        </p>
      ) : null}
      {days.every(({ counted }) => counted === 0) ? (
        <p className="quiet">No mail was counted yet. From the second day on this page says what to expect.</p>
      ) : null}
      {alwaysOn.length > 0 ? (
        <p className="quiet">
          Without hours of their own, and so counted as on at all times:{" "}
          {alwaysOn.map(({ id, name }, place) => (
            <span key={id}>
              {place > 0 ? ", " : ""}
              <Link to={`/load/${id}/week`}>{name}</Link>
            </span>
          ))}
          .
        </p>
      ) : null}
    </>
  )
}
