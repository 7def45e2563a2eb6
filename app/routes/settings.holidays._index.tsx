import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Link, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Field } from "#app/components/field.tsx"
import { SavedNotice } from "#app/components/people/saved-notice.tsx"
import { PostForm } from "#app/components/post-form.tsx"
import { ImportForm } from "#app/components/settings/import-form.tsx"
import { titleOf } from "#app/components/title.ts"
import { textOf } from "#app/form.ts"
import { addHolidays, listHolidays } from "#app/models/people/holiday.server.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import { sayDate } from "#app/models/people/when.ts"
import { pressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request)
  const saved = new URL(request.url).searchParams.get("saved")
  return json({ holidays: await listHolidays(deskNow()), saved })
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request)
  const { by, form } = await pressForm(request, viewer)
  const typed = { first: textOf(form, "first"), last: textOf(form, "last"), name: textOf(form, "name") }
  const done = await addHolidays(by, typed, deskNow())
  if (done === "not yours") throw new Response("Only an admin closes the desk.", { status: 403 })
  if ("words" in done) return json({ wrong: done.wrong, words: done.words, typed }, { status: 422 })
  return redirect(`/settings/holidays?saved=${done.added > 0 ? "away" : "known"}`)
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Holidays", matches.find(({ id }) => id === "root")?.data)

export default function Holidays() {
  const { holidays, saved } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <section className="stack" aria-labelledby="holidays">
      <h2 id="holidays">Holidays</h2>
      <p className="quiet">
        Days on which nobody is on duty and due times stand still, for each person in their own time zone. The business
        hours stand under <Link to="/settings/desk">Desk</Link>, people’s hours under{" "}
        <Link to="/settings/people">People</Link>.
      </p>
      <SavedNotice saved={answer ? null : saved} />
      <List holidays={holidays} />
      <AddHoliday answer={answer} />
      <ImportForm refused={null} />
    </section>
  )
}

function List({ holidays }: { holidays: { day: string; name: string }[] }) {
  if (holidays.length === 0) return <p className="quiet">None yet.</p>
  return (
    <ul className="away">
      {holidays.map(({ day, name }) => (
        <li key={day} className="row row--apart">
          <span>
            <time dateTime={day}>{sayDate(new Date(`${day}T12:00:00Z`), "UTC")}</time>{" "}
            <span className="quiet">{name}</span>
          </span>
          <PostForm action="/settings/holidays/removal">
            <button
              className="button button--quiet button--small"
              type="submit"
              name="day"
              value={day}
              aria-label={`Remove ${name}, ${day}`}
            >
              Remove
            </button>
          </PostForm>
        </li>
      ))}
    </ul>
  )
}

type Answer = ReturnType<typeof useActionData<typeof action>>

function AddHoliday({ answer }: { answer: Answer }) {
  const field = (name: "first" | "last" | "name") => ({
    name,
    defaultValue: answer?.typed[name] ?? "",
    error: answer?.wrong === name ? answer.words : null,
  })
  return (
    <PostForm action="/settings/holidays?index" className="form">
      <h3>Add a holiday</h3>
      <Field label="Name" required maxLength={100} {...field("name")} />
      <div className="pair">
        <Field label="First day" type="date" required {...field("first")} />
        <Field label="Last day" type="date" {...field("last")} hint="Empty: the same day." />
      </div>
      <div className="form__foot">
        <button className="button button--primary" type="submit">
          Add
        </button>
      </div>
    </PostForm>
  )
}
