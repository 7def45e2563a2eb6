import { type LoaderFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { latestYear } from "#app/models/happiness/overview.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"

/** The manager's page opens on the latest year with ratings. */
export async function loader({ request }: LoaderFunctionArgs) {
  await requireViewer(request)
  return redirect(`/happiness/${await latestYear(deskNow())}`)
}
