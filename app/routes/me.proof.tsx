import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Form, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Field } from "#app/components/field.tsx"
import { titleOf } from "#app/components/title.ts"
import { textOf } from "#app/form.ts"
import { keptPath } from "#app/models/people/kept-form.server.ts"
import { localPath } from "#app/models/people/local-path.ts"
import { proveAgain } from "#app/models/people/proof.server.ts"
import { requireSession, type Session } from "#app/models/people/session.server.ts"
import { refusedWith, retryAfter } from "#app/refusal-answer.ts"
import type { loader as root } from "#app/root.tsx"

/** What matters asks for the password again when it was last typed more than ten minutes ago. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { viewer } = await requireSession(request)
  const { searchParams } = new URL(request.url)
  return json({
    email: viewer.email,
    to: localPath(searchParams.get("to")),
    keptForm: searchParams.get("keptForm") ?? "",
  })
}

export async function action({ request }: ActionFunctionArgs) {
  const session = await requireSession(request)
  const form = await request.formData()
  const wrong = await proveAgain(request, session, textOf(form, "password"), deskNow())
  if (wrong === null) return goOn(session, form)
  return json({ error: wrong.words }, refusedWith(wrong.waitSeconds))
}

/** On to the page, or to where the kept form was sent: 307 has the browser send this one there, which names it. */
async function goOn({ tokenHash }: Session, form: FormData) {
  const path = await keptPath(tokenHash, textOf(form, "keptForm"), deskNow())
  return path === null ? redirect(localPath(textOf(form, "to"))) : redirect(localPath(path), 307)
}

export const headers = retryAfter

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Confirm your password", matches.find(({ id }) => id === "root")?.data)

export default function Proof() {
  const { email, to, keptForm } = useLoaderData<typeof loader>()
  const wrong = useActionData<typeof action>()
  return (
    <div className="page page--narrow">
      <h1>Confirm your password</h1>
      <p className="quiet">
        For ten minutes you can then change people, mailboxes, mail and tokens.
        {keptForm ? " Your change is applied once you confirm." : ""}
      </p>
      <Form method="post" className="form" reloadDocument>
        <input type="hidden" name="to" value={to} />
        {keptForm ? <input type="hidden" name="keptForm" value={keptForm} /> : null}
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
            Confirm
          </button>
        </div>
      </Form>
    </div>
  )
}
