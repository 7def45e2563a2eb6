import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { idFrom, textOf } from "#app/form.ts"
import { backTo } from "#app/hours-page.server.ts"
import { removeAbsence } from "#app/models/people/agent-hours.server.ts"
import { localPath } from "#app/models/people/local-path.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { pressForm } from "#app/press-form.server.ts"

/** Takes a time away back: one's own, or anybody's for a lead. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const { by, form } = await pressForm(request, viewer)
  const agentId = await removeAbsence(by, idFrom(params.absenceId) ?? 0, deskNow())
  if (agentId === null) throw new Response("There is no such time away, or it is not yours.", { status: 404 })
  return redirect(backTo(localPath(textOf(form, "back") || `/load/${agentId}/absences`), "removed"))
}
