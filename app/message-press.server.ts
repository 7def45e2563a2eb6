import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "./clock.server.ts"
import { caseNumber as idIn } from "./components/case/number.ts"
import type { MoveRefusal } from "./models/mail/move.server.ts"
import type { Viewer } from "./models/people/agent.ts"
import { localPath } from "./models/people/local-path.ts"
import { requireViewer } from "./models/people/session.server.ts"
import { pressForm } from "./press-form.server.ts"

type Act = (
  viewer: Viewer & { id: number },
  messageId: number,
  form: FormData,
  now: Date,
) => Promise<number | "done" | MoveRefusal>

/** A one-press verb on a mail in a case: does it and goes on to the case it made, else back to where it was pressed. */
export async function afterMessagePress({ request, params }: Pick<ActionFunctionArgs, "request" | "params">, act: Act) {
  const viewer = await requireViewer(request)
  const { by, form } = await pressForm(request, viewer)
  const done = await act(by, idIn(params.messageId), form, deskNow())
  if (done === "no such message") throw new Response("There is no such mail in your mailboxes.", { status: 404 })
  if (typeof done === "number") return redirect(`/cases/${done}`)
  const back = new URL(localPath(String(form.get("back") ?? "/trays/held")), "http://desk")
  if (done !== "done") back.searchParams.set("said", done === "no such other case" ? "no-other" : "not-now")
  return redirect(back.pathname + back.search)
}
