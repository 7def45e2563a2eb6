import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Field } from "#app/components/field.tsx"
import { PostForm } from "#app/components/post-form.tsx"
import { PersonFields } from "#app/components/settings/person-fields.tsx"
import { ShownOnce } from "#app/components/settings/shown-once.tsx"
import { titleOf } from "#app/components/title.ts"
import { textOf } from "#app/form.ts"
import { addAgent } from "#app/models/people/agent.server.ts"
import { invite } from "#app/models/people/invitation.server.ts"
import { listMailboxes } from "#app/models/people/mailbox.server.ts"
import { requireFreshAdmin } from "#app/models/people/session.server.ts"
import { personFrom } from "#app/person-form.ts"
import { freshPressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  await requireFreshAdmin(request)
  return json({ mailboxes: await listMailboxes() })
}

/** With a password they sign in with that; without one there is a link, shown here once, to choose their own. */
export async function action({ request }: ActionFunctionArgs) {
  const { by, form } = await freshPressForm(request)
  const [person, email, password] = [personFrom(form), textOf(form, "email"), textOf(form, "password")]
  const done = await addAgent({ ...person, email, password: password || null }, deskNow(), by)
  if ("refused" in done) return json({ added: null, refused: done.refused, person, email }, { status: 422 })
  const token = password ? null : await invite(done.id, deskNow(), by)
  const link = token && `${new URL(request.url).origin}/invitation/${token}`
  return json({ added: { id: done.id, name: person.name, link }, refused: null, person: null, email: "" })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Add somebody", matches.find(({ id }) => id === "root")?.data)

export default function NewPerson() {
  const { mailboxes } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const everything = {
    ...{ name: "", role: "agent" as const, loadLimit: 20, skills: [], mailboxLimits: [] },
    mailboxIds: mailboxes.map(({ id }) => id),
  }
  if (answer?.added) return <Added {...answer.added} />
  return (
    <section className="stack" aria-labelledby="new">
      <h2 id="new">Add somebody</h2>
      <PostForm className="form">
        {answer?.refused ? (
          <p className="notice notice--bad" role="alert">
            {answer.refused}
          </p>
        ) : null}
        <Field label="Email" name="email" type="email" required hint="To sign in with." defaultValue={answer?.email} />
        <PersonFields person={answer?.person ?? everything} mailboxes={mailboxes} />
        <Field
          label="Password"
          name="password"
          type="text"
          autoComplete="off"
          minLength={12}
          hint="Leave it empty for a link with which they choose their own."
        />
        <div className="form__foot">
          <button className="button button--primary" type="submit">
            Add
          </button>
          <Link to="/settings/people">Add nobody</Link>
        </div>
      </PostForm>
    </section>
  )
}

function Added({ id, name, link }: { id: number; name: string; link: string | null }) {
  return (
    <section className="stack" aria-labelledby="added">
      <h2 id="added">{name} is on the desk</h2>
      {link ? (
        <ShownOnce secret={link}>
          Send {name} this link to choose a password. It works once, for three days, and is not shown again.
        </ShownOnce>
      ) : (
        <p>Tell {name} the password; they change it under Me.</p>
      )}
      <p className="row">
        <Link to="/settings/people">To the people</Link>
        <Link to={`/settings/people/${id}`}>To {name}</Link>
      </p>
    </section>
  )
}
