import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Form, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Field } from "#app/components/field.tsx"
import { titleOf } from "#app/components/title.ts"
import { textOf } from "#app/form.ts"
import { localPath } from "#app/models/people/local-path.ts"
import { proveAgain } from "#app/models/people/proof.server.ts"
import { requireSession } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

/** What matters asks for the password again when it was last typed more than ten minutes ago. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { viewer } = await requireSession(request)
  return json({ email: viewer.email, to: localPath(new URL(request.url).searchParams.get("to")) })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const session = await requireSession(request)
  const form = await request.formData()
  const wrong = await proveAgain(session, textOf(form, "password"), String(context.remote ?? ""), deskNow())
  return wrong === null ? redirect(localPath(textOf(form, "to"))) : json({ error: wrong }, { status: 422 })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Your password, please", matches.find(({ id }) => id === "root")?.data)

export default function Proof() {
  const { email, to } = useLoaderData<typeof loader>()
  const wrong = useActionData<typeof action>()
  return (
    <div className="page page--narrow">
      <h1>Your password, please</h1>
      <p className="quiet">People, mailboxes and tokens are open for ten minutes after you type it.</p>
      <Form method="post" className="form">
        <input type="hidden" name="to" value={to} />
        <input type="hidden" name="email" value={email} autoComplete="username" />
        <Field
          label="Password"
          name="password"
          type="password"
          required
          autoFocus
          autoComplete="current-password"
          error={wrong?.error}
        />
        <div className="form__foot">
          <button className="button button--primary" type="submit">
            Go on
          </button>
        </div>
      </Form>
    </div>
  )
}
