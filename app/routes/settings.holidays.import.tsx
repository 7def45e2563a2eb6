import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useActionData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { ImportForm } from "#app/components/settings/import-form.tsx"
import { titleOf } from "#app/components/title.ts"
import { filesOf } from "#app/form.ts"
import { importHolidays } from "#app/models/people/holiday.server.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import { pressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

const mostShown = 30

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request)
  return json(null)
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request)
  const { by, form } = await pressForm(request, viewer)
  const [file] = await filesOf(form, "file")
  const done = await importHolidays(by, file?.bytes ?? new Uint8Array(), deskNow())
  if (done === "not yours") throw new Response("Only an admin closes the desk.", { status: 403 })
  return "refused" in done
    ? json({ refused: done.refused, imported: null }, { status: 422 })
    : json({ refused: null, imported: done })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Import holidays", matches.find(({ id }) => id === "root")?.data)

export default function ImportHolidays() {
  const answer = useActionData<typeof action>()
  const done = answer?.imported
  return (
    <section className="stack" aria-labelledby="import">
      <h2 id="import">Import holidays</h2>
      {done ? (
        <div className="notice notice--good stack stack--tight" role="status">
          <p>
            {done.added} added, {done.known} there already, {done.leftOut.length} left out
          </p>
          {done.leftOut.length > 0 ? (
            <ul className="small">
              {done.leftOut.slice(0, mostShown).map(({ name, because }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes, with names that repeat
                <li key={index}>
                  {name} {because}
                </li>
              ))}
              {done.leftOut.length > mostShown ? <li>and {done.leftOut.length - mostShown} more</li> : null}
            </ul>
          ) : null}
        </div>
      ) : null}
      <ImportForm refused={answer?.refused ?? null} />
      <Link to="/settings/holidays">Back to the holidays</Link>
    </section>
  )
}
