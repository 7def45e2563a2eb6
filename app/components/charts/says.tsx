import { Link } from "@remix-run/react"
import type { Overview } from "#app/models/happiness/overview.server.ts"
import { Term } from "./counted.tsx"
import { means } from "./definitions.ts"
import { narrowed } from "./period-nav.tsx"

/* What stands in the margin beside each chart: how to read it, and what is remarkable in it. */

export function BandSays({ page: { band } }: { page: Overview }) {
  const beyond = band.columns.filter(({ frown }) => frown?.beyondChance).map(({ period }) => period.label)
  return (
    <>
      <p>
        Of each hundred ratings. The frowns once more alone, on a scale of their own; the line is their usual share.
      </p>
      {beyond.length > 0 ? <p>Beyond what chance explains: {beyond.join(", ")}.</p> : null}
      {band.columns.some(({ settling, rated }) => settling && rated > 0) ? (
        <p>Hatched: links still live, figures may move.</p>
      ) : null}
    </>
  )
}

export function RunSays({ page: { run } }: { page: Overview }) {
  if (!run.steadily) return <p>Happy by half-year. The stroke is what chance leaves open.</p>
  return (
    <p>
      Happy by half-year. The stroke is what chance leaves open; so steady a {run.steadily.rising ? "rise" : "fall"} it
      would show {run.steadily.words}.
    </p>
  )
}

export function LoadSays({ page: { period, narrow, loadBy, loads, lead } }: { page: Overview }) {
  const search = narrowed(narrow)
  const [was, is] = loads.map(({ perAgentDay }) => perAgentDay)
  const weekly = `${search}${search ? "&" : "?"}load=week`
  return (
    <>
      <p>
        <Term means={means.load}>Emails per agent per day</Term> {was ? `${Math.round(was)} → ` : ""}
        {is ? Math.round(is) : "–"}
        {loads[1]?.medianDay ? `; the middle day ${loads[1].medianDay}, the hardest ${loads[1].worstDay}` : ""}.
      </p>
      {period.kind === "year" || period.kind === "half" ? (
        <p className="as-link">
          <Link preventScrollReset to={{ search: loadBy ? search : weekly }}>
            {loadBy ? "By month" : "By week"}
          </Link>
        </p>
      ) : null}
      {lead ? (
        <p className="as-link">
          <Link to="/load/trend">Load over time</Link>
        </p>
      ) : null}
    </>
  )
}

export function PeopleSays({ page: { people, lead } }: { page: Overview }) {
  return (
    <>
      <p>
        {lead
          ? "By name, never by rank. The tick is the team."
          : "Your own figures; the tick is the team. Leads see everybody's."}
      </p>
      {people.differ ? null : <p>No difference between people can be told from chance.</p>}
    </>
  )
}
