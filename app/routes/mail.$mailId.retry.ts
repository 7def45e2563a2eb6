import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { caseNumber as idIn } from "#app/components/case/number.ts"
import { ledgerMail } from "#app/models/mail/ledger.server.ts"
import { retryMail } from "#app/models/mail/receive.server.ts"
import { requireLead } from "#app/models/people/session.server.ts"
import { pressForm } from "#app/press-form.server.ts"

/** Reads a mail once more that could not be read. What is no longer possible shows on the page as it is by then. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireLead(request)
  if (!(await ledgerMail(viewer, idIn(params.mailId)))) throw new Response("There is no such mail.", { status: 404 })
  const { by } = await pressForm(request, viewer)
  await retryMail(by, idIn(params.mailId), deskNow())
  return redirect(`/mail/${idIn(params.mailId)}`)
}
