import { json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { CaseList } from "#app/components/case-list.tsx"
import { caseViews, isView, viewPath } from "#app/components/case-views.ts"
import { SearchUnderstood } from "#app/components/search-understood.tsx"
import { titleOf } from "#app/components/title.ts"
import { useListKeys } from "#app/components/use-list-keys.ts"
import { caseMeant, explainSearch } from "#app/models/cases/search-cases.server.ts"
import { type Filter, listCases } from "#app/models/cases/views.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const query = new URL(request.url).searchParams
  const filter = filterOf(query)
  const meant = query.has("open") && filter.q ? await caseMeant(viewer, filter.q) : null
  if (meant !== null) throw redirect(`/cases/${meant}?searched=${meant}`)
  const { rows, next } = await listCases(viewer, filter, deskNow())
  const search = filter.q ? await explainSearch(viewer, filter.q, deskNow()) : null
  return json({ filter, rows, next, search })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) => {
  const desk = matches.find(({ id }) => id === "root")?.data
  if (!data) return titleOf("Cases", desk)
  const { view, q } = data.filter
  const counts: Partial<Record<string, number>> = desk?.frame?.counts ?? {}
  const waiting = !q && counts[view] ? ` (${counts[view]})` : ""
  return titleOf(q ? `Search: ${q}` : `${caseViews[view].name}${waiting}`, desk)
}

export default function Cases() {
  const { filter, rows, next, search } = useLoaderData<typeof loader>()
  const { view, q, cursor, mailboxId, agentId } = filter
  useListKeys()
  const narrowed = { q, mailbox: mailboxId, agent: agentId }
  return (
    <section className="page cases" aria-labelledby="cases-title">
      <header className="page__head">
        <h1 id="cases-title">{q ? `Cases with “${q}”` : caseViews[view].name}</h1>
        {cursor ? <Link to={viewPath(view, narrowed)}>Back to the first page</Link> : <Beside view={view} q={q} />}
      </header>
      {search ? <SearchUnderstood {...search} /> : null}
      {rows.length > 0 ? (
        <CaseList
          rows={rows}
          from={viewPath(view, { ...narrowed, cursor })}
          shown={view === "mine" ? "mine" : view === "all" ? "all states" : "one state"}
        />
      ) : (
        <Empty {...filter} />
      )}
      {next ? (
        <Link className="button cases__more" to={viewPath(view, { ...narrowed, cursor: next })} rel="next">
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

function Empty({ view, q }: Pick<Filter, "view" | "q">) {
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

function filterOf(query: URLSearchParams): Filter {
  const view = query.get("view")
  const q = query.get("q")?.trim() || null
  return {
    view: isView(view) ? view : q ? "all" : "mine",
    mailboxId: idIn(query.get("mailbox")),
    agentId: idIn(query.get("agent")),
    customerId: idIn(query.get("customer")),
    q,
    cursor: query.get("cursor"),
  }
}

const idIn = (text: string | null) => (text && /^\d{1,15}$/.test(text) ? Number(text) : null)
