import type { LoaderFunctionArgs } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { csvAnswer } from "#app/csv-answer.ts"
import { loadTrend } from "#app/models/happiness/trend.server.ts"
import { trendCsv } from "#app/models/happiness/trend.ts"
import { requireLead } from "#app/models/people/session.server.ts"

/** The table of the trend page as a file, for the same question. */
export async function loader({ request }: LoaderFunctionArgs) {
  await requireLead(request)
  const { by, rows, wrong } = await loadTrend(new URL(request.url).searchParams, deskNow())
  const words = Object.values(wrong).join(" ")
  return words ? new Response(words, { status: 422 }) : csvAnswer(`load-by-${by}`, trendCsv(rows))
}
