import { type ActionFunctionArgs, json, type LoaderFunctionArgs } from "@remix-run/node"
import { Link, useActionData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { ShownOnce } from "#app/components/settings/shown-once.tsx"
import { idFrom } from "#app/form.ts"
import { agentById } from "#app/models/people/agent.server.ts"
import { invite } from "#app/models/people/invitation.server.ts"
import { requireFreshAdmin } from "#app/models/people/session.server.ts"
import { freshPressForm } from "#app/press-form.server.ts"

/** Looked at again there is nothing to see: the link was shown once. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireFreshAdmin(request)
  if (!(await agentById(idFrom(params.agentId) ?? 0))) throw nobody()
  return json(null)
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { by } = await freshPressForm(request)
  const id = idFrom(params.agentId) ?? 0
  const [person, token] = [await agentById(id), await invite(id, deskNow(), by)]
  if (!person || !token) throw nobody()
  return json({ id, name: person.name, link: `${new URL(request.url).origin}/invitation/${token}` })
}

const nobody = () => new Response("There is nobody like that on this desk.", { status: 404 })

export default function Invitation() {
  const made = useActionData<typeof action>()
  return (
    <div className="page page--narrow">
      <h1>A link to choose a password</h1>
      {made ? (
        <>
          <ShownOnce secret={made.link}>
            Send {made.name} this link. It works once, for three days, ends every earlier one, and is not shown again.
          </ShownOnce>
          <Link to={`/settings/people/${made.id}`}>Back to {made.name}</Link>
        </>
      ) : (
        <p>
          The link was shown once. <Link to="/settings/people">Make another from the person's page</Link>
        </p>
      )}
    </div>
  )
}
