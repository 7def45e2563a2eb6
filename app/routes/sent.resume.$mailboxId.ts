import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { caseNumber as idIn } from "#app/components/case/number.ts"
import { resumeMailbox } from "#app/models/mail/resend.server.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import { pressForm } from "#app/press-form.server.ts"

export async function action({ request, params }: ActionFunctionArgs) {
  const { by } = await pressForm(request, await requireAdmin(request))
  await resumeMailbox(by, idIn(params.mailboxId))
  return redirect("/sent?view=waiting")
}
