import { type ActionFunctionArgs, redirect } from "@remix-run/node"
import { deskNow } from "#app/clock.server.ts"
import { textOf } from "#app/form.ts"
import { removeHoliday } from "#app/models/people/holiday.server.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import { pressForm } from "#app/press-form.server.ts"

/** The desk is open on that day after all. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request)
  const { by, form } = await pressForm(request, viewer)
  const done = await removeHoliday(by, textOf(form, "day"), deskNow())
  if (done === null) throw new Response("There is no holiday on that day.", { status: 404 })
  return redirect("/settings/holidays?saved=removed")
}
