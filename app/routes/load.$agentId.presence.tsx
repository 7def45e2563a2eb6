import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { AwaySwitch } from "#app/components/people/away-switch.tsx"
import { titleOf } from "#app/components/title.ts"
import { idFrom, textOf } from "#app/form.ts"
import { hoursPage, nobody } from "#app/hours-page.server.ts"
import { isAtLeast, isPresence } from "#app/models/people/agent.ts"
import { hoursOf } from "#app/models/people/agent-hours.server.ts"
import { untilFrom } from "#app/models/people/away.ts"
import { localPath } from "#app/models/people/local-path.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { loads, setPresence } from "#app/models/sharing/load.server.ts"
import { pressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shown = await hoursPage(await requireViewer(request), idFrom(params.agentId) ?? 0)
  const person = (await loads(deskNow())).find(({ agentId }) => agentId === shown.agentId)
  return json({ shown, presence: person?.presence ?? { state: "off" as const, until: null } })
}

/** One's own switch, or anyone's for a lead; until a press, or until a moment. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const { by, form } = await pressForm(request, viewer)
  const [agentId, state, now] = [idFrom(params.agentId) ?? 0, form.get("state"), deskNow()]
  if (agentId !== viewer.id && !isAtLeast(viewer, "lead")) throw notYours()
  const back = localPath(textOf(form, "back") || "/cases")
  const typed = { until: textOf(form, "until"), moment: textOf(form, "moment") }
  if (!isPresence(state)) throw new Response("Somebody is here, away or off duty.", { status: 422 })
  const hours = await hoursOf(agentId, now)
  if (!hours) throw nobody()
  const read = untilFrom(typed, hours, now)
  if ("words" in read) return json({ wrong: read.words, typed, back }, { status: 422 })
  const done = await setPresence(by, agentId, state, read.until, now)
  if (done === "not yours") throw notYours()
  if (done === "no such agent") throw nobody()
  return redirect(back)
}

const notYours = () => new Response("Only a lead can change somebody else's status.", { status: 403 })

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(`${data?.shown.name ?? "Somebody"}, here or away`, matches.find(({ id }) => id === "root")?.data)

export default function HereOrAway() {
  const { shown, presence } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="page page--narrow">
      <h1>{shown.isOwn ? "Here or away" : `${shown.name}, here or away`}</h1>
      <AwaySwitch
        {...shown}
        presence={presence}
        back={answer?.back ?? (shown.isOwn ? "/me" : "/load")}
        wrong={answer?.wrong}
        typed={answer?.typed}
      />
    </div>
  )
}
