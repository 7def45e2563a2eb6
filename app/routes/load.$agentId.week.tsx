import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Link, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { SavedNotice } from "#app/components/people/saved-notice.tsx"
import { WeekForm } from "#app/components/people/week-form.tsx"
import { titleOf } from "#app/components/title.ts"
import { idFrom, textOf } from "#app/form.ts"
import { backTo, hoursPage, nobody, zonesWith } from "#app/hours-page.server.ts"
import { setWeek } from "#app/models/people/agent-hours.server.ts"
import { localPath } from "#app/models/people/local-path.ts"
import { requireLead } from "#app/models/people/session.server.ts"
import { dayNames } from "#app/models/people/week.ts"
import { pressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireLead(request)
  const shown = await hoursPage(viewer, idFrom(params.agentId) ?? 0)
  const saved = new URL(request.url).searchParams.get("saved")
  return json({ shown, zones: zonesWith(shown.ownZone), saved })
}

/** A person's seven days and zone. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireLead(request)
  const { by, form } = await pressForm(request, viewer)
  const typed = {
    timeZone: textOf(form, "timeZone"),
    days: dayNames.map((_, index) => textOf(form, `day${index + 1}`)),
  }
  const back = localPath(textOf(form, "back") || `/load/${params.agentId}/week`)
  const done = await setWeek(by, idFrom(params.agentId) ?? 0, typed, deskNow())
  if (done === "no such agent" || done === "not yours") throw nobody()
  return done === "changed" ? redirect(backTo(back, "hours")) : json({ wrong: done, typed, back }, { status: 422 })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(`Hours of ${data?.shown.name ?? "somebody"}`, matches.find(({ id }) => id === "root")?.data)

export default function Week() {
  const { shown, zones, saved } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { typed } = answer ?? {}
  return (
    <div className="page page--narrow">
      <header className="page__head">
        <h1>Hours of {shown.name}</h1>
        <nav className="row small" aria-label={`More about ${shown.name}`}>
          <Link to={`/load/${shown.agentId}/absences`}>Away days</Link>
          <Link to="/load">Load</Link>
        </nav>
      </header>
      <SavedNotice saved={answer ? null : saved} />
      <WeekForm
        {...shown}
        zones={zones}
        days={typed?.days ?? shown.days}
        ownZone={typed?.timeZone ?? shown.ownZone}
        back={answer?.back ?? `/load/${shown.agentId}/week`}
        wrong={answer?.wrong ?? null}
      />
    </div>
  )
}
