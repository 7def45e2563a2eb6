import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Field } from "#app/components/field.tsx"
import { NewPassword } from "#app/components/new-password.tsx"
import { titleOf } from "#app/components/title.ts"
import { textOf } from "#app/form.ts"
import { changePassword } from "#app/models/people/account.server.ts"
import { proveAgain } from "#app/models/people/proof.server.ts"
import { requireSession, requireViewer } from "#app/models/people/session.server.ts"
import { cookiesOf, openBrowser } from "#app/models/people/sign-in.server.ts"
import { refusedWith, retryAfter } from "#app/refusal-answer.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  const { email } = await requireViewer(request)
  return json({ email })
}

export async function action({ request }: ActionFunctionArgs) {
  const session = await requireSession(request)
  const form = await request.formData()
  const wrong = await proveAgain(request, session, textOf(form, "current"), deskNow())
  if (wrong !== null) return json({ current: wrong.words, password: null }, refusedWith(wrong.waitSeconds))
  const done = await changePassword(session.viewer.id, textOf(form, "password"), session.tokenHash)
  if (done !== "changed") return json({ current: null, password: done.refused }, { status: 422 })
  // A new token for this browser as well: whoever had the old one is out.
  return redirect("/me", { headers: cookiesOf(await openBrowser(request, session.viewer.id, deskNow())) })
}

export const headers = retryAfter

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Change password", matches.find(({ id }) => id === "root")?.data)

export default function Password() {
  const { email } = useLoaderData<typeof loader>()
  const wrong = useActionData<typeof action>()
  return (
    <div className="page page--narrow">
      <h1>Change password</h1>
      <p className="quiet">Every other browser you are signed in with is signed out.</p>
      <Form method="post" className="form" reloadDocument>
        <input type="hidden" name="email" value={email} autoComplete="username" />
        <Field
          label="Password until now"
          name="current"
          type="password"
          required
          autoComplete="current-password"
          error={wrong?.current}
        />
        <NewPassword label="New password" error={wrong?.password} isFirst={false} />
        <div className="form__foot">
          <button className="button button--primary" type="submit">
            Change it
          </button>
          <Link to="/me">Leave it as it is</Link>
        </div>
      </Form>
    </div>
  )
}
