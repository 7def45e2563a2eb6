import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { caseNumber as idIn } from "#app/components/case/number.ts"
import { markSent } from "#app/models/mail/resend.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { pressForm } from "#app/press-form.server.ts"

/** A person knows that it arrived. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const { by } = await pressForm(request, viewer)
  const done = await markSent(by, idIn(params.mailId), deskNow())
  if (done === "no such mail") throw new Response("There is no such mail in your mailboxes.", { status: 404 })
  return redirect(`/sent/${params.mailId}`)
}
