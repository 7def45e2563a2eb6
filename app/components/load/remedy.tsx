import type { SerializeFrom } from "@remix-run/node"
import { Form } from "@remix-run/react"
import type { Load } from "#app/models/sharing/load.server.ts"

export type Person = SerializeFrom<Load>
/** A case on the load page, and who holds it: null for nobody. */
type OfCase = { number: number; mailboxId: number; agentId: number | null }
/** Whoever answers each mailbox, by its id. */
export type Answering = Record<string, number[]>

/** One press: I take it. Or two: somebody else of that mailbox does, who is here and has room first. */
export function Remedy({ kase, people, answering }: { kase: OfCase; people: readonly Person[]; answering: Answering }) {
  const here = new Set(answering[kase.mailboxId])
  const others = people.filter(({ agentId }) => here.has(agentId) && agentId !== kase.agentId).toSorted(byRoom)
  return (
    <span className="row load__remedy">
      <Form method="post" action={`/cases/${kase.number}/taking`}>
        <Given kase={kase} />
        <button className="button button--small" type="submit" aria-label={`Take #${kase.number}`}>
          Take it
        </button>
      </Form>
      {others.length > 0 ? (
        <details className="drop drop--end">
          <summary className="button button--quiet button--small" aria-label={`Give #${kase.number} to`}>
            Give to
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

/** What giving them one more passes over. */
function standing({ presence, load, limit }: Person) {
  if (presence.state !== "present") return presence.state === "away" ? "away" : "off duty"
  return `${load} of ${limit}${load >= limit ? ", full" : ""}`
}
