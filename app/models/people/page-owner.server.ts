import { isOnOthersPage } from "./page-owner.ts"
import type { SignedIn } from "./session.server.ts"

/** Nobody sends, or keeps as a draft, what another person wrote on a page that is still open in the same browser. */
export function refuseOthersPage({ id, name }: SignedIn, form: FormData) {
  if (!isOnOthersPage(form.get("opId"), id)) return
  const words = `This page was opened by somebody else, and ${name} is signed in now. Load it again`
  throw new Response(`${words} to go on as ${name}, or sign in as before.`, { status: 409 })
}
