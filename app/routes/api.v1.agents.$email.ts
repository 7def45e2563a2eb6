import { type ActionFunctionArgs, json, type LoaderFunctionArgs } from "@remix-run/node"
import type { z } from "zod"
import { agentRecord } from "#app/agent-record.ts"
import { AgentChange } from "#app/api/agent.ts"
import { deskNow } from "#app/clock.server.ts"
import { comparable } from "#app/models/people/address.ts"
import type { Viewer } from "#app/models/people/agent.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { jsonBody } from "#app/models/people/json-body.ts"
import { problem } from "#app/models/people/problem.ts"
import { loads, setLimit, setPresence } from "#app/models/sharing/load.server.ts"

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireToken(request, "read")
  return json(agentRecord(await named(params.email)))
}

/** Changes where somebody is or how much they take; the pool drains, or their cases go back, as with the switch. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireToken(request, "write")
  if (request.method !== "PATCH") return problem(405, "Method not allowed", "Use PATCH")
  const { agentId } = await named(params.email)
  const change = await jsonBody(request, AgentChange)
  const refused = await applied(viewer, agentId, change, deskNow())
  if (refused !== null) return problem(422, "Not possible", refused)
  return json(agentRecord(await named(params.email)))
}

async function applied(viewer: Viewer, agentId: number, { presence, limit }: z.infer<typeof AgentChange>, now: Date) {
  if (presence) {
    const until = presence.until ? new Date(presence.until) : null
    if ((await setPresence(viewer, agentId, presence.state, until, now)) === "until is past")
      return "until must be later than now"
  }
  if (limit !== undefined) await setLimit(viewer, agentId, limit, now)
  return null
}

async function named(email: string | undefined) {
  const person = (await loads(deskNow())).find((one) => one.email === comparable(email ?? ""))
  if (!person) throw problem(404, "Not found", `There is no agent ${email}`)
  return person
}
