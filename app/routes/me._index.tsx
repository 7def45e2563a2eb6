import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useActionData, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Area, Field } from "#app/components/field.tsx"
import { MyHours } from "#app/components/people/my-hours.tsx"
import { SavedNotice } from "#app/components/people/saved-notice.tsx"
import { PostForm, WritingForm } from "#app/components/post-form.tsx"
import { Time } from "#app/components/time.tsx"
import { titleOf } from "#app/components/title.ts"
import { textOf } from "#app/form.ts"
import { hoursPage } from "#app/hours-page.server.ts"
import { changeOwnWords } from "#app/models/people/account.server.ts"
import { agentById } from "#app/models/people/agent.server.ts"
import { type OwnSession, sessionsOf } from "#app/models/people/own-sessions.server.ts"
import { requireSession, requireViewer } from "#app/models/people/session.server.ts"
import { loads } from "#app/models/sharing/load.server.ts"
import { pressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  const { viewer, tokenHash } = await requireSession(request)
  const now = deskNow()
  const [me, sessions, hours, people] = await Promise.all([
    agentById(viewer.id),
    sessionsOf(viewer.id, tokenHash, now),
    hoursPage(viewer, viewer.id),
    loads(now),
  ])
  const presence = people.find(({ agentId }) => agentId === viewer.id)?.presence ?? {
    state: "off" as const,
    until: null,
  }
  const saved = new URL(request.url).searchParams.get("saved")
  return json({
    name: viewer.name,
    email: viewer.email,
    signature: me?.signature ?? "",
    sessions,
    hours,
    presence,
    saved,
  })
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request)
  const { by, form } = await pressForm(request, viewer)
  const words = { name: textOf(form, "name"), signature: textOf(form, "signature") }
  const done = await changeOwnWords(viewer.id, words, by)
  if (done === "changed") return json({ isSaved: true, error: null })
  return json({ isSaved: false, error: done.refused }, { status: 422 })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ matches }) =>
  titleOf("Me", matches.find(({ id }) => id === "root")?.data)

export default function Me() {
  const { name, email, signature, sessions, hours, presence, saved } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="page page--narrow">
      <header className="page__head">
        <h1>Me</h1>
        <p className="quiet">You sign in with {email}</p>
      </header>
      <SavedNotice saved={answer ? null : saved} />
      <WritingForm className="form" stays>
        {answer?.isSaved ? (
          <p className="notice notice--good" role="status">
            Saved
          </p>
        ) : null}
        <Field label="Name" name="name" required maxLength={100} defaultValue={name} error={answer?.error} />
        <Area
          label="Signature"
          name="signature"
          rows={4}
          maxLength={2000}
          defaultValue={signature}
          hint="Stands under your replies."
        />
        <div className="form__foot">
          <button className="button button--primary" type="submit">
            Save
          </button>
          <Link to="/me/password">Change password</Link>
        </div>
      </WritingForm>
      <MyHours hours={hours} presence={presence} />
      <section className="stack stack--tight" aria-labelledby="sessions">
        <h2 id="sessions">Where you are signed in</h2>
        <ul className="stack stack--tight">
          {sessions.map((session) => (
            <SignedIn key={session.id} session={session} />
          ))}
        </ul>
      </section>
    </div>
  )
}

type Shown = Omit<OwnSession, "createdAt" | "seenAt"> & { createdAt: string; seenAt: string }

function SignedIn({ session }: { session: Shown }) {
  return (
    <li className="row row--apart">
      <span>
        {browserName(session.browser)}{" "}
        <span className="quiet">
          last used <Time at={session.seenAt} />
        </span>
      </span>
      {session.isThis ? (
        <span className="quiet">this browser</span>
      ) : (
        <PostForm action="/me/sessions">
          <button className="button button--quiet button--small" type="submit" name="id" value={session.id}>
            Sign out there
          </button>
        </PostForm>
      )}
    </li>
  )
}

/** Good enough to tell one's own phone from one's own laptop. */
function browserName(agent: string) {
  const [browser] = /Edg|Firefox|Chrome|Safari|curl/.exec(agent) ?? ["A browser"]
  const [system] = /Windows|iPhone|iPad|Android|Mac OS X|Linux/.exec(agent) ?? [""]
  return [browser.replace("Edg", "Edge"), system && `on ${system.replace("Mac OS X", "a Mac")}`]
    .filter(Boolean)
    .join(" ")
}
