import { json, type LoaderFunctionArgs } from "@remix-run/node"
import { agentRecord } from "#app/agent-record.ts"
import { pageAsked } from "#app/api/paging.ts"
import { deskNow } from "#app/clock.server.ts"
import { agentOrders } from "#app/models/people/agent.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { problem } from "#app/models/people/problem.ts"
import { loadsFor } from "#app/models/sharing/load.server.ts"

/** Everybody on the desk: where they are, what they carry, what they did today. A desk's people fit one page. */
export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireToken(request, "read")
  const page = pageAsked(new URL(request.url).searchParams, agentOrders, () => false)
  if ("refused" in page) return problem(422, "No such list", page.refused)
  const people = await loadsFor(viewer, deskNow())
  const inOrder = page.order === "name" ? people : people.toSorted((one, other) => one.agentId - other.agentId)
  return json({ data: inOrder.map(agentRecord), next: null })
}
