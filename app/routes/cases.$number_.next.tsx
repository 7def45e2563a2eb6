import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useLoaderData } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { caseNumber } from "#app/components/case/number.ts"
import { StoodTable } from "#app/components/case/stood-table.tsx"
import { titleOf } from "#app/components/title.ts"
import { stateOf } from "#app/models/cases/case.ts"
import { personNamed } from "#app/models/cases/lookup.server.ts"
import { requireViewer } from "#app/models/people/session.server.ts"
import { wouldGet } from "#app/models/sharing/assignment.server.ts"
import { asKept, restsBecause, verdict, whatWouldHaveToChange } from "#app/models/sharing/verdict.ts"
import { standNow } from "#app/models/sharing/why.ts"
import type { loader as root } from "#app/root.tsx"

/** Only looks: nothing is given by it. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request)
  const now = deskNow()
  const choice = await wouldGet(viewer, caseNumber(params.number), now)
  if (!choice)
    throw new Response("There is no such case, or it belongs to a mailbox you do not answer.", { status: 404 })
  const { number, subject, agentId } = choice.kase
  return json({
    ...{ number, subject, holder: (await personNamed(agentId))?.name ?? null },
    rests: restsBecause(stateOf(choice.kase, now)),
    verdict: verdict(choice, choice.ahead),
    changes: whatWouldHaveToChange(choice, now),
    stood: standNow(asKept(choice), { timeZone: choice.asked.timeZone, now }),
  })
}

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(`Who would get #${data?.number ?? ""}`, matches.find(({ id }) => id === "root")?.data)

export default function Next() {
  const { number, subject, holder, rests, verdict: said, changes, stood } = useLoaderData<typeof loader>()
  return (
    <div className="page next-up">
      <header className="page__head">
        <h1>Who would get it now?</h1>
        <p>
          <Link to={`/cases/${number}`}>
            #{number} <bdi>{subject}</bdi>
          </Link>
        </p>
      </header>
      <p className="next-up__verdict">{said}</p>
      <p className="quiet">
        {rests ? `${rests} ` : ""}
        {holder ? `It is with ${holder}${rests ? "" : ", whose load counts it,"} and stays there.` : ""} Looking changes
        nothing.
      </p>
      {changes.length > 0 ? (
        <section aria-labelledby="changes">
          <h2 id="changes">What would have to change</h2>
          <ul className="next-up__changes">
            {changes.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </section>
      ) : null}
      {stood.length > 0 ? (
        <section aria-labelledby="standing">
          <h2 id="standing">How everybody stands</h2>
          <StoodTable caption="Everybody looked at, as they stand now" day="today" stood={stood} />
        </section>
      ) : null}
      <p className="small quiet">
        Of those with room it goes to whoever replied last in it, else to the lowest load for the limit; then the
        smallest share of the day’s mail, then the longest without a new one.
      </p>
    </div>
  )
}
