import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "./clock.server.ts"
import { caseNumber } from "./components/case/number.ts"
import { inList, listIn } from "./components/list-address.ts"
import { textOf } from "./form.ts"
import { caseFor } from "./models/cases/case.server.ts"
import type { Viewer } from "./models/people/agent.ts"
import { dropFormDraft } from "./models/people/form-draft.server.ts"
import { localPath } from "./models/people/local-path.ts"
import { requireViewer } from "./models/people/session.server.ts"
import { pressForm } from "./press-form.server.ts"

type Outcome = string | { with: string | null }
type Act = (viewer: Viewer & { id: number }, number: number, form: FormData, now: Date) => Promise<Outcome>

/**
 * A one-press verb on a case: does it, and goes back to where it was pressed. What could not be done is named in the
 * address and said in words by the page, which shows the case as it is by then.
 */
export async function afterPress({ request, params }: Pick<ActionFunctionArgs, "request" | "params">, act: Act) {
  const viewer = await requireViewer(request)
  const number = await requireCase(viewer, params.number)
  const { by, form } = await pressForm(request, viewer)
  const done = await act(by, number, form, deskNow())
  if (done === "no such case") throw noSuchCase()
  const pressedIn = new URL(request.url)
  const back = new URL(
    localPath(textOf(form, "back") || inList(`/cases/${number}`, listIn(pressedIn.search))),
    "http://desk",
  )
  const code = codeOf(done)
  if (code) back.searchParams.set("said", code)
  else await dropFormDraft(viewer.id, pressedIn.pathname)
  return redirect(back.pathname + back.search)
}

/** The number in an address, of a case the viewer may read: before anything is made of what was sent with it. */
export async function requireCase(viewer: Viewer, text: string | undefined): Promise<number> {
  const kase = await caseFor(viewer, caseNumber(text))
  if (!kase) throw noSuchCase()
  return kase.number
}

const noSuchCase = () => new Response("There is no such case in your mailboxes.", { status: 404 })

/** The name under which the page says what came of it; null when it simply happened. */
function codeOf(done: Outcome): string | null {
  if (typeof done === "object") return "somebody-else"
  return codes[done] ?? null
}

const codes: Partial<Record<string, string>> = {
  "does not answer there": "not-there",
  "no such agent": "not-there",
  "not signed in yet": "invited",
  "not possible now": "not-now",
  "a note needs an agent": "not-now",
  "not allowed": "not-now",
  "no such other case": "no-other",
  "no rating": "not-now",
  "already void": "not-now",
  "no reason": "no-reason",
  empty: "empty",
  "noted already": "noted-already",
  "too long": "too-long",
  "pick-a-time": "pick-a-time",
}
