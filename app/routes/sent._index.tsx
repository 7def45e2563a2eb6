import { PostForm } from "#app/components/post-form.tsx"
import "../styles/sent.css"
import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { PausedMail } from "#app/components/paused-mail.tsx"
import { SentRow } from "#app/components/sent-row.tsx"
import { titleOf } from "#app/components/title.ts"
import { idFrom } from "#app/form.ts"
import { pausedMailboxes, problemMail, sentMail } from "#app/models/mail/sent.server.ts"
import { isSentView, type SentView, sentViews } from "#app/models/mail/sent-view.ts"
import { isAtLeast, type Viewer } from "#app/models/people/agent.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const query = new URL(request.url).searchParams
  const view = query.get("view")
  const asked: SentView = isSentView(view) ? view : "all"
  const before = idFrom(query.get("before") ?? undefined)
  const now = deskNow()
  const [page, paused] = await Promise.all([sentMail(viewer, asked, before, now), pausedMailboxes(viewer)])
  const problems = asked === "all" && before === null ? await problemMail(viewer, now) : []
  return json({ view: asked, before, ...page, problems, paused, ...mays(viewer) })
}

const mays = (viewer: Viewer) => ({ mayResume: isAtLeast(viewer, "admin"), maySendKept: isAtLeast(viewer, "lead") })

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) => {
  const wrong = data?.problems.length ? ` (${data.problems.length})` : ""
  return titleOf(`Sent mail${wrong}`, matches.find(({ id }) => id === "root")?.data)
}

export default function SentMail() {
  const { view, before, rows, next, problems } = useLoaderData<typeof loader>()
  return (
    <section className="page sent" aria-labelledby="sent-title">
      <header className="page__head">
        <h1 id="sent-title">Sent mail</h1>
        <Views view={view} />
      </header>
      <Paused />
      <Kept />
      {problems.length > 0 ? (
        <section className="stack stack--tight" aria-labelledby="sent-problems">
          <h2 id="sent-problems">Need somebody to decide</h2>
          <ul className="sent__list">
            {problems.map((row) => (
              <SentRow key={row.id} row={row} />
            ))}
          </ul>
          <h2>Everything, newest first</h2>
        </section>
      ) : null}
      {rows.length > 0 ? (
        <ul className="sent__list">
          {rows.map((row) => (
            <SentRow key={row.id} row={row} />
          ))}
        </ul>
      ) : (
        <p className="empty">{before ? "That was the last of it." : sentViews[view].empty}</p>
      )}
      {next ? (
        <Link className="button" to={`/sent?view=${view}&before=${next}`} rel="next">
          Older mail
        </Link>
      ) : null}
    </section>
  )
}

function Views({ view }: { view: SentView }) {
  const names = Object.entries(sentViews)
  return (
    <nav className="row" aria-label="Which mail">
      {names.map(([key, { name }]) => (
        <Link key={key} to={`/sent?view=${key}`} aria-current={key === view ? "page" : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  )
}

/** Nothing leaves by itself that was kept: whoever answers for it lets it go. */
function Kept() {
  const { view, rows, maySendKept } = useLoaderData<typeof loader>()
  if (view !== "kept" || rows.length === 0 || !maySendKept) return null
  return (
    <PostForm action="/sent/kept" className="notice">
      <p>
        This mail stayed here because there was no mail server. Is there one by now, it can leave; mail to addresses
        that nobody has, such as the demo's, stays.
      </p>
      <button className="button button--small" type="submit">
        Send what was kept
      </button>
    </PostForm>
  )
}

function Paused() {
  const { paused, mayResume } = useLoaderData<typeof loader>()
  return paused.map((box) => <PausedMail key={box.id} box={box} mayResume={mayResume} settings />)
}
