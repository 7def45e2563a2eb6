import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { idFrom, textOf } from "#app/form.ts"
import { revokeToken } from "#app/models/people/api-token.server.ts"
import { requireFreshAdmin } from "#app/models/people/session.server.ts"
import { pressForm } from "#app/press-form.server.ts"

/** From now on it opens nothing. One that is revoked already is what was wanted. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireFreshAdmin(request)
  const { by, form } = await pressForm(request, viewer)
  await revokeToken(idFrom(textOf(form, "id")) ?? 0, deskNow(), by)
  return redirect("/settings/tokens")
}
