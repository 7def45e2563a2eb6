import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData, useSearchParams } from "@remix-run/react"
import { useEffect, useRef } from "react"
import { casePage } from "#app/case-page.server.ts"
import { deskNow } from "#app/clock.server.ts"
import { CaseSide } from "#app/components/case/case-side.tsx"
import { Composer } from "#app/components/case/composer.tsx"
import { Conversation } from "#app/components/case/conversation.tsx"
import { Elsewhere } from "#app/components/case/elsewhere.tsx"
import { Head } from "#app/components/case/head.tsx"
import { NearCase } from "#app/components/case/near-case.tsx"
import { caseNumber } from "#app/components/case/number.ts"
import { PrintedWithout } from "#app/components/case/print.tsx"
import { Said } from "#app/components/case/said.tsx"
import { viewPath } from "#app/components/case-views.ts"
import { afterIn, filterIn, inList, listIn } from "#app/components/list-address.ts"
import { ListContext } from "#app/components/post-form.tsx"
import { titleOf } from "#app/components/title.ts"
import { nameOfList } from "#app/list-name.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const query = new URL(request.url).searchParams
  const list = listIn(query)
  const place = { filter: filterIn(list), after: afterIn(list) }
  const [asText, before] = [idIn(query.get("text")), idIn(query.get("before"))]
  const page = await casePage(
    viewer,
    caseNumber(params.number),
    { view: place.filter.view, list: place, asText, before },
    deskNow(),
  )
  if (!page) throw new Response("There is no such case, or it belongs to a mailbox you do not answer.", { status: 404 })
  const said = query.has("moved") ? "moved" : query.get("said")
  const shown = { list, listName: await nameOfList(viewer, place.filter) }
  return json({ ...page, ...shown, said, searched: query.has("searched"), asText, before })
}

const idIn = (text: string | null) => (text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null)

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(data ? `${data.kase.subject} · #${data.kase.number}` : "Case", matches.find(({ id }) => id === "root")?.data)

export default function Case() {
  const page = useLoaderData<typeof loader>()
  useFocusOnNext(page.kase.number)
  return (
    <ListContext.Provider value={inList("", page.list, { after: page.neighbours.previous }).slice(1)}>
      <div className="case">
        <article className="case__main" aria-labelledby="case-subject">
          <Head {...page} />
          {page.searched ? <AlsoSearched number={page.kase.number} /> : null}
          <Said code={page.said} about="case" kase={page.kase} colleagues={page.colleagues} />
          <NearCase {...page} />
          <Elsewhere {...page} />
          <PrintedWithout hasNotes={page.notes.length > 0} />
          <Conversation {...page} />
          {page.before === null ? <Composer {...page} /> : <ToNewest />}
        </article>
        <CaseSide {...page} />
      </div>
    </ListContext.Provider>
  )
}

/** Whoever reads far back answers from where the newest stands. */
function ToNewest() {
  const [query] = useSearchParams()
  const newest = new URLSearchParams(query)
  newest.delete("before")
  return (
    <p>
      <Link to={{ search: newest.toString() }}>To the newest messages, and to answer</Link>
    </p>
  )
}

/** Whoever typed a number meant this case, or something that has it in an email. */
function AlsoSearched({ number }: { number: number }) {
  return (
    <p className="small">
      <Link to={viewPath("all", { q: String(number) })}>Search for {number} in emails instead</Link>
    </p>
  )
}

/** Stepping to another case begins at its subject, for whoever listens and for whoever reads. */
function useFocusOnNext(number: number) {
  const first = useRef(number)
  useEffect(() => {
    if (first.current !== number) document.getElementById("case-subject")?.focus({ preventScroll: true })
    first.current = number
  }, [number])
}
