import { json, type LoaderFunctionArgs } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { csvAnswer, formatFrom, formatWords } from "#app/csv-answer.ts"
import { narrowBy } from "#app/models/happiness/narrow.server.ts"
import { isRefused, readQuestion } from "#app/models/happiness/question.ts"
import { happinessReport } from "#app/models/happiness/report.server.ts"
import { happinessCsv } from "#app/models/happiness/report-csv.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { problem } from "#app/models/people/problem.ts"

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireToken(request, "read")
  const now = deskNow()
  const query = new URL(request.url).searchParams
  const question = readQuestion(query, now)
  if (isRefused(question)) return problem(422, "No such report", question.refused)
  const narrow = await narrowBy(viewer, query.get("mailbox"), query.get("agent"))
  if (isRefused(narrow)) return problem(422, "No such report", narrow.refused)
  const format = formatFrom(query)
  if (!format) return problem(422, "No such format", formatWords(query))
  const report = await happinessReport({ ...question, ...narrow, within: viewer.mailboxIds }, now)
  return format === "json" ? json(report) : csvAnswer(`happiness-by-${question.by}`, happinessCsv(report.periods))
}
