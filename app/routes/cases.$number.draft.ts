import { type ActionFunctionArgs, json } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { caseNumber } from "#app/components/case/number.ts"
import { saveDraft } from "#app/models/cases/draft.server.ts"
import { canonicalAddress } from "#app/models/people/address.ts"
import { requireViewer } from "#app/models/people/session.server.ts"

/** Saved by script while somebody writes; the answer is for it alone. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const form = await request.formData()
  const cc = form
    .getAll("cc")
    .join(",")
    .split(",")
    .flatMap((text) => canonicalAddress(text) ?? [])
  const copies = cc.map((address) => ({ name: "", address }))
  const body = String(form.get("body") ?? "")
  const done = await saveDraft(viewer, caseNumber(params.number), body, copies, deskNow())
  return json({ done }, { status: done === "saved" ? 200 : done === "too long" ? 413 : 404 })
}
