import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { afterPress } from "#app/case-press.server.ts"
import { deskNow } from "#app/clock.server.ts"
import { CaseGlance } from "#app/components/case/case-glance.tsx"
import { MergeInto } from "#app/components/case/merge-into.tsx"
import { caseNumber } from "#app/components/case/number.ts"
import { PostForm } from "#app/components/post-form.tsx"
import { titleOf } from "#app/components/title.ts"
import { sideBySide } from "#app/models/cases/glance.server.ts"
import { mergeCase } from "#app/models/cases/merge.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import type { loader as root } from "#app/root.tsx"

const numberIn = (typed: unknown) => caseNumber(String(typed ?? "").replace(/^\s*#?|\s+$/g, ""))

/** Only looks: both cases beside each other, before a person says that they are one. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const typed = new URL(request.url).searchParams.get("into") ?? ""
  const pair = await sideBySide(viewer, caseNumber(params.number), numberIn(typed), deskNow())
  if (!pair) throw new Response("There is no such case, or it belongs to a mailbox you do not answer.", { status: 404 })
  return json({ ...pair, typed })
}

/** Nothing of one customer's comes before another one by a wrong digit: where they differ, a person has said so. */
export const action = (press: ActionFunctionArgs) =>
  afterPress(press, async (viewer, number, form, now) => {
    const into = numberIn(form.get("into"))
    const pair = await sideBySide(viewer, number, into, now)
    if (pair?.isPossible && pair.customersDiffer && form.get("customersDiffer") !== "yes")
      throw redirect(`/cases/${number}/merge?into=${into}`)
    return mergeCase(viewer, number, into, now)
  })

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(`Merge #${data?.from.number ?? ""}`, matches.find(({ id }) => id === "root")?.data)

export default function Merge() {
  const { from, into, isPossible, typed } = useLoaderData<typeof loader>()
  return (
    <div className="page">
      <header className="page__head">
        <h1>Merge two cases</h1>
        <p>
          <Link to={`/cases/${from.number}`}>
            #{from.number} <bdi>{from.subject}</bdi>
          </Link>
        </p>
      </header>
      {into ? (
        <div className="merge-pair">
          <CaseGlance title={`#${from.number} goes`} glance={from} />
          <CaseGlance title={`into #${into.number}`} glance={into} />
        </div>
      ) : null}
      {isPossible ? <Question /> : null}
      {typed !== "" && !isPossible ? (
        <p className="notice notice--warn" role="status">
          {whyNot(into !== null, from.number === into?.number)}
        </p>
      ) : null}
      {isPossible ? null : <MergeInto number={from.number} />}
    </div>
  )
}

function whyNot(isFound: boolean, isSame: boolean) {
  if (!isFound) return "There is no such case in your mailboxes."
  return isSame ? "That is this case itself." : "Spam, and a case that was merged already, can not be merged."
}

/** What will be, and the one thing that must not happen by mistake. */
function Question() {
  const { from, into, customersDiffer } = useLoaderData<typeof loader>()
  if (!into) return null
  const name = (customer: typeof from.customer) => customer.name || customer.address || "somebody unknown"
  return (
    <PostForm className="form">
      <input type="hidden" name="into" value={into.number} />
      <input type="hidden" name="back" value={`/cases/${into.number}`} />
      <p>
        Everything of #{from.number} will be read in #{into.number}, which goes on. Whoever takes part in #{from.number}{" "}
        only gets no reply from #{into.number} until you tick them. The two can be taken apart again.
      </p>
      {customersDiffer ? (
        <div className="notice notice--warn">
          <p>
            <strong>These are two customers:</strong> {name(from.customer)} and {name(into.customer)}.
          </p>
          <label>
            <input type="checkbox" name="customersDiffer" value="yes" required /> Merge them all the same
          </label>
        </div>
      ) : null}
      <div className="row">
        <button className="button button--primary" type="submit">
          Merge into #{into.number}
        </button>
        <Link className="button" to={`/cases/${from.number}`}>
          Leave them apart
        </Link>
      </div>
    </PostForm>
  )
}
