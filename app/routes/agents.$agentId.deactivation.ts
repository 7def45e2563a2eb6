import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { idFrom } from "#app/form.ts"
import { deactivateAgent } from "#app/models/people/account.server.ts"
import { freshPressForm } from "#app/press-form.server.ts"

/** They have left: signed out at once, their cases given out again by the next sweep. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { by } = await freshPressForm(request)
  const done = await deactivateAgent(idFrom(params.agentId) ?? 0, deskNow(), by)
  if (done === null) throw new Response("There is nobody like that on this desk.", { status: 404 })
  if (done !== "deactivated") throw new Response(`${done.refused}.`, { status: 422 })
  return redirect("/settings/people")
}
