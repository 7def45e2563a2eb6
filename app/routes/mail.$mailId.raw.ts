import type { LoaderFunctionArgs } from "@remix-run/node"
import { caseNumber as idIn } from "#app/components/case/number.ts"
import { rawMailAnswer } from "#app/mail-answer.server.ts"
import { rawMail } from "#app/models/mail/ledger.server.ts"
import { requireLead } from "#app/models/people/session.server.ts"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireLead(request)
  const id = idIn(params.mailId)
  const raw = await rawMail(viewer, id)
  if (!raw) throw new Response("There is no such mail.", { status: 404 })
  return rawMailAnswer(raw, id)
}
