import type { LoaderFunctionArgs } from "@remix-run/node"
import { attachmentAnswer } from "#app/attachment-answer.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const isInline = new URL(request.url).searchParams.has("inline")
  const answer = await attachmentAnswer(viewer, params.attachmentId, isInline)
  if (!answer)
    throw new Response("There is no such file, or its case is in a mailbox you do not answer.", { status: 404 })
  return answer
}
