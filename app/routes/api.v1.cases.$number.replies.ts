import { type ActionFunctionArgs, json } from "@remix-run/node"
import { z } from "zod"
import { deskNow } from "#app/clock.server.ts"
import { caseNumber } from "#app/components/case/number.ts"
import { type NewReply, type Refusal, writeReply } from "#app/models/mail/reply.server.ts"
import { agentByEmail } from "#app/models/people/agent.server.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { jsonBody } from "#app/models/people/json-body.ts"
import { problem } from "#app/models/people/problem.ts"
import { setting } from "#app/models/people/settings.server.ts"

const Body = z.object({
  agent: z.string(),
  text: z.string(),
  close: z.boolean().default(false),
  /** The newest message its writer knew of: given, a newer one stops the reply. */
  seen: z.int().nullable().default(null),
})

/** Answers a case in an agent's name. The header Idempotency-Key makes a repeated call the same reply. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireToken(request, "write")
  if (request.method !== "POST") return problem(405, "Method not allowed", "Use POST")
  const { agent: email, text, close, seen } = await jsonBody(request, Body)
  const agent = await agentByEmail(email)
  if (!agent || agent.deactivatedAt) return problem(422, "No such agent", `There is no agent ${email}`)
  const opId = request.headers.get("idempotency-key")?.slice(0, 100) ?? null
  const isNow = new URL(request.url).searchParams.get("now") === "1"
  const undoSeconds = isNow ? 0 : await setting("replies.undoSeconds")
  const reply: NewReply = { ...plain, caseNumber: caseNumber(params.number), agentId: agent.id, text, close }
  const done = await writeReply(viewer, { ...reply, seenMessageId: seen, opId, undoSeconds }, deskNow())
  return typeof done === "string" ? refused(done, params.number) : json({ id: done.messageId }, { status: 201 })
}

const plain = {
  snoozeUntil: null,
  cc: null,
  answerAt: null,
  leaveOffRating: false,
  files: [],
  draftFiles: [],
  seenMessageId: null,
  seenNoteId: null,
  opId: null,
  undoSeconds: 0,
}

function refused(refusal: Refusal, number: string | undefined) {
  if (refusal === "no such case" || refusal === "not your mailbox")
    return problem(404, "Not found", `There is no case ${number}`)
  if (refusal === "something new arrived")
    return problem(409, "Something new arrived", "The case has a newer message than the one given as seen")
  return problem(422, "Not sent", words[refusal])
}

const words: Record<Exclude<Refusal, "no such case" | "not your mailbox" | "something new arrived">, string> = {
  empty: "The text is empty",
  "too long": "The text is longer than 200,000 characters",
  "not possible now": "The case is merged into another, or spam",
  "no recipient": "The case has no customer to answer",
  "files too large": "The files are more than 25 MB in all, or more than 50",
  "a file is gone": "A file of the draft is no longer there",
  "bad address": "A recipient's address is none that mail can be sent to",
}
