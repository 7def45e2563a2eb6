import type { LoaderFunctionArgs } from "@remix-run/node"
import { rawMailAnswer } from "#app/mail-answer.server.ts"
import { rawMail } from "#app/models/mail/ledger.server.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { problem } from "#app/models/people/problem.ts"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireToken(request, "read")
  const id = Number(params.mailId)
  const raw = Number.isSafeInteger(id) && id > 0 ? await rawMail(viewer, id) : null
  return raw ? rawMailAnswer(raw, id) : problem(404, "Not found", "There is no such mail")
}
