import { type ActionFunctionArgs, json } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { filesOf } from "#app/form.ts"
import { addToDraft, draftFiles } from "#app/models/cases/draft-file.server.ts"
import { replyFiles } from "#app/models/mail/reply-file.server.ts"
import { refuseOthersPage } from "#app/models/people/page-owner.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"

/** Kept by script as they are chosen, for the case its writer is about to open. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const draft = { caseNumber: null, agentId: viewer.id }
  const form = await request.formData()
  refuseOthersPage(viewer, form)
  const files = replyFiles(await filesOf(form, "file"))
  const done = typeof files === "string" ? files : await addToDraft(draft, files, deskNow())
  const kept = (await draftFiles(draft)).map(({ id, filename, size }) => ({ id, filename, size }))
  return json({ done: done ?? "saved", files: kept }, { status: done ? 413 : 200 })
}
