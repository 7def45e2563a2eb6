import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { useLoaderData } from "@remix-run/react"
import "../styles/charts.css"
import "../styles/happiness.css"
import { deskNow } from "#app/clock.server.ts"
import { BandChart } from "#app/components/charts/band-chart.tsx"
import { Certainty } from "#app/components/charts/certainty.tsx"
import { Chapter } from "#app/components/charts/chapter.tsx"
import { faceOrder } from "#app/components/charts/definitions.ts"
import { Compared, Figures } from "#app/components/charts/figures.tsx"
import { Causes, Flips } from "#app/components/charts/flips.tsx"
import { LoadChart, LoadTable } from "#app/components/charts/load-chart.tsx"
import { Opening } from "#app/components/charts/opening.tsx"
import { PeriodNav } from "#app/components/charts/period-nav.tsx"
import { RatedTable } from "#app/components/charts/rated-table.tsx"
import { RunChart } from "#app/components/charts/run-chart.tsx"
import { BandSays, LoadSays, PeopleSays, RunSays } from "#app/components/charts/says.tsx"
import { titleOf } from "#app/components/title.ts"
import { type Behind, behindPath } from "#app/models/happiness/behind.ts"
import { readNarrow } from "#app/models/happiness/behind-query.ts"
import type { Overview } from "#app/models/happiness/overview.server.ts"
import { overviewOf } from "#app/models/happiness/overview.server.ts"
import { totalOf } from "#app/models/happiness/percent.ts"
import { parsePeriod } from "#app/models/happiness/period.ts"
import { requireViewer } from "#app/models/people/session.server.ts"

export async function loader({ params, request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const query = new URL(request.url).searchParams
  const period = parsePeriod(params.period ?? "")
  const narrow = readNarrow(query)
  if (!period || !narrow)
    throw new Response("There is no such period. Try 2011, 2011-H2, 2011-Q3, 2011-03 or 2011-W07.", { status: 404 })
  const loadBy = query.get("load") === "week" ? "week" : null
  const voices = query.has("voices") ? "weighed" : null
  const page = await overviewOf(viewer, { period, loadBy, voices, ...narrow }, deskNow())
  if (page === "not yours") throw new Response("Only leads see other people's figures.", { status: 403 })
  return json(page)
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  titleOf(data ? `Happiness, ${data.period.label}` : "Happiness", matches.find(({ id }) => id === "root")?.data)

export default function Happiness() {
  const page: Overview = useLoaderData<typeof loader>()
  return (
    <section className="page happiness" aria-labelledby="happiness-title">
      <header className="happiness__head">
        <h1 id="happiness-title">Happiness, {page.period.label}</h1>
        <PeriodNav facts={page} />
      </header>
      <Opening page={page} pathOf={behindOf(page)} />
      {totalOf(page.last) > 0 ? <Ratings page={page} /> : null}
      {page.loads[1]?.replies ? (
        <Chapter title="Load against happiness" says={<LoadSays page={page} />}>
          <LoadChart load={page.load}>
            <LoadTable columns={page.load.columns} />
          </LoadChart>
        </Chapter>
      ) : null}
      {totalOf(page.last) > 0 ? <Whose page={page} /> : null}
      <Chapter
        title="Flipping the frowns"
        says="Everybody unhappy is written to or called. A frown flips when the customer's own next rating is happy."
      >
        <Flips flips={page.flips} pathOf={behindOf(page)} />
        {page.causes.length > 0 ? <Causes causes={page.causes} pathOf={behindOf(page)} /> : null}
      </Chapter>
      {page.last.asked > 0 ? (
        <Chapter
          title="What we cannot know"
          says="An interval covers chance, not silence. Who was not asked, who did not answer, and what was set aside."
        >
          <Certainty facts={{ ...page, replies: page.loads[1]?.replies ?? null }} pathOf={behindOf(page)} />
        </Chapter>
      ) : null}
    </section>
  )
}

function Ratings({ page }: { page: Overview }) {
  const { last, shares, sure, comparisons, season, run, period, band } = page
  const pathOf = behindOf(page)
  const figures = faceOrder.map((face) => ({
    ...{ face, count: last[face], share: shares[face], path: last[face] > 0 ? pathOf({ face }) : null },
    interval: sure?.intervals.find((each) => each.face === face)?.wilson ?? null,
  }))
  return (
    <>
      <Chapter title="The ratio" says="Each rated reply counts once, with the first face it was given.">
        <Figures faces={figures} />
        {comparisons.map((comparison) => (
          <Compared key={comparison.against.name} comparison={comparison} />
        ))}
        {season ? (
          <p className="quiet small">
            Quarter by quarter, so that a season does not pass for a change: happy {season.words}, {season.verdict}.
          </p>
        ) : null}
      </Chapter>
      <Chapter title={`Within ${period.label}`} says={<BandSays page={page} />}>
        <BandChart band={band} pathOf={pathOf} />
      </Chapter>
      {run.points.length > 1 ? (
        <Chapter title="All years" says={<RunSays page={page} />}>
          <RunChart run={run} current={period.name} />
        </Chapter>
      ) : null}
    </>
  )
}

function Whose({ page }: { page: Overview }) {
  const { people, mailboxes, lead } = page
  const pathOf = behindOf(page)
  return (
    <>
      {mailboxes && mailboxes.rows.length > 1 ? (
        <Chapter title="By mailbox" says="Where customers write to.">
          <RatedTable
            rated={mailboxes}
            what="Mailbox"
            notOurs={null}
            pathOf={(mailboxId, about) => pathOf({ ...about, mailboxId })}
          />
        </Chapter>
      ) : null}
      <Chapter title={lead ? "By person" : "You"} says={<PeopleSays page={page} />}>
        {people.rows.length === 0 ? (
          <p className="quiet">No reply of yours was sent in this time.</p>
        ) : (
          <RatedTable
            rated={people}
            what="Person"
            notOurs={page.notOurs}
            pathOf={(agentId, about) => behindPath({ ...page.period, ...page.narrow, ...about, agentId })}
          />
        )}
      </Chapter>
    </>
  )
}

/** The path to the cases behind a number of this page, or null where this viewer may not open them. */
function behindOf({ period: { from, to }, narrow, mayOpen }: Overview) {
  return (about: Partial<Behind>) => (mayOpen ? behindPath({ from, to, ...narrow, ...about }) : null)
}
