import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Form, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Face } from "#app/components/face.tsx"
import { Field } from "#app/components/field.tsx"
import { textOf } from "#app/form.ts"
import { hasAgents } from "#app/models/people/agent.server.ts"
import { localPath } from "#app/models/people/local-path.ts"
import { viewerOf } from "#app/models/people/session.server.ts"
import { setting } from "#app/models/people/settings.server.ts"
import { cookiesOf, signIn } from "#app/models/people/sign-in.server.ts"
import { waitWords } from "#app/models/people/tries.ts"
import { refusedWith, retryAfter } from "#app/refusal-answer.ts"

export async function loader({ request }: LoaderFunctionArgs) {
  if (!(await hasAgents())) throw redirect("/welcome")
  const { searchParams } = new URL(request.url)
  const to = localPath(searchParams.get("to"))
  if (await viewerOf(request)) throw redirect(to)
  return json({ desk: await setting("desk.name"), to, isInvited: searchParams.has("welcome") })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData()
  const [email, password] = [textOf(form, "email"), textOf(form, "password")]
  const done = await signIn(request, { email, password, remote: String(context.remote ?? "") }, deskNow())
  if ("cookie" in done) return redirect(localPath(textOf(form, "to")), { headers: cookiesOf(done) })
  const waitSeconds = done.refused === "wrong" ? null : done.waitSeconds
  const error = waitSeconds === null ? "The email address or password is wrong" : waitWords(waitSeconds)
  return json({ error, email }, refusedWith(waitSeconds))
}

export const headers = retryAfter

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Sign in · ${data?.desk ?? "Upturn"}` }]

export default function SignIn() {
  const { desk, to, isInvited } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <main className="alone" id="main">
      <header className="row">
        <Face face="happy" size={32} />
        <h1>{desk}</h1>
      </header>
      {isInvited ? <p className="notice notice--good">Your password is set. Sign in with it.</p> : null}
      <Form method="post" className="form" reloadDocument>
        <input type="hidden" name="to" value={to} />
        <Field
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus
          defaultValue={refused?.email}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={refused?.error}
        />
        <div className="form__foot">
          <button className="button button--primary" type="submit">
            Sign in
          </button>
        </div>
        <p className="quiet small">Forgotten it? An admin of the desk can send you a link to choose a new one.</p>
      </Form>
    </main>
  )
}
