import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { idFrom, numberIn, textOf } from "#app/form.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { setLimit } from "#app/models/sharing/load.server.ts"
import { pressForm } from "#app/press-form.server.ts"

/** How many cases waiting on us somebody takes. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const { by, form } = await pressForm(request, viewer)
  const limit = numberIn(textOf(form, "limit"))
  const done = await setLimit(by, idFrom(params.agentId) ?? 0, limit, deskNow())
  if (done === "not yours") throw new Response("Only a lead sets a limit.", { status: 403 })
  if (done === "no such agent") throw new Response("There is nobody like that on this desk.", { status: 404 })
  if (done === "not a limit") throw new Response("A limit is a whole number from 1 to 100.", { status: 422 })
  return redirect("/load")
}
