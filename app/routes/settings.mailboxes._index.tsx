import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Link, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Field } from "#app/components/field.tsx"
import { PostForm } from "#app/components/post-form.tsx"
import { AnswerersField } from "#app/components/settings/answerers.tsx"
import { titleOf } from "#app/components/title.ts"
import { idsOf, textOf } from "#app/form.ts"
import { listAgents } from "#app/models/people/agent.server.ts"
import { addMailbox, listMailboxes } from "#app/models/people/mailbox.server.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import { freshPressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request)
  const [mailboxes, everyone] = await Promise.all([listMailboxes(), listAgents()])
  const people = everyone.filter(({ deactivatedAt }) => deactivatedAt === null).map(({ id, name }) => ({ id, name }))
  return json({ mailboxes, people })
}

export async function action({ request }: ActionFunctionArgs) {
  const { by, form } = await freshPressForm(request)
  const given = { address: textOf(form, "address"), name: textOf(form, "name"), agentIds: idsOf(form, "agent") }
  const done = await addMailbox(given, deskNow(), by)
  return "refused" in done ? json({ refused: done.refused, given }, { status: 422 }) : redirect("/settings/mailboxes")
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Mailboxes", matches.find(({ id }) => id === "root")?.data)

export default function Mailboxes() {
  const { mailboxes } = useLoaderData<typeof loader>()
  return (
    <section className="stack stack--wide" aria-labelledby="mailboxes">
      <h2 id="mailboxes">Mailboxes</h2>
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Address</th>
              <th scope="col">Answered by</th>
            </tr>
          </thead>
          <tbody>
            {mailboxes.map((box) => (
              <tr key={box.id}>
                <td>
                  <Link to={`/settings/mailboxes/${box.id}`}>{box.name}</Link>
                </td>
                <td>{box.address}</td>
                <td>{box.agents.map(({ name }) => name).join(", ") || "nobody yet"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <NewMailbox />
    </section>
  )
}

function NewMailbox() {
  const { people } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <PostForm className="form">
      <h3>Add a mailbox</h3>
      <Field
        label="Address"
        name="address"
        type="email"
        required
        defaultValue={answer?.given.address}
        error={answer?.refused}
      />
      <Field
        label="Name"
        name="name"
        maxLength={60}
        hint="What customers see as the sender. Empty: from the address."
        defaultValue={answer?.given.name}
      />
      <AnswerersField people={people} chosen={answer?.given.agentIds ?? people.map(({ id }) => id)} />
      <div className="form__foot">
        <button className="button button--primary" type="submit">
          Add
        </button>
      </div>
    </PostForm>
  )
}
