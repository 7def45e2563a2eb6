import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { requireCase } from "#app/case-press.server.ts"
import { deskNow } from "#app/clock.server.ts"
import { inList, listIn } from "#app/components/list-address.ts"
import { filesOf, idsOf, textOf } from "#app/form.ts"
import { saveDraft } from "#app/models/cases/draft.server.ts"
import { addToDraft } from "#app/models/cases/draft-file.server.ts"
import { moveDraft } from "#app/models/cases/draft-move.server.ts"
import { snoozeFrom } from "#app/models/cases/snooze.ts"
import { addressesIn } from "#app/models/mail/recipients.ts"
import { type NewReply, type Refusal, writeReply } from "#app/models/mail/reply.server.ts"
import { replyFiles } from "#app/models/mail/reply-file.server.ts"
import { localPath } from "#app/models/people/local-path.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { setting } from "#app/models/people/settings.server.ts"
import { pressForm } from "#app/press-form.server.ts"

/** Sends, and goes on to the next case. What cannot be sent is kept as a draft, and the case says why. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const number = await requireCase(viewer, params.number)
  const { by, form } = await pressForm(request, viewer)
  const list = listIn(new URL(request.url).search)
  const now = deskNow()
  const written = { caseNumber: number, agentId: viewer.id, ...replyIn(form, now), opId: by.opId ?? null }
  const files = replyFiles(await filesOf(form, "file"))
  const rest = { undoSeconds: await setting("replies.undoSeconds") }
  const done = typeof files === "string" ? files : await writeReply(viewer, { ...written, ...rest, files }, now)
  if (typeof done !== "string")
    return redirect(localPath(textOf(form, "next") || inList(`/cases/${written.caseNumber}`, list)))
  if (done === "no such case" || done === "not your mailbox")
    throw new Response("There is no such case in your mailboxes.", { status: 404 })
  if (typeof files !== "string") await addToDraft(written, files, now)
  await saveDraft(viewer, written.caseNumber, written.text, written.cc ?? [], now)
  const moved = done === "not possible now" ? await moveDraft(viewer, written.caseNumber, now) : null
  if (moved && typeof moved === "object")
    return redirect(inList(`/cases/${moved.into}?moved=${written.caseNumber}#write`, list))
  return redirect(inList(`/cases/${written.caseNumber}?said=${codes[done]}#write`, list))
}

const codes: Record<Exclude<Refusal, "no such case" | "not your mailbox">, string> = {
  "a file is gone": "file-gone",
  "files too large": "files-too-large",
  empty: "empty",
  "too long": "too-long",
  "not possible now": "not-now",
  "something new arrived": "something-new",
  "you replied meanwhile": "replied-meanwhile",
  "you sent that already": "sent-already",
  "no recipient": "no-recipient",
  "bad address": "bad-address",
  "too many recipients": "too-many",
}

function replyIn(
  form: FormData,
  now: Date,
): Omit<NewReply, "caseNumber" | "agentId" | "undoSeconds" | "files" | "opId"> {
  const text = (name: string) => textOf(form, name)
  return {
    text: text("text"),
    close: text("close") === "1",
    snoozeUntil: snoozeFrom(text("snoozeUntil"), now),
    draftFiles: idsOf(form, "draftFile"),
    cc: form.has("cc") ? addressesIn(form.getAll("cc").map(String)) : null,
    answerAt: text("answerAt") || null,
    leaveOffRating: form.has("leaveOffRating"),
    again: form.has("again"),
    seenMessageId: idIn(text("seenMessageId")),
    seenNoteId: idIn(text("seenNoteId")),
    seenMergeId: idIn(text("seenMergeId")),
  }
}

const idIn = (text: string) => (/^\d{1,15}$/.test(text) ? Number(text) : null)
