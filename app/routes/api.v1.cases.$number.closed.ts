import { type ActionFunctionArgs, json } from "@remix-run/node"
import { Closed } from "#app/api/letter.ts"
import { deskNow } from "#app/clock.server.ts"
import { caseNumber } from "#app/components/case/number.ts"
import { closeCase, reopenCase } from "#app/models/cases/case.server.ts"
import { caseRecord } from "#app/models/mail/case-record.server.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { jsonBody } from "#app/models/people/json-body.ts"
import { problem } from "#app/models/people/problem.ts"
import { allows } from "#app/models/people/scope.ts"

export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireToken(request, "write")
  if (request.method !== "PUT") return problem(405, "Method not allowed", "Use PUT")
  const { closed } = await jsonBody(request, Closed)
  const [number, now] = [caseNumber(params.number), deskNow()]
  const done = await (closed ? closeCase : reopenCase)(viewer, number, now)
  if (done === "no such case") return problem(404, "Not found", `There is no case ${params.number}`)
  if (done !== "done") return problem(422, "Not possible", "A merged case or spam cannot be closed or reopened")
  return json(allows(viewer.scopes, "read") ? await caseRecord(viewer, number, now) : { number, closed })
}
