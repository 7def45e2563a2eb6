import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { requireCase } from "#app/case-press.server.ts"
import { deskNow } from "#app/clock.server.ts"
import { inList, listIn } from "#app/components/list-address.ts"
import { moveDraft } from "#app/models/cases/draft-move.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { pressForm } from "#app/press-form.server.ts"

/** What one was writing in a case that was merged goes on where the case does. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const number = await requireCase(viewer, params.number)
  const { by } = await pressForm(request, viewer)
  const done = await moveDraft(by, number, deskNow())
  const on = typeof done === "string" ? `/cases/${number}?said=not-now` : `/cases/${done.into}#write`
  return redirect(inList(on, listIn(new URL(request.url).search)))
}
