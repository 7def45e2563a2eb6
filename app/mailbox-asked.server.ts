import { idFrom } from "./form.ts"
import { mailboxById } from "./models/people/mailbox.server.ts"

/** The mailbox an address of ours names. */
export async function mailboxOr404(id: string | undefined) {
  const box = await mailboxById(idFrom(id) ?? 0)
  if (!box) throw new Response("There is no such mailbox.", { status: 404 })
  return box
}
