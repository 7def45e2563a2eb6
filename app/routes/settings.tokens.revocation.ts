import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { idFrom, textOf } from "#app/form.ts"
import { revokeToken } from "#app/models/people/api-token.server.ts"
import { requireFreshAdmin } from "#app/models/people/session.server.ts"

/** From now on it opens nothing. One that is revoked already is what was wanted. */
export async function action({ request }: ActionFunctionArgs) {
  await requireFreshAdmin(request)
  await revokeToken(idFrom(textOf(await request.formData(), "id")) ?? 0, deskNow())
  return redirect("/settings/tokens")
}
