import { json, type LoaderFunctionArgs } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { isRefused, readQuestion } from "#app/models/happiness/question.ts"
import { loadReport } from "#app/models/happiness/report.server.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { problem } from "#app/models/people/problem.ts"

export async function loader({ request }: LoaderFunctionArgs) {
  await requireToken(request, "read")
  const now = deskNow()
  const question = readQuestion(new URL(request.url).searchParams, now)
  if (isRefused(question)) return problem(422, "No such report", question.refused)
  return json(await loadReport(question, now))
}
