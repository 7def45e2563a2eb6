import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { idFrom } from "#app/form.ts"
import { reactivateAgent } from "#app/models/people/account.server.ts"
import { requireFreshAdmin } from "#app/models/people/session.server.ts"

export async function action({ request, params }: ActionFunctionArgs) {
  await requireFreshAdmin(request)
  const done = await reactivateAgent(idFrom(params.agentId) ?? 0)
  if (done === null) throw new Response("There is nobody like that on this desk.", { status: 404 })
  return redirect(`/settings/people/${params.agentId}`)
}
