import { type ActionFunctionArgs, json } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { textOf } from "#app/form.ts"
import { dropFormDraft, saveFormDraft } from "#app/models/people/form-draft.server.ts"
import { refuseOthersPage } from "#app/models/people/page-owner.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { storable } from "#app/models/people/storable.ts"

const longestAddress = 500

/** Saved by script while somebody writes; the answer is for it alone. No fields: what was kept is taken, or not wanted. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const sent = await request.formData()
  refuseOthersPage(viewer, sent)
  const [page, form] = [textOf(sent, "page"), textOf(sent, "form")]
  if (!page.startsWith("/") || !form.startsWith("/") || page.length + form.length > longestAddress)
    return json({ done: "no such form" }, { status: 422 })
  const names = sent.getAll("name").map(String)
  const values = sent.getAll("value").map((value) => storable(String(value)))
  const fields = names.map((name, place): [string, string] => [name, values[place] ?? ""])
  if (fields.length === 0) await dropFormDraft(viewer.id, form)
  const now = deskNow()
  const done = fields.length === 0 ? "dropped" : await saveFormDraft(viewer.id, { page, form, fields, savedAt: now })
  return json({ done, at: now }, { status: done === "too long" ? 413 : 200 })
}
