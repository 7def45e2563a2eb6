import { Form, Link } from "@remix-run/react"
import type { Overview } from "#app/models/happiness/overview.server.ts"

const kindNames = { year: "Year", half: "Half", quarter: "Quarter", month: "Month", week: "Week" }

type Facts = Pick<Overview, "period" | "steps" | "narrow" | "choices">

/** Which stretch of time, and whose. Plain links and a plain form: it works without a script. */
export function PeriodNav({ facts: { period, steps, narrow, choices } }: { facts: Facts }) {
  const to = (name: string) => ({ pathname: `/happiness/${name}`, search: narrowed(narrow) })
  return (
    <div className="period-nav">
      <nav className="tabs" aria-label="Kind of period">
        {steps.kinds.map(({ kind, name }) => (
          <Link key={kind} to={to(name)} aria-current={kind === period.kind ? "page" : undefined}>
            {kindNames[kind]}
          </Link>
        ))}
      </nav>
      <nav className="row" aria-label="Before and after">
        <Link to={to(steps.before.name)} rel="prev">
          ← {steps.before.label}
        </Link>
        {steps.after ? (
          <Link to={to(steps.after.name)} rel="next">
            {steps.after.label} →
          </Link>
        ) : null}
      </nav>
      {choices.agents.length + choices.mailboxes.length > 0 ? <Whose narrow={narrow} choices={choices} /> : null}
    </div>
  )
}

function Whose({ narrow, choices }: Pick<Facts, "narrow" | "choices">) {
  return (
    <Form className="row period-nav__whose" method="get" key={narrowed(narrow)}>
      <label>
        <span className="spoken">Mailbox</span>
        <select name="mailbox" defaultValue={narrow.mailboxId ?? ""}>
          <option value="">All mailboxes</option>
          {choices.mailboxes.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="spoken">Person</span>
        <select name="agent" defaultValue={narrow.agentId ?? ""}>
          <option value="">Everybody</option>
          {choices.agents.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button className="button button--small" type="submit">
        Show
      </button>
    </Form>
  )
}

/** The narrowing as a query, so that it stays while one moves through time. */
export function narrowed({ mailboxId, agentId }: Facts["narrow"]) {
  const given = { mailbox: mailboxId, agent: agentId }
  const query = Object.entries(given).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]]))
  return query.length > 0 ? `?${new URLSearchParams(query)}` : ""
}
