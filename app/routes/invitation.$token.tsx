import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Form, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { NewPassword } from "#app/components/new-password.tsx"
import { textOf } from "#app/form.ts"
import { deviceCookie } from "#app/models/people/device.server.ts"
import { acceptInvitation, invited } from "#app/models/people/invitation.server.ts"
import { setting } from "#app/models/people/settings.server.ts"

export async function loader({ params }: LoaderFunctionArgs) {
  const person = await invited(params.token ?? "", deskNow())
  if (!person) throw used()
  return json({ desk: await setting("desk.name"), name: person.name, email: person.email })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const person = await invited(params.token ?? "", deskNow())
  const form = await request.formData()
  const done = await acceptInvitation(params.token ?? "", textOf(form, "password"), deskNow())
  if (person === null || done === null) throw used()
  if (done !== "accepted") return json({ error: done.refused }, { status: 422 })
  // The account knows this browser from now on: its first sign-in is not counted with everybody else's.
  return redirect("/sign-in?welcome", { headers: { "Set-Cookie": deviceCookie(request, person.id) } })
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Choose a password · ${data?.desk ?? "Upturn"}` },
]

export default function Invitation() {
  const { desk, name, email } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <main className="alone" id="main">
      <header className="stack stack--tight">
        <h1>{desk}</h1>
        <p>
          Hello {name}. Choose a password; you sign in with it and {email}.
        </p>
      </header>
      <Form method="post" className="form" reloadDocument>
        <input type="hidden" name="email" value={email} autoComplete="username" />
        <NewPassword label="Password" error={refused?.error} isFirst />
        <div className="form__foot">
          <button className="button button--primary" type="submit">
            Set password
          </button>
        </div>
      </Form>
    </main>
  )
}

const used = () =>
  new Response("This link was used already, or is older than three days. Ask an admin of the desk for a new one.", {
    status: 404,
  })
