import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { sendKept } from "#app/models/mail/kept.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"

/** A mail server is set by now: what was kept may leave. */
export async function action({ request }: ActionFunctionArgs) {
  const done = await sendKept(await requireViewer(request), deskNow())
  if (done === "not yours") throw new Response("Leads and admins decide that.", { status: 403 })
  return redirect("/sent?view=waiting")
}
