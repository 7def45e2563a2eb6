import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { idFrom } from "#app/form.ts"
import { reactivateAgent } from "#app/models/people/account.server.ts"
import { freshPressForm } from "#app/press-form.server.ts"

export async function action({ request, params }: ActionFunctionArgs) {
  const { by } = await freshPressForm(request)
  const done = await reactivateAgent(idFrom(params.agentId) ?? 0, by)
  if (done === null) throw new Response("There is nobody like that on this desk.", { status: 404 })
  return redirect(`/settings/people/${params.agentId}`)
}
