import { json, type LoaderFunctionArgs } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { caseNumber } from "#app/components/case/number.ts"
import { caseRecord } from "#app/models/mail/case-record.server.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { problem } from "#app/models/people/problem.ts"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireToken(request, "read")
  const kase = await caseRecord(viewer, caseNumber(params.number), deskNow())
  return kase ? json(kase) : problem(404, "Not found", `There is no case ${params.number}`)
}
