import { json, type LoaderFunctionArgs } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { csvAnswer, formatFrom, formatWords } from "#app/csv-answer.ts"
import { isRefused, readQuestion } from "#app/models/happiness/question.ts"
import { loadReport } from "#app/models/happiness/report.server.ts"
import { loadCsv } from "#app/models/happiness/trend.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { problem } from "#app/models/people/problem.ts"

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireToken(request, "read")
  const now = deskNow()
  const query = new URL(request.url).searchParams
  const question = readQuestion(query, now)
  if (isRefused(question)) return problem(422, "No such report", question.refused)
  const format = formatFrom(query)
  if (!format) return problem(422, "No such format", formatWords(query))
  const report = await loadReport({ ...question, within: viewer.mailboxIds }, now)
  return format === "json" ? json(report) : csvAnswer(`load-by-${question.by}`, loadCsv(report.periods))
}
