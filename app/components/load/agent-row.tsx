import type { SerializeFrom } from "@remix-run/node"
import { Link } from "@remix-run/react"
import type { Load } from "#app/models/sharing/load.server.ts"
import { viewPath } from "../case-views.ts"
import { LoadMeter } from "../load-meter.tsx"
import { PostForm } from "../post-form.tsx"
import { Ago, Time, Waiting } from "../time.tsx"

/** One person: where they are, what they carry, what they did today; and the switch for a lead. */
export function AgentRow({ person }: { person: SerializeFrom<Load> }) {
  const { agentId, name, presence, isInvited, load, limit, givenToday, answeredToday, waitingLongest, lastReplyAt } =
    person
  return (
    <tr className={`load__row load__row--${presence.state}`}>
      <th scope="row">
        <Link to={viewPath("everyone", { agent: agentId })}>{name}</Link>
      </th>
      <td>
        <span className={`presence presence--${isInvited ? "off" : presence.state}`}>
          {isInvited ? "Invited" : words[presence.state]}
        </span>{" "}
        {isInvited ? (
          <span className="quiet small">no cases until they have signed in</span>
        ) : presence.until ? (
          <span className="quiet small">
            until <Time at={presence.until} />
          </span>
        ) : null}
      </td>
      <td>
        <LoadMeter load={load} limit={limit} />
      </td>
      <td className="number" data-name="Given today">
        {givenToday}
      </td>
      <td className="number" data-name="Answered">
        {answeredToday}
      </td>
      <td className="number" data-name="Waiting longest">
        {waitingLongest ? <Waiting since={waitingLongest} /> : ""}
      </td>
      <td className="number" data-name="Last reply">
        {lastReplyAt ? (
          <span className="quiet">
            <Ago at={lastReplyAt} />
          </span>
        ) : (
          ""
        )}
      </td>
      <td className="number">
        <Switch person={person} />
      </td>
    </tr>
  )
}

function Switch({ person: { agentId, name, presence, limit } }: { person: SerializeFrom<Load> }) {
  return (
    <details className="drop drop--end">
      <summary className="button button--quiet button--small" aria-label={`Change ${name}`}>
        Change
      </summary>
      <div className="drop__list">
        <PostForm action={`/load/${agentId}/presence`} className="stack stack--tight">
          <input type="hidden" name="back" value="/load" />
          {(["present", "away", "off"] as const)
            .filter((state) => state !== presence.state)
            .map((state) => (
              <button key={state} className="drop__item" type="submit" name="state" value={state}>
                {words[state]}
              </button>
            ))}
        </PostForm>
        <PostForm action={`/load/${agentId}/limit`} className="drop__form">
          <label htmlFor={`limit-${agentId}`}>Limit</label>
          <input id={`limit-${agentId}`} name="limit" type="number" min="1" max="100" defaultValue={limit} required />
          <button className="button button--small" type="submit">
            Set
          </button>
        </PostForm>
        <Link className="drop__item" to={`/load/${agentId}/presence`}>
          Here or away until
        </Link>
        <Link className="drop__item" to={`/load/${agentId}/week`}>
          Hours
        </Link>
        <Link className="drop__item" to={`/load/${agentId}/absences`}>
          Away days
        </Link>
        <Link className="drop__item" to={`/load/${agentId}/cases`}>
          Hand over all
        </Link>
      </div>
    </details>
  )
}

const words = { present: "Here", away: "Away", off: "Off duty" }
