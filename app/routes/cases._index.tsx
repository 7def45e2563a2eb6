import { json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { CaseList } from "#app/components/case-list.tsx"
import { caseViews, viewPath } from "#app/components/case-views.ts"
import { filterIn, inList, listIn, listPath } from "#app/components/list-address.ts"
import { SearchUnderstood } from "#app/components/search-understood.tsx"
import { titleOf } from "#app/components/title.ts"
import { useListKeys } from "#app/components/use-list-keys.ts"
import { nameOfList } from "#app/list-name.server.ts"
import { caseMeant, explainSearch } from "#app/models/cases/search-cases.server.ts"
import { type Filter, listCases } from "#app/models/cases/views.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const query = new URL(request.url).searchParams
  const filter = filterIn(query)
  const meant = query.has("open") && filter.q ? await caseMeant(viewer, filter.q) : null
  if (meant !== null) throw redirect(`/cases/${meant}?searched=${meant}`)
  const { rows, next } = await listCases(viewer, filter, deskNow())
  const search = filter.q ? await explainSearch(viewer, filter.q, deskNow()) : null
  return json({ filter, rows, next, search, list: listIn(query), name: await nameOfList(viewer, filter) })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) => {
  const desk = matches.find(({ id }) => id === "root")?.data
  if (!data) return titleOf("Cases", desk)
  const waiting = waitingIn(data, desk?.frame?.counts ?? {})
  return titleOf(`${data.name}${waiting ? ` (${waiting})` : ""}`, desk)
}

type Counts = Partial<Record<string, number>>

/** How many wait in a view; of a narrowed one that is known where they are all on the page. */
function waitingIn({ filter, rows, next }: { filter: Filter; rows: unknown[]; next: string | null }, counts: Counts) {
  if (filter.q || !(filter.view in counts)) return null
  if (!isNarrowed(filter)) return counts[filter.view]
  return next === null && filter.cursor === null ? rows.length : null
}

const isNarrowed = ({ mailboxId, agentId, customerId }: Filter) =>
  mailboxId !== null || agentId !== null || customerId !== null

export default function Cases() {
  const { filter, rows, next, search, list, name } = useLoaderData<typeof loader>()
  const { view, q, cursor } = filter
  useListKeys()
  return (
    <section className="page cases" aria-labelledby="cases-title">
      <header className="page__head">
        <h1 id="cases-title" dir="auto">
          {name}
        </h1>
        {cursor ? (
          <Link to={inList(listPath(list), "", { cursor: null })}>Back to the first page</Link>
        ) : (
          <Beside view={view} q={q} />
        )}
      </header>
      {search ? <SearchUnderstood {...search} /> : null}
      {rows.length > 0 ? (
        <CaseList
          rows={rows}
          list={list}
          shown={view === "mine" ? "mine" : view === "all" ? "all states" : "one state"}
        />
      ) : (
        <Empty filter={filter} name={name} />
      )}
      {next ? (
        <Link className="button cases__more" to={inList(listPath(list), "", { cursor: next })} rel="next">
          {q ? "More cases" : "Older cases"}
        </Link>
      ) : null}
    </section>
  )
}

/** Views that are not in the frame are reached from the one they are nearest to. */
function Beside({ view, q }: Pick<Filter, "view" | "q">) {
  if (q || view === "spam") return <Link to={viewPath("mine")}>My cases</Link>
  return view === "closed" ? <Link to={viewPath("spam")}>Spam</Link> : null
}

function Empty({ filter, name }: { filter: Filter; name: string }) {
  const { view, q } = filter
  if (!q && isNarrowed(filter))
    return (
      <div className="empty">
        <h2>{view === "everyone" ? "Nothing waits here" : "Nothing here"}</h2>
        <p>
          No case is in the list <q dir="auto">{name}</q> now. Others may wait in other lists.
        </p>
      </div>
    )
  if (q)
    return (
      <div className="empty">
        <h2>Nothing found</h2>
        <p>
          Try fewer words, the beginning of one, a part of a name or an address, or <code>#12</code> for a case. Spam is
          left out unless you ask for it: <code>is:spam</code>.
        </p>
      </div>
    )
  return (
    <div className="empty">
      <h2>{caseViews[view].empty}</h2>
      <p>{caseViews[view].next}</p>
    </div>
  )
}
