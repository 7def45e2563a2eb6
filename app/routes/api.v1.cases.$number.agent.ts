import { type ActionFunctionArgs, json } from "@remix-run/node"
import { HandOver } from "#app/api/letter.ts"
import { deskNow } from "#app/clock.server.ts"
import { caseNumber } from "#app/components/case/number.ts"
import { agentIdOf } from "#app/models/cases/lookup.server.ts"
import { caseRecord } from "#app/models/mail/case-record.server.ts"
import { colleagueByEmail } from "#app/models/people/agent.server.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { jsonBody } from "#app/models/people/json-body.ts"
import { problem } from "#app/models/people/problem.ts"
import { allows } from "#app/models/people/scope.ts"
import { handOver } from "#app/models/sharing/hand-over.server.ts"

/** Who has the case from now on. With `expected`, only while that person still has it: 409 otherwise. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireToken(request, "write")
  if (request.method !== "PUT") return problem(405, "Method not allowed", "Use PUT")
  const given = await jsonBody(request, HandOver)
  const to = given.agent === null ? null : ((await colleagueByEmail(viewer, given.agent))?.id ?? null)
  if (given.agent !== null && to === null) return problem(422, "No such agent", `There is no agent ${given.agent}`)
  const [number, now] = [caseNumber(params.number), deskNow()]
  const mayRead = allows(viewer.scopes, "read")
  const done = await handOver(viewer, number, to, await expectedOf(given.expected), now)
  if (done === "no such case") return problem(404, "Not found", `There is no case ${params.number}`)
  if (typeof done === "object")
    return problem(
      409,
      "Somebody else has it",
      `The case is now with ${mayRead ? (done.with ?? "nobody") : "another agent"}`,
    )
  if (done !== "done") return problem(422, "Not possible", `${given.agent}: ${done}`)
  return json(mayRead ? await caseRecord(viewer, number, now) : { number, agent: given.agent })
}

/** An address we do not know can have no case: it matches nobody. */
const expectedOf = async (email: string | null | undefined) =>
  typeof email === "string" ? ((await agentIdOf(email)) ?? -1) : email
