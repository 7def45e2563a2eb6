import { type ActionFunctionArgs, json } from "@remix-run/node"
import { newReply } from "#app/api/letter.ts"
import { deskNow } from "#app/clock.server.ts"
import { caseNumber } from "#app/components/case/number.ts"
import { letterProblem } from "#app/letter-problem.ts"
import { letterBody } from "#app/models/mail/letter-body.ts"
import { type NewReply, writeReply } from "#app/models/mail/reply.server.ts"
import { replyFiles } from "#app/models/mail/reply-file.server.ts"
import { colleagueByEmail } from "#app/models/people/agent.server.ts"
import { idempotencyKey, requireToken } from "#app/models/people/api-token.server.ts"
import { problem } from "#app/models/people/problem.ts"
import { setting } from "#app/models/people/settings.server.ts"

/** Answers a case in an agent's name, with files. The header Idempotency-Key makes a repeated call the same reply. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireToken(request, "write")
  if (request.method !== "POST") return problem(405, "Method not allowed", "Use POST")
  const { said, files: given } = await letterBody(request, newReply)
  const { agent: email, text, close, seen } = said
  const agent = await colleagueByEmail(viewer, email)
  if (!agent) return problem(422, "No such agent", `There is no agent ${email}`)
  const opId = idempotencyKey(request, viewer, "reply")
  const isNow = new URL(request.url).searchParams.get("now") === "1"
  const undoSeconds = isNow ? 0 : await setting("replies.undoSeconds")
  const there = `case ${params.number}`
  const files = replyFiles(given)
  if (typeof files === "string") return letterProblem(files, there)
  const reply: NewReply = { ...plain, files, caseNumber: caseNumber(params.number), agentId: agent.id, text, close }
  const done = await writeReply(viewer, { ...reply, seenMessageId: seen, opId, undoSeconds }, deskNow())
  return typeof done === "string" ? letterProblem(done, there) : json({ id: done.messageId }, { status: 201 })
}

const plain: Omit<NewReply, "caseNumber" | "agentId" | "text" | "close" | "files"> = {
  snoozeUntil: null,
  cc: null,
  answerAt: null,
  leaveOffRating: false,
  draftFiles: [],
  seenMessageId: null,
  seenNoteId: null,
  seenMergeId: null,
  again: true,
  opId: null,
  undoSeconds: 0,
}
