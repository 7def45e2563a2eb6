import { type ActionFunctionArgs, json, type LoaderFunctionArgs } from "@remix-run/node"
import { z } from "zod"
import { deskNow } from "#app/clock.server.ts"
import { agentIdOf, filterFrom } from "#app/models/cases/lookup.server.ts"
import { listCases } from "#app/models/cases/views.server.ts"
import { caseRecord, caseSummary } from "#app/models/mail/case-record.server.ts"
import { startCase } from "#app/models/mail/start.server.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { jsonBody } from "#app/models/people/json-body.ts"
import { mailboxOf } from "#app/models/people/mailbox.server.ts"
import { problem } from "#app/models/people/problem.ts"
import { setting } from "#app/models/people/settings.server.ts"

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireToken(request, "read")
  const filter = await filterFrom(viewer, new URL(request.url).searchParams)
  if ("refused" in filter) return problem(422, "No such list", filter.refused)
  const { rows, next } = await listCases(viewer, filter, deskNow())
  return json({ data: rows.map(caseSummary), next })
}

const Start = z.object({
  mailbox: z.string(),
  agent: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
})

/** Starts a case: we write first. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireToken(request, "write")
  if (request.method !== "POST") return problem(405, "Method not allowed", "Use GET or POST")
  const { mailbox, agent, to, subject, text } = await jsonBody(request, Start)
  const [box, agentId] = [await mailboxOf(mailbox), await agentIdOf(agent)]
  if (!box) return problem(422, "No such mailbox", `There is no mailbox ${mailbox}`)
  if (agentId === null) return problem(422, "No such agent", `There is no agent ${agent}`)
  const undoSeconds = await setting("replies.undoSeconds")
  const now = deskNow()
  const started = await startCase(
    viewer,
    { mailboxId: box.id, agentId, to: { name: "", address: to }, subject, text, opId: null, undoSeconds },
    now,
  )
  if (typeof started === "string") return problem(422, "Not started", started)
  return json(await caseRecord(viewer, started.caseNumber, now), { status: 201 })
}
