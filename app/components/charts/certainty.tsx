import { Link } from "@remix-run/react"
import type { Show } from "#app/models/happiness/behind.ts"
import type { Overview } from "#app/models/happiness/overview.server.ts"
import { grouped, sharePercent, totalOf } from "#app/models/happiness/percent.ts"
import { AsTable } from "./chapter.tsx"
import { Counted, Opens } from "./counted.tsx"
import { faceNames, means } from "./definitions.ts"
import { between } from "./figures.tsx"
import { Fact } from "./flips.tsx"
import { narrowed } from "./period-nav.tsx"

type Facts = Pick<Overview, "last" | "sure" | "aside" | "response" | "narrow"> & { replies: number | null }
type PathOf = (about: { show: Show }) => string | null

/** Who was not asked, who did not answer, what was set aside, and how far all that could move the figure. */
export function Certainty({ facts, pathOf }: { facts: Facts; pathOf: PathOf }) {
  const { last, sure, aside, response, replies, narrow } = facts
  const rated = totalOf(last)
  const notAsked = replies === null ? null : Math.max(0, replies - last.asked - last.leftOff)
  return (
    <div className="certainty">
      <dl className="facts">
        <Fact name="Did not answer" means={means.response}>
          <Counted to={pathOf({ show: "unanswered" })} means={means.asked}>
            {grouped(Math.max(0, last.asked - rated))}
          </Counted>{" "}
          of {grouped(last.asked)} asked
          {response === null ? "" : `, ${sharePercent({ count: Math.max(0, last.asked - rated), of: last.asked })}`}
        </Fact>
        {sure?.bounds ? (
          <Fact name="Happy among all asked" means={means.bounds}>
            {between(sure.bounds)} %
          </Fact>
        ) : null}
        <Fact name="Question left off" means={means.leftOff}>
          <Counted to={last.leftOff > 0 ? pathOf({ show: "left-off" }) : null} means={means.leftOff}>
            {grouped(last.leftOff)} {last.leftOff === 1 ? "reply" : "replies"}
          </Counted>
        </Fact>
        {notAsked === null ? null : (
          <Fact name="Not asked otherwise" means={means.notAsked}>
            {grouped(notAsked)} {notAsked === 1 ? "reply" : "replies"}
          </Fact>
        )}
        <Fact name="Presses held" means={means.held}>
          {grouped(aside.held)}
        </Fact>
        <Fact name="Contested" means={means.contested}>
          {grouped(aside.contested)}
        </Fact>
        <Fact name="Rejected" means={means.rejected}>
          {grouped(aside.rejected)}
        </Fact>
        <Fact name="Voided" means={means.voided}>
          <Opens to={aside.voided > 0 ? pathOf({ show: "voided" }) : null}>{grouped(aside.voided)}</Opens>
        </Fact>
        {sure ? (
          <Fact name="Customers who rate often" means={means.repeat}>
            {sure.repeat ? <Voices repeat={sure.repeat} rated={rated} /> : <Weigh narrow={narrow} />}
          </Fact>
        ) : null}
      </dl>
      {sure ? <Methods sure={sure} /> : null}
    </div>
  )
}

type Repeat = NonNullable<NonNullable<Overview["sure"]>["repeat"]>

function Voices({ repeat: { voices, interval, oneVoice, adjusted }, rated }: { repeat: Repeat; rated: number }) {
  if (!adjusted) return <>too few customers to weigh</>
  return (
    <>
      {grouped(rated)} ratings weigh like {grouped(Math.round(voices))}: happy {between(interval)}; with one voice for
      each customer {(oneVoice * 100).toFixed(1)}%
    </>
  )
}

function Weigh({ narrow }: { narrow: Overview["narrow"] }) {
  const search = narrowed(narrow)
  return (
    <Link preventScrollReset to={{ search: `${search}${search ? "&" : "?"}voices=1` }}>
      Weigh their voices
    </Link>
  )
}

function Methods({ sure: { intervals, needed } }: { sure: NonNullable<Overview["sure"]> }) {
  return (
    <AsTable>
      <table className="table">
        <caption>
          The same shares by three methods. For two points either way, {grouped(needed)} ratings are needed.
        </caption>
        <thead>
          <tr>
            <th scope="col">Face</th>
            <th scope="col" className="number">
              Wilson
            </th>
            <th scope="col" className="number">
              Jeffreys
            </th>
            <th scope="col" className="number">
              Exact
            </th>
          </tr>
        </thead>
        <tbody>
          {intervals.map(({ face, wilson, jeffreys, exact }) => (
            <tr key={face}>
              <th scope="row">{faceNames[face]}</th>
              <td className="number">{between(wilson)}</td>
              <td className="number">{between(jeffreys)}</td>
              <td className="number">{between(exact)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </AsTable>
  )
}
