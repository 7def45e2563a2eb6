import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Link, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { AwayDays } from "#app/components/people/away-days.tsx"
import { SavedNotice } from "#app/components/people/saved-notice.tsx"
import { titleOf } from "#app/components/title.ts"
import { idFrom, textOf } from "#app/form.ts"
import { backTo, hoursPage, nobody, typedAbsence } from "#app/hours-page.server.ts"
import { addAbsence } from "#app/models/people/agent-hours.server.ts"
import { localPath } from "#app/models/people/local-path.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { pressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shown = await hoursPage(await requireViewer(request), idFrom(params.agentId) ?? 0)
  return json({ shown, saved: new URL(request.url).searchParams.get("saved") })
}

/** A time away: one's own, or anybody's for a lead. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const { by, form } = await pressForm(request, viewer)
  const typed = typedAbsence(form)
  const back = localPath(textOf(form, "back") || `/load/${params.agentId}/absences`)
  const done = await addAbsence(by, idFrom(params.agentId) ?? 0, typed, deskNow())
  if (done === "not yours") throw new Response("Only a lead sends somebody else away.", { status: 403 })
  if (done === "no such agent") throw nobody()
  if (typeof done === "object") return json({ wrong: done, typed, back }, { status: 422 })
  return redirect(backTo(back, done === "added" ? "away" : "away-joined"))
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(`Away days of ${data?.shown.name ?? "somebody"}`, matches.find(({ id }) => id === "root")?.data)

export default function Absences() {
  const { shown, saved } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="page page--narrow">
      <header className="page__head">
        <h1>{shown.isOwn ? "My away days" : `Away days of ${shown.name}`}</h1>
        <nav className="row small" aria-label={`More about ${shown.name}`}>
          {shown.isOwn ? <Link to="/me">Me</Link> : <Link to={`/load/${shown.agentId}/week`}>Hours</Link>}
        </nav>
      </header>
      <SavedNotice saved={answer ? null : saved} />
      <AwayDays
        {...shown}
        back={answer?.back ?? `/load/${shown.agentId}/absences`}
        typed={answer?.typed}
        wrong={answer?.wrong}
      />
    </div>
  )
}
