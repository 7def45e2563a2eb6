import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { signOut } from "#app/models/people/session.server.ts"

export async function action({ request }: ActionFunctionArgs) {
  return redirect("/sign-in", { headers: await signOut(request) })
}
