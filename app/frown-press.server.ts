import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "./clock.server.ts"
import { dropFormDraft } from "./models/people/form-draft.server.ts"
import { requireViewer, type SignedIn } from "./models/people/session.server.ts"
import { pressForm } from "./press-form.server.ts"

type Done = string | { takenBy: string } | null
type Act = (viewer: SignedIn, id: number, form: FormData, now: Date) => Promise<Done>

/**
 * A one-press verb on a frown: does it and shows the frown again. What could not be done is named in the address and
 * said in words by the page, which shows the frown as it is by then.
 */
export async function afterFrownPress({ request, params }: Pick<ActionFunctionArgs, "request" | "params">, act: Act) {
  const viewer = await requireViewer(request)
  const id = frownId(params.frownId)
  const { by, form } = await pressForm(request, viewer)
  const done = await act(by, id, form, deskNow())
  if (done === null) throw noSuchFrown()
  const said = typeof done === "object" ? "taken" : refusals.has(done) ? done.replaceAll(" ", "-") : null
  if (!said) await dropFormDraft(viewer.id, new URL(request.url).pathname)
  if (done === "closed") return redirect("/frowns")
  return redirect(said ? `/frowns/${id}?said=${said}` : `/frowns/${id}`)
}

const refusals = new Set([
  "not possible now",
  "contact first",
  "cause missing",
  "unknown cause",
  "line missing",
  "reason missing",
  "words missing",
  "logged already",
])

export function frownId(text: string | undefined): number {
  if (!/^[1-9]\d{0,14}$/.test(text ?? "")) throw noSuchFrown()
  return Number(text)
}

export const noSuchFrown = () =>
  new Response("There is no such frown, or it belongs to a mailbox you do not answer.", { status: 404 })
