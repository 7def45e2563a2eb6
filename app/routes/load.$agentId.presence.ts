import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { isPresence } from "#app/models/people/agent.ts"
import { localPath } from "#app/models/people/local-path.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { setPresence } from "#app/models/sharing/load.server.ts"

/** One's own switch, or anyone's for a lead. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const form = await request.formData()
  const state = form.get("state")
  if (!isPresence(state)) throw new Response("Somebody is here, away or off duty.", { status: 422 })
  const done = await setPresence(viewer, Number(params.agentId), state, null, deskNow())
  if (done === "not yours") throw new Response("Only a lead turns somebody else's switch.", { status: 403 })
  if (done === "no such agent") throw new Response("There is nobody like that on this desk.", { status: 404 })
  return redirect(localPath(String(form.get("back") ?? "/cases")))
}
