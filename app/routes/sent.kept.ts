import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { sendKept } from "#app/models/mail/kept.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { pressForm } from "#app/press-form.server.ts"

/** A mail server is set by now: what was kept may leave. */
export async function action({ request }: ActionFunctionArgs) {
  const { by } = await pressForm(request, await requireViewer(request))
  const done = await sendKept(by, deskNow())
  if (done === "not yours") throw new Response("Leads and admins decide that.", { status: 403 })
  return redirect("/sent?view=waiting")
}
