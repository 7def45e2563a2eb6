import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { idFrom, textOf } from "#app/form.ts"
import { revokeToken } from "#app/models/people/api-token.server.ts"
import { freshPressForm } from "#app/press-form.server.ts"

/** From now on it opens nothing. One that is revoked already is what was wanted. */
export async function action({ request }: ActionFunctionArgs) {
  const { by, form } = await freshPressForm(request)
  await revokeToken(idFrom(textOf(form, "id")) ?? 0, deskNow(), by)
  return redirect("/settings/tokens")
}
