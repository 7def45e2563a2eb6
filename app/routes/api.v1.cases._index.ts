import { type ActionFunctionArgs, json, type LoaderFunctionArgs } from "@remix-run/node"
import { newCase } from "#app/api/letter.ts"
import { nextPage, pageAsked } from "#app/api/paging.ts"
import { deskNow } from "#app/clock.server.ts"
import { letterProblem } from "#app/letter-problem.ts"
import { caseOrders } from "#app/models/cases/case-order.ts"
import { isCursor } from "#app/models/cases/cursor.ts"
import { filterFrom } from "#app/models/cases/lookup.server.ts"
import { explainSearch, isRanked } from "#app/models/cases/search-cases.server.ts"
import { listCases } from "#app/models/cases/views.server.ts"
import { caseRecord, caseSummary } from "#app/models/mail/case-record.server.ts"
import { letterBody } from "#app/models/mail/letter-body.ts"
import { replyFiles } from "#app/models/mail/reply-file.server.ts"
import { isWritten, startCase } from "#app/models/mail/start.server.ts"
import { colleagueByEmail } from "#app/models/people/agent.server.ts"
import { idempotencyKey, requireToken } from "#app/models/people/api-token.server.ts"
import { mailboxOf } from "#app/models/people/mailbox.server.ts"
import { problem } from "#app/models/people/problem.ts"
import { allows } from "#app/models/people/scope.ts"
import { setting } from "#app/models/people/settings.server.ts"

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireToken(request, "read")
  const query = new URL(request.url).searchParams
  const filter = await filterFrom(viewer, query)
  if ("refused" in filter) return problem(422, "No such list", filter.refused)
  const page = pageAsked(query, isRanked(filter.q ?? "") ? (["best"] as const) : caseOrders, isCursor)
  if ("refused" in page) return problem(422, "No such list", page.refused)
  const { order, cursor } = page
  const asked = { ...filter, cursor, ...(order === "best" ? {} : { order }) }
  const { rows, next } = await listCases(viewer, asked, deskNow())
  const search = filter.q?.trim() ? await explainSearch(viewer, filter.q.trim(), deskNow()) : null
  return json({ data: rows.map(caseSummary), next: nextPage(order, next), ...search })
}

/** Starts a case: we write first, with files. The header Idempotency-Key makes a repeated call the same case. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireToken(request, "write")
  if (request.method !== "POST") return problem(405, "Method not allowed", "Use GET or POST")
  const { said, files: given } = await letterBody(request, newCase)
  const { mailbox, agent, to, subject, text } = said
  const [box, person] = [await mailboxOf(mailbox), await colleagueByEmail(viewer, agent)]
  if (!box || !viewer.mailboxIds.includes(box.id))
    return problem(422, "No such mailbox", `There is no mailbox ${mailbox}`)
  if (!person) return problem(422, "No such agent", `There is no agent ${agent}`)
  const files = replyFiles(given)
  if (typeof files === "string") return letterProblem(files, "mailbox")
  const opId = idempotencyKey(request, viewer, "case")
  const undoSeconds = await setting("replies.undoSeconds")
  const now = deskNow()
  const started = await startCase(
    viewer,
    {
      ...{ mailboxId: box.id, agentId: person.id, to: { name: "", address: to }, subject, text, files },
      ...{ again: true, opId, undoSeconds },
    },
    now,
  )
  if (typeof started === "string") return letterProblem(started, `mailbox ${mailbox}`)
  if (isWritten(started)) return problem(409, "Written already", `The same was written in case ${started.writtenIn}`)
  const { caseNumber: number } = started
  return json(
    allows(viewer.scopes, "read") ? await caseRecord(viewer, number, now) : { number, mailbox, agent, subject },
  )
}
