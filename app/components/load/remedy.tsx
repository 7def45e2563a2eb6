import type { SerializeFrom } from "@remix-run/node"
import { Form } from "@remix-run/react"
import type { Load } from "#app/models/sharing/load.server.ts"
import { remedyFor, type Team as TeamOf } from "#app/models/sharing/remedy.ts"

type Person = SerializeFrom<Load>
/** A case on the load page, and who holds it: null for nobody. */
type OfCase = { number: number; mailboxId: number; agentId: number | null }
export type Team = TeamOf<Person>

/** One press: I take it, or where I could not work it, whoever has most room gets it. Two presses: anybody of that mailbox. */
export function Remedy({ kase, team }: { kase: OfCase; team: Team }) {
  const { first, others } = remedyFor(kase, team)
  return (
    <span className="row load__remedy">
      {first ? <Give kase={kase} to={first} isMe={first.agentId === team.me} /> : null}
      {others.length > 0 ? (
        <details className="drop drop--end">
          <summary className="button button--quiet button--small">
            Give to <span className="spoken">somebody, #{kase.number}</span>
          </summary>
          <Form className="drop__list" method="post" action={`/cases/${kase.number}/assignment`}>
            <Given kase={kase} />
            {others.map((person) => (
              <button key={person.agentId} className="drop__item" type="submit" name="agent" value={person.agentId}>
                {person.name} <span className="quiet small">{standing(person)}</span>
              </button>
            ))}
          </Form>
        </details>
      ) : null}
    </span>
  )
}

function Give({ kase, to, isMe }: { kase: OfCase; to: Person; isMe: boolean }) {
  const words = isMe ? "Take it" : `Give to ${to.name}`
  return (
    <Form method="post" action={`/cases/${kase.number}/assignment`}>
      <Given kase={kase} />
      <button className="button button--small" type="submit" name="agent" value={to.agentId}>
        {words} <span className="spoken">#{kase.number}</span>
      </button>
    </Form>
  )
}

/** Only while it is with whom the page showed, and back to this page. */
function Given({ kase }: { kase: OfCase }) {
  return (
    <>
      <input type="hidden" name="expected" value={kase.agentId ?? ""} />
      <input type="hidden" name="back" value="/load" />
    </>
  )
}

/** What giving them one more passes over. */
function standing({ presence, load, limit }: Person) {
  if (presence.state !== "present") return presence.state === "away" ? "away" : "off duty"
  return `${load} of ${limit}${load >= limit ? ", full" : ""}`
}
