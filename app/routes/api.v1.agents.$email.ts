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
import { allows } from "#app/models/people/scope.ts"
import { loadsFor, setLimit, setPresence } from "#app/models/sharing/load.server.ts"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireToken(request, "read")
  return json(agentRecord(await named(viewer, params.email)))
}

/** Changes where somebody is or how much they take; the pool drains, or their cases go back, as with the switch. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireToken(request, "write")
  if (request.method !== "PATCH") return problem(405, "Method not allowed", "Use PATCH")
  const { agentId, email } = await named(viewer, params.email)
  const change = await jsonBody(request, AgentChange)
  const refused = await applied(viewer, agentId, change, deskNow())
  if (refused instanceof Response) return refused
  return json(allows(viewer.scopes, "read") ? agentRecord(await named(viewer, email)) : { email, ...change })
}

async function applied(viewer: Viewer, agentId: number, { presence, limit }: z.infer<typeof AgentChange>, now: Date) {
  if (presence) {
    const until = presence.until ? new Date(presence.until) : null
    const done = await setPresence(viewer, agentId, presence.state, until, now)
    if (done === "until is past") return problem(422, "Not possible", "until must be later than now")
    if (done === "not yours") return notTheirs()
  }
  const done = limit === undefined ? null : await setLimit(viewer, agentId, limit, now)
  return done === "not yours" ? notTheirs() : null
}

/** Only a lead's program may: a token does no more than its owner. */
const notTheirs = () => problem(403, "Forbidden", "The owner of this token may not change that")

async function named(viewer: Viewer, email: string | undefined) {
  const person = (await loadsFor(viewer, deskNow())).find((one) => one.email === comparable(email ?? ""))
  if (!person) throw problem(404, "Not found", `There is no agent ${email}`)
  return person
}
