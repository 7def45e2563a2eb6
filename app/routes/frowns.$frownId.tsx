import "#app/styles/frowns.css"
import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Face } from "#app/components/face.tsx"
import { FrownActs } from "#app/components/frown/acts.tsx"
import { RatedReply } from "#app/components/frown/rated-reply.tsx"
import { sayPress } from "#app/components/frown/said.ts"
import { faceNow, NextStep } from "#app/components/frown/standing.tsx"
import { StoryLine } from "#app/components/frown/story-line.tsx"
import { Ago, Time } from "#app/components/time.tsx"
import { titleOf } from "#app/components/title.ts"
import { frownId, noSuchFrown } from "#app/frown-press.server.ts"
import { listCauses } from "#app/models/frowns/cause.server.ts"
import { frownFor } from "#app/models/frowns/story.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const [story, causes] = await Promise.all([frownFor(viewer, frownId(params.frownId), deskNow()), listCauses()])
  if (!story) throw noSuchFrown()
  const code = new URL(request.url).searchParams.get("said")
  const said = sayPress(code, story.owner?.name ?? null)
  const mine = story.events.filter(({ kind, who }) => kind === "called" && who === viewer.name)
  return json({ ...story, causes, said, loggedAlready: code === "logged-already" ? (mine.at(-1)?.detail ?? "") : null })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(data ? `${nameOf(data.customer)} frowned` : "Frown", matches.find(({ id }) => id === "root")?.data)

export default function Frown() {
  const page = useLoaderData<typeof loader>()
  const { frown, kase, rated, events, said } = page
  return (
    <article className="page frown-page" aria-labelledby="frown-title">
      <Link to="/frowns" className="small">
        Frowns
      </Link>
      <Head {...page} />
      {said ? (
        <p className="notice notice--warn" role="status">
          {said}
        </p>
      ) : null}
      <div className="frown-page__parts">
        <div className="stack stack--wide">
          {rated.map((each) => (
            <RatedReply key={each.requestId} rated={each} />
          ))}
          <p>
            <Link to={`/cases/${kase.number}`}>
              Read the whole case: <bdi>{kase.subject}</bdi>
            </Link>
          </p>
        </div>
        <aside className="stack stack--wide" aria-label="What to do">
          <Standing {...page} />
          <FrownActs
            id={frown.id}
            may={page.may}
            caseNumber={kase.number}
            customer={nameOf(page.customer)}
            cause={page.cause?.key ?? null}
            causes={page.causes}
            loggedAlready={page.loggedAlready}
          />
          <section className="stack stack--tight" aria-labelledby="story-title">
            <h2 id="story-title">What happened</h2>
            <ol className="story">
              {events.map((event) => (
                <StoryLine key={event.id} event={event} />
              ))}
            </ol>
          </section>
        </aside>
      </div>
    </article>
  )
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

function Head({ frown, kase, customer, author, state }: Page) {
  return (
    <header className="frown-page__head">
      <Face face={faceNow(state)} size={56} />
      <div>
        <h1 id="frown-title">{nameOf(customer)}</h1>
        <p className="quiet">
          Frowned at <bdi>{author.name}</bdi>'s reply in <bdi>{kase.subject}</bdi>, <Ago at={frown.openedAt} />
          {customer?.email ? ` · ${customer.email}` : ""}
        </p>
      </div>
    </header>
  )
}

function Standing({ frown, state, step, late, owner, closer, cause }: Page) {
  return (
    <div className="standing">
      <p className="standing__now">
        <NextStep step={step} late={late} state={state} dueAt={frown.dueAt} outcomeAt={frown.outcomeAt} />
      </p>
      <p className="quiet">
        {owner ? `${owner.name} has it` : "Nobody has it"}
        {frown.reopenedCount > 0
          ? `, came back ${frown.reopenedCount === 1 ? "once" : `${frown.reopenedCount} times`}`
          : ""}
      </p>
      {frown.toldImprovedAt ? (
        <p className="quiet">
          Told us by telephone that they are happier, <Time at={frown.toldImprovedAt} />
        </p>
      ) : null}
      {frown.closedAt && frown.whatWeDid ? (
        <p>
          {cause ? `${cause.name}. ` : ""}
          {frown.whatWeDid}
          <span className="quiet">
            {" "}
            {closer?.name ?? "The desk"}, <Time at={frown.closedAt} />
          </span>
        </p>
      ) : null}
    </div>
  )
}

const nameOf = (customer: { name: string; email: string | null } | null) =>
  customer?.name || customer?.email || "Unknown sender"
