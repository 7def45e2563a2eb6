import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { caseNumber as idIn } from "#app/components/case/number.ts"
import { notSpam } from "#app/models/mail/spam-tray.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { pressForm } from "#app/press-form.server.ts"

/** Not spam: it is read again, and its sender is welcome from here on. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const { by } = await pressForm(request, viewer)
  const done = await notSpam(by, idIn(params.mailId), deskNow())
  if (done === null) throw new Response("There is no such mail in your spam.", { status: 404 })
  return redirect("/trays/spam")
}
