import "#app/styles/frowns.css"
import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { Flips } from "#app/components/frown/flips.tsx"
import { FrownRow } from "#app/components/frown/frown-row.tsx"
import { FrownTabs, isTab, type Tab, tabs } from "#app/components/frown/tabs.tsx"
import { titleOf } from "#app/components/title.ts"
import { useListKeys } from "#app/components/use-list-keys.ts"
import { frownQueue, lastFlips, queueCounts } from "#app/models/frowns/queue.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const query = new URL(request.url).searchParams
  const asked = query.get("list")
  const tab: Tab = isTab(asked) ? asked : "open"
  const cursor = query.get("cursor")
  const now = deskNow()
  const [queue, counts, flips] = await Promise.all([
    frownQueue(viewer, { state: tab, cursor }, now),
    queueCounts(viewer, now),
    lastFlips(viewer),
  ])
  return json({ tab, cursor, counts, flips, ...queue })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) => {
  const waiting = data?.counts.open ? ` (${data.counts.open})` : ""
  return titleOf(`Frowns${waiting}`, matches.find(({ id }) => id === "root")?.data)
}

export default function Frowns() {
  const { tab, cursor, counts, flips, rows, next } = useLoaderData<typeof loader>()
  useListKeys()
  const here = tab === "open" ? "/frowns?" : `/frowns?list=${tab}&`
  return (
    <section className="page frowns" aria-labelledby="frowns-title">
      <header className="page__head">
        <h1 id="frowns-title">Frowns</h1>
        <p className="quiet">{summary(counts)}</p>
      </header>
      <FrownTabs current={tab} counts={counts} />
      {tab === "open" && !cursor ? <Flips flips={flips} /> : null}
      {rows.length > 0 ? (
        <ol className="frown-list" aria-label={tabs[tab]}>
          {rows.map((row) => (
            <FrownRow key={row.frown.id} row={row} />
          ))}
        </ol>
      ) : (
        <Empty tab={tab} />
      )}
      {next ? (
        <Link className="button frowns__more" to={`${here}cursor=${encodeURIComponent(next)}`} rel="next">
          More
        </Link>
      ) : null}
    </section>
  )
}

function summary({ open, unheard }: { open: number; unheard: number }) {
  if (open === 0) return "Nobody is unhappy with us that we know of."
  if (unheard === 0) return "Everybody who frowned has heard from us."
  return unheard === 1 ? "1 person has not heard from us yet." : `${unheard} people have not heard from us yet.`
}

const empty: Record<Tab, [title: string, next: string]> = {
  open: [
    "Nobody frowns",
    "When a customer presses the frown, they stand here until somebody has written to them. Go back to each one and try to make it great.",
  ],
  mine: ["You have none", "Claim somebody from the open list. Whoever claims, writes."],
  due: ["Nothing more today", "Everybody who frowned has heard from us in time."],
  flipped: [
    "Not yet",
    "A frown flips when the customer presses the happy face after we wrote. Nobody else can flip it.",
  ],
  closed: ["Nothing is closed yet", "A frown is closed with its cause and one line of what we did."],
}

function Empty({ tab }: { tab: Tab }) {
  const [title, next] = empty[tab]
  return (
    <div className="empty">
      <h2>{title}</h2>
      <p>{next}</p>
    </div>
  )
}
