import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { Field } from "#app/components/field.tsx"
import { PostForm } from "#app/components/post-form.tsx"
import { AnswerersField } from "#app/components/settings/answerers.tsx"
import { titleOf } from "#app/components/title.ts"
import { idFrom, idsOf, textOf } from "#app/form.ts"
import { listAgents } from "#app/models/people/agent.server.ts"
import { asksForOf, changeMailbox, listMailboxes } from "#app/models/people/mailbox.server.ts"
import { requireAdmin } from "#app/models/people/session.server.ts"
import { skillsFrom } from "#app/models/people/skills.ts"
import { freshPressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireAdmin(request)
  const [mailboxes, everyone] = await Promise.all([listMailboxes(), listAgents()])
  const box = mailboxes.find(({ id }) => id === idFrom(params.mailboxId))
  if (!box) throw none()
  const people = everyone.filter(({ deactivatedAt }) => deactivatedAt === null).map(({ id, name }) => ({ id, name }))
  return json({ box, people, asksFor: (await asksForOf(box.id)).join(", ") })
}

/** Cases of people who no longer answer it are given out again by the next sweep. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { by, form } = await freshPressForm(request)
  const given = {
    name: textOf(form, "name").slice(0, 60),
    agentIds: idsOf(form, "agent"),
    asksFor: skillsFrom(textOf(form, "asksFor")),
  }
  if ((await changeMailbox(idFrom(params.mailboxId) ?? 0, given, by)) === null) throw none()
  return redirect("/settings/mailboxes")
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(data?.box.name ?? "Mailboxes", matches.find(({ id }) => id === "root")?.data)

export default function Mailbox() {
  const { box, people, asksFor } = useLoaderData<typeof loader>()
  return (
    <section className="stack" aria-labelledby="mailbox">
      <header className="page__head">
        <h2 id="mailbox">{box.name}</h2>
        <p className="quiet">{box.address}</p>
        <nav className="row small" aria-label={`More about ${box.name}`}>
          <Link to={`/settings/incoming/${box.id}`}>Incoming mail</Link>
          <Link to={`/settings/outgoing/${box.id}`}>Outgoing mail</Link>
          <Link to={`/settings/signing/${box.id}`}>Signing and DNS</Link>
        </nav>
      </header>
      <PostForm className="form">
        <Field
          label="Name"
          name="name"
          maxLength={60}
          defaultValue={box.name}
          hint="What customers see as the sender."
        />
        <Field
          label="Asks for"
          name="asksFor"
          maxLength={600}
          defaultValue={asksFor}
          hint="Skills whoever is given its cases must have, such as de, refunds. Empty: none."
        />
        <AnswerersField people={people} chosen={box.agents.map(({ id }) => id)} />
        <div className="form__foot">
          <button className="button button--primary" type="submit">
            Save
          </button>
          <Link to="/settings/mailboxes">Back to the mailboxes</Link>
        </div>
      </PostForm>
    </section>
  )
}

const none = () => new Response("There is no such mailbox.", { status: 404 })
