import type { SerializeFrom } from "@remix-run/node"
import { Form } from "@remix-run/react"
import type { Load } from "#app/models/sharing/load.server.ts"

export type Person = SerializeFrom<Load>
/** A case on the load page, and who holds it: null for nobody. */
type OfCase = { number: number; mailboxId: number; agentId: number | null }
/** Whoever answers each mailbox, by its id. */
export type Answering = Record<string, number[]>

/** Who may be given what, and who looks at the page. */
export type Team = { people: readonly Person[]; answering: Answering; me: number }

/** One press: I take it, or where I could not work it, whoever has most room gets it. Two presses: anybody of that mailbox. */
export function Remedy({ kase, team: { people, answering, me } }: { kase: OfCase; team: Team }) {
  const here = new Set(answering[kase.mailboxId])
  const able = people.filter(({ agentId }) => here.has(agentId) && agentId !== kase.agentId).toSorted(byRoom)
  const first =
    able.find(({ agentId, presence }) => agentId === me && presence.state === "present") ?? able.find(hasRoom)
  const others = able.filter(({ agentId }) => agentId !== first?.agentId)
  return (
    <span className="row load__remedy">
      {first ? <Give kase={kase} to={first} isMe={first.agentId === me} /> : null}
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

const states = { present: 0, away: 1, off: 2 }
const byRoom = (a: Person, b: Person) =>
  states[a.presence.state] - states[b.presence.state] || a.load / a.limit - b.load / b.limit || a.agentId - b.agentId

const hasRoom = ({ presence, load, limit }: Person) => presence.state === "present" && load < limit

/** What giving them one more passes over. */
function standing({ presence, load, limit }: Person) {
  if (presence.state !== "present") return presence.state === "away" ? "away" : "off duty"
  return `${load} of ${limit}${load >= limit ? ", full" : ""}`
}
