import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { textOf } from "#app/form.ts"
import { endSession } from "#app/models/people/own-sessions.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { pressForm } from "#app/press-form.server.ts"

/** Signs one of one's own browsers out. One that is out already is what was wanted. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const { by, form } = await pressForm(request, viewer)
  await endSession(viewer.id, textOf(form, "id"), by)
  return redirect("/me")
}
