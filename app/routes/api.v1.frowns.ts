import { json, type LoaderFunctionArgs } from "@remix-run/node"
import { nextPage, pageAsked } from "#app/api/paging.ts"
import { deskNow } from "#app/clock.server.ts"
import { isCursor } from "#app/models/cases/cursor.ts"
import { frownOrders, frownQueue, type QueueRow, readQueueState } from "#app/models/frowns/queue.server.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { problem } from "#app/models/people/problem.ts"

/** The follow-up queue; what is open unless a state is asked for. */
export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireToken(request, "read")
  const query = new URL(request.url).searchParams
  const asked = query.get("state") || "open"
  const state = readQueueState(asked)
  if (!state) return problem(422, "No such list", `There is no state ${asked}`)
  const page = pageAsked(query, frownOrders, isCursor)
  if ("refused" in page) return problem(422, "No such list", page.refused)
  const { rows, next } = await frownQueue(viewer, { state, ...page }, deskNow())
  return json({ data: rows.map(shaped), next: nextPage(page.order, next) })
}

const shaped = ({ frown, kase, customer, words, author, owner, state, cause }: QueueRow) => ({
  id: frown.id,
  caseNumber: kase.number,
  customer: customer && { name: customer.name, email: customer.email },
  words,
  author,
  openedAt: frown.openedAt,
  dueAt: frown.dueAt,
  owner: owner && { name: owner.name, email: owner.email },
  state,
  firstContactAt: frown.firstContactAt,
  outcome: frown.outcome,
  cause,
  closedAt: frown.closedAt,
})
