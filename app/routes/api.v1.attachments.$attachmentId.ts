import type { LoaderFunctionArgs } from "@remix-run/node"
import { attachmentAnswer } from "#app/attachment-answer.server.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { problem } from "#app/models/people/problem.ts"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireToken(request, "read")
  const answer = await attachmentAnswer(viewer, params.attachmentId, false)
  return answer ?? problem(404, "Not found", `There is no attachment ${params.attachmentId}`)
}
