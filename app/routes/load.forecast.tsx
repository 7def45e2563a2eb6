import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Form, Link, useLoaderData } from "@remix-run/react"
import "../styles/charts.css"
import { deskNow } from "#app/clock.server.ts"
import { Field } from "#app/components/field.tsx"
import { ForecastChart, ForecastTable } from "#app/components/load/forecast-table.tsx"
import { titleOf } from "#app/components/title.ts"
import { requireLead } from "#app/models/people/session.server.ts"
import { deskForecast } from "#app/models/sharing/forecast.server.ts"
import { askedFrom, type Wrong } from "#app/models/sharing/forecast-asked.ts"
import { forecastBars } from "#app/models/sharing/forecast-drawing.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  await requireLead(request)
  const { asked, wrong } = askedFrom(new URL(request.url).searchParams)
  const found = await deskForecast(asked, deskNow())
  return json(
    { ...found, wrong, bars: forecastBars(found.rows) },
    { status: wrong.people || wrong.minutes ? 422 : 200 },
  )
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Forecast", matches.find(({ id }) => id === "root")?.data)

export default function Forecast() {
  const { rows, bars, people, minutes, wrong, emails } = useLoaderData<typeof loader>()
  return (
    <section className="page" aria-labelledby="forecast-title">
      <header className="page__head">
        <h1 id="forecast-title">How many people does our mail need?</h1>
        <Link to="/load">Load</Link>
      </header>
      {rows.length === 0 ? (
        <div className="empty">
          <h2>Too little mail to say</h2>
          <p>
            {emails === 1 ? "1 email" : `${emails} emails`} in the last eight weeks. From about a hundred on, this page
            plays what came again with one person fewer and one more.
          </p>
        </div>
      ) : (
        <>
          <Question {...{ people, minutes, wrong }} />
          <ForecastChart bars={bars} />
          <ForecastTable rows={rows} />
          <Assumptions />
        </>
      )}
    </section>
  )
}

function Question({ people, minutes, wrong }: { people: number; minutes: number; wrong: Wrong }) {
  const { measured } = useLoaderData<typeof loader>()
  const hint = measured
    ? `Our own replies say ${measured.minutes}, from ${measured.gaps} of them.`
    : "Too few replies to measure it; ten is a guess."
  return (
    <Form className="form" method="get">
      <Field
        {...{ label: "People who answer", name: "people", error: wrong.people }}
        {...{ type: "number", min: 1, max: 200, required: true, defaultValue: people }}
      />
      <Field
        {...{ label: "Minutes an email takes", name: "minutes", error: wrong.minutes, hint }}
        {...{ type: "number", min: 0.5, max: 240, step: "any", required: true, defaultValue: minutes }}
      />
      <div className="form__foot">
        <button type="submit" className="button button--primary">
          Play it
        </button>
      </div>
    </Form>
  )
}

function Assumptions() {
  const { emails, days } = useLoaderData<typeof loader>()
  return (
    <section className="stack stack--tight">
      <h2>What this takes for granted</h2>
      <ul className="forecast__assumptions">
        <li>
          Mail comes as in the last {days} days: {emails} emails. Each day is played as one of the same weekdays was,
          picked by lot; holidays are left out.
        </li>
        <li>
          Everybody counted is there in all business hours, works at the same pace and on nothing but mail. For leave,
          illness and lunch count fewer people.
        </li>
        <li>
          An email takes as long as said above in the mean: most take less, a few take much longer. Measured as the time
          from one reply to the same person’s next where the next email already waited; gaps over half an hour are
          breaks.
        </li>
        <li>
          Hours are business hours: an email at night is answered within an hour if it is by an hour after opening.
        </li>
        <li>Cases go to people by the desk’s own rules. The same question always gets the same answer.</li>
      </ul>
    </section>
  )
}
