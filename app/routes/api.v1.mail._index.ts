import { type ActionFunctionArgs, json, type LoaderFunctionArgs } from "@remix-run/node"
import { nextPage, pageAsked } from "#app/api/paging.ts"
import { deskNow } from "#app/clock.server.ts"
import { isDatabaseFull } from "#app/database-down.ts"
import { handIn, mostBytes } from "#app/models/mail/hand-in.server.ts"
import {
  isLedgerFilter,
  ledgerOrders,
  ledgerPage,
  ledgerRecord,
  ledgerUpwards,
} from "#app/models/mail/ledger.server.ts"
import { readPlace, writePlace } from "#app/models/mail/place-in-list.ts"
import { rawBody } from "#app/models/mail/raw-body.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { problem } from "#app/models/people/problem.ts"

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireToken(request, "read")
  const query = new URL(request.url).searchParams
  const fate = query.get("fate") || null
  if (fate !== null && !isLedgerFilter(fate)) return problem(422, "No such fate", `There is no fate ${fate}`)
  const page = pageAsked(query, ledgerOrders, (text) => readPlace(text) !== null)
  if ("refused" in page) return problem(422, "No such list", page.refused)
  const read = page.order === "id" ? ledgerUpwards : ledgerPage
  const { rows, next } = await read(viewer, fate, readPlace(page.cursor))
  return json({ data: rows.map(ledgerRecord), next: nextPage(page.order, next === null ? null : writePlace(next)) })
}

/** A mail as it is; 202 when its bytes are committed. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireToken(request, "write")
  if (request.method !== "POST") return problem(405, "Method not allowed", "Use GET or POST")
  const raw = await rawBody(request, mostBytes)
  if (raw === "too large") return tooLarge()
  const to = new URL(request.url).searchParams.getAll("to")
  const done = await handIn(Buffer.from(raw.buffer, 0, raw.byteLength), to, deskNow(), viewer.mailboxIds).catch(
    unlessFull,
  )
  if (done === "full") return problem(507, "No room", "Nothing was stored: the disk of the desk is full")
  return "refused" in done ? problem(422, "Not taken in", done.refused) : json(done, { status: 202 })
}

/** The rest of it is not read, so the next request needs another connection. */
function tooLarge() {
  const answer = problem(413, "Too large", `A mail may have ${mostBytes / 1024 / 1024} MB at most`)
  answer.headers.set("Connection", "close")
  return answer
}

function unlessFull(error: unknown): "full" {
  if (isDatabaseFull(error)) return "full"
  throw error
}
