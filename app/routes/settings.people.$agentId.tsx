import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useActionData, useLoaderData } from "@remix-run/react"
import { AwayDays } from "#app/components/people/away-days.tsx"
import { SavedNotice } from "#app/components/people/saved-notice.tsx"
import { WeekForm } from "#app/components/people/week-form.tsx"
import { PostForm } from "#app/components/post-form.tsx"
import { Press } from "#app/components/press.tsx"
import { PersonFields } from "#app/components/settings/person-fields.tsx"
import { titleOf } from "#app/components/title.ts"
import { idFrom } from "#app/form.ts"
import { hoursPage, zonesWith } from "#app/hours-page.server.ts"
import { changeAgent } from "#app/models/people/account.server.ts"
import { agentById } from "#app/models/people/agent.server.ts"
import { answersOf, listMailboxes } from "#app/models/people/mailbox.server.ts"
import { requireFreshAdmin } from "#app/models/people/session.server.ts"
import { personFrom } from "#app/person-form.ts"
import { freshPressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireFreshAdmin(request)
  const person = await agentById(idFrom(params.agentId) ?? 0)
  if (!person) throw nobody()
  const [mailboxes, answers] = await Promise.all([listMailboxes(), answersOf(person.id)])
  const { signature: _, deactivatedAt, ...facts } = person
  const hours = deactivatedAt === null ? await hoursPage(viewer, person.id) : null
  const saved = new URL(request.url).searchParams.get("saved")
  const zones = zonesWith(hours?.ownZone ?? "")
  return json({ person: { ...facts, ...answers }, isActive: deactivatedAt === null, mailboxes, hours, zones, saved })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { by, form } = await freshPressForm(request)
  const done = await changeAgent(idFrom(params.agentId) ?? 0, personFrom(form), by)
  if (done === null) throw nobody()
  if (done === "changed") return json({ isSaved: true, refused: null })
  return json({ isSaved: false, refused: done.refused }, { status: 422 })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(data?.person.name ?? "People", matches.find(({ id }) => id === "root")?.data)

export default function Person() {
  const { person, isActive, mailboxes, hours, zones, saved } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <section className="stack" aria-labelledby="person">
      <header className="page__head">
        <h2 id="person">{person.name}</h2>
        <p className="quiet">{person.email}</p>
      </header>
      {isActive ? null : <p className="notice notice--warn">{person.name} has left and cannot sign in.</p>}
      <SavedNotice saved={answer ? null : saved} />
      <PostForm className="form">
        {answer?.isSaved ? (
          <p className="notice notice--good" role="status">
            Saved
          </p>
        ) : null}
        {answer?.refused ? (
          <p className="notice notice--bad" role="alert">
            {answer.refused}
          </p>
        ) : null}
        <PersonFields person={person} mailboxes={mailboxes} />
        <div className="form__foot">
          <button className="button button--primary" type="submit">
            Save
          </button>
          <Link to="/settings/people">Back to the people</Link>
        </div>
      </PostForm>
      {hours ? (
        <>
          <section className="stack stack--tight" aria-labelledby="hours">
            <h3 id="hours">Hours</h3>
            <WeekForm {...hours} zones={zones} back={`/settings/people/${person.id}`} wrong={null} />
          </section>
          <section className="stack stack--tight" aria-labelledby="away-days">
            <h3 id="away-days">Away days</h3>
            <AwayDays {...hours} back={`/settings/people/${person.id}`} />
          </section>
        </>
      ) : null}
      <Account id={person.id} name={person.name} isActive={isActive} />
    </section>
  )
}

function Account({ id, name, isActive }: { id: number; name: string; isActive: boolean }) {
  if (!isActive) return <Press to={`/agents/${id}/reactivation`} words={`Take ${name} back`} />
  return (
    <div className="stack stack--tight">
      <h3>Account</h3>
      <Press to={`/agents/${id}/invitation`} words="Make a link to choose a new password" />
      <p className="quiet small">
        When {name} leaves, they are signed out at once and their cases waiting on us go to others. What they wrote and
        their ratings stay. <Link to={`/load/${id}/cases`}>Hand everything to one person</Link> first, if you would
        rather.
      </p>
      <Press to={`/agents/${id}/deactivation`} words={`${name} has left`} />
    </div>
  )
}

const nobody = () => new Response("There is nobody like that on this desk.", { status: 404 })
