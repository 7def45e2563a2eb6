import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { requireCase } from "#app/case-press.server.ts"
import { deskNow } from "#app/clock.server.ts"
import { idFrom, textOf } from "#app/form.ts"
import { requireLead } from "#app/models/people/session.server.ts"
import { releaseCase } from "#app/models/sharing/hand-over.server.ts"
import { pressForm } from "#app/press-form.server.ts"

/** Frees a case, while whoever was on the page has it: back to the pool, from where it goes to somebody who can work it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireLead(request)
  const number = await requireCase(viewer, params.number)
  const { by, form } = await pressForm(request, viewer)
  const expected = idFrom(textOf(form, "expected")) ?? undefined
  const done = await releaseCase(by, number, expected, deskNow())
  if (done === "no such case") throw new Response("There is no such case.", { status: 404 })
  return redirect(typeof done === "object" ? "/load?said=somebody-else" : "/load")
}
