import { type ActionFunctionArgs, json, type LoaderFunctionArgs } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { handIn, mostBytes } from "#app/models/mail/hand-in.server.ts"
import { isLedgerFilter, ledgerPage, ledgerRecord } from "#app/models/mail/ledger.server.ts"
import { readPlace, writePlace } from "#app/models/mail/place-in-list.ts"
import { rawBody } from "#app/models/mail/raw-body.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { problem } from "#app/models/people/problem.ts"

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireToken(request, "read")
  const query = new URL(request.url).searchParams
  const fate = query.get("fate") || null
  if (fate !== null && !isLedgerFilter(fate)) return problem(422, "No such fate", `There is no fate ${fate}`)
  const { rows, next } = await ledgerPage(viewer, fate, readPlace(query.get("cursor")))
  return json({ data: rows.map(ledgerRecord), next: next === null ? null : writePlace(next) })
}

/** A mail as it is; 202 when its bytes are committed. */
export async function action({ request }: ActionFunctionArgs) {
  await requireToken(request, "write")
  if (request.method !== "POST") return problem(405, "Method not allowed", "Use GET or POST")
  const raw = await rawBody(request, mostBytes)
  if (raw === "too large") return problem(413, "Too large", `A mail may have ${mostBytes / 1024 / 1024} MB at most`)
  const done = await handIn(Buffer.from(raw), new URL(request.url).searchParams.getAll("to"), deskNow())
  return "refused" in done ? problem(422, "Not taken in", done.refused) : json(done, { status: 202 })
}
