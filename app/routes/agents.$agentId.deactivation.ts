import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { idFrom } from "#app/form.ts"
import { deactivateAgent } from "#app/models/people/account.server.ts"
import { freshAdminForm } from "#app/models/people/step-up.server.ts"

/** They have left: signed out at once, their cases given out again by the next sweep. */
export async function action({ request, params }: ActionFunctionArgs) {
  await freshAdminForm(request)
  const done = await deactivateAgent(idFrom(params.agentId) ?? 0, deskNow())
  if (done === null) throw new Response("There is nobody like that on this desk.", { status: 404 })
  if (done !== "deactivated") throw new Response(`${done.refused}.`, { status: 422 })
  return redirect("/settings/people")
}
