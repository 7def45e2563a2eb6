import { json, type LoaderFunctionArgs } from "@remix-run/node"
import { agentRecord } from "#app/agent-record.ts"
import { deskNow } from "#app/clock.server.ts"
import { requireToken } from "#app/models/people/api-token.server.ts"
import { loadsFor } from "#app/models/sharing/load.server.ts"

/** Everybody on the desk: where they are, what they carry, what they did today. A desk's people fit one page. */
export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireToken(request, "read")
  return json({ data: (await loadsFor(viewer, deskNow())).map(agentRecord), next: null })
}
