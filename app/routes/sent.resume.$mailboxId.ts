import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { mailboxOr404 } from "#app/mailbox-asked.server.ts"
import { resumeMailbox } from "#app/models/mail/resend.server.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import { pressForm } from "#app/press-form.server.ts"

export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request)
  const { id } = await mailboxOr404(params.mailboxId)
  const { by } = await pressForm(request, viewer)
  await resumeMailbox(by, id)
  return redirect("/sent?view=waiting")
}
