import { type ActionFunctionArgs, json } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { caseNumber } from "#app/components/case/number.ts"
import { filesOf, textOf } from "#app/form.ts"
import { autosaveDraft, saveFiles } from "#app/models/cases/draft.server.ts"
import { draftFiles } from "#app/models/cases/draft-file.server.ts"
import { replyFiles } from "#app/models/mail/reply-file.server.ts"
import { canonicalAddress } from "#app/models/people/address.ts"
import { refuseOthersPage } from "#app/models/people/page-owner.server.ts"
import { requireViewer, type SignedIn } from "#app/models/people/session.server.ts"

/** Saved by script while somebody writes, and as they choose files; the answer is for it alone. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const form = await request.formData()
  refuseOthersPage(viewer, form)
  const number = caseNumber(params.number)
  if (form.has("file")) return keepFiles(viewer, number, form)
  const cc = form
    .getAll("cc")
    .join(",")
    .split(",")
    .flatMap((text) => canonicalAddress(text) ?? [])
  const copies = cc.map((address) => ({ name: "", address }))
  const now = deskNow()
  const done = await autosaveDraft(viewer, number, textOf(form, "body"), copies, now)
  return json({ done, at: now }, { status: statusOf(done) })
}

async function keepFiles(viewer: SignedIn, number: number, form: FormData) {
  const files = replyFiles(await filesOf(form, "file"))
  const done = typeof files === "string" ? files : await saveFiles(viewer, number, files, deskNow())
  const kept = done === "saved" ? await draftFiles({ caseNumber: number, agentId: viewer.id }) : []
  const shown = kept.map(({ id, filename, size }) => ({ id, filename, size }))
  return json({ done, files: shown }, { status: statusOf(done) })
}

const statusOf = (done: string) => (done === "saved" || done === "sent" ? 200 : done === "no such case" ? 404 : 413)
