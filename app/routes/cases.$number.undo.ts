import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { requireCase } from "#app/case-press.server.ts"
import { deskNow } from "#app/clock.server.ts"
import { inList, listIn } from "#app/components/list-address.ts"
import { undoReply } from "#app/models/mail/undo.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { pressForm } from "#app/press-form.server.ts"

/** Back to the case, where the words are a draft again. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const number = await requireCase(viewer, params.number)
  const { by, form } = await pressForm(request, viewer)
  const mailId = Number(form.get("mailId"))
  const done = await undoReply(by, Number.isSafeInteger(mailId) ? mailId : 0, deskNow())
  if (done === "not yours") throw new Response("Only who wrote it, or a lead, can take a reply back.", { status: 403 })
  const back = done === "undone" ? `/cases/${number}#write` : `/cases/${number}?said=too-late`
  return redirect(inList(back, listIn(new URL(request.url).search)))
}
