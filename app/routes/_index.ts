import { type LoaderFunctionArgs, redirect } from "@remix-run/node"
import { requireViewer } from "#app/models/people/session.server.ts"

/** Home is my cases. */
export async function loader({ request }: LoaderFunctionArgs) {
  await requireViewer(request)
  return redirect("/cases")
}
