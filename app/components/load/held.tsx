import { Form, Link } from "@remix-run/react"
import type { HeldInVain } from "#app/models/sharing/release.server.ts"
import { Time } from "../time.tsx"

/** Cases with somebody who cannot work them now. Its normal length is zero. */
export function Stranded({ stranded, resting }: { stranded: readonly HeldInVain[]; resting: readonly HeldInVain[] }) {
  return (
    <section className="stack stack--tight">
      <h2>Stranded</h2>
      {stranded.length === 0 ? (
        <p className="quiet">
          Nothing. Every case that waits on us is with somebody who can work it{resting.length > 0 ? ", rests" : ""} or
          is in the pool.
        </p>
      ) : (
        <ul className="load__stranded">
          {stranded.map((held) => (
            <Held key={held.number} held={held} />
          ))}
        </ul>
      )}
      {resting.length > 0 ? <Resting resting={resting} /> : null}
    </section>
  )
}

/** Nobody else is there who could take them: they stay with whoever knows them. */
function Resting({ resting }: { resting: readonly HeldInVain[] }) {
  const people = new Set(resting.map(({ agentId }) => agentId)).size
  return (
    <details className="load__resting">
      <summary>
        {resting.length === 1 ? "1 case rests" : `${resting.length} cases rest`} with{" "}
        {people === 1 ? "somebody" : `${people} people`} until they are back
      </summary>
      <p className="quiet small">Nobody else is here who could take them, so they stay with whoever knows them.</p>
      <ul className="load__stranded">
        {resting.map((held) => (
          <Held key={held.number} held={held} />
        ))}
      </ul>
    </details>
  )
}

function Held({ held: { number, agentId, agent, because, until } }: { held: HeldInVain }) {
  return (
    <li className="row">
      <Link to={`/cases/${number}`}>#{number}</Link>
      <span>
        {agent} is {because}
        {until ? (
          <span className="quiet">
            , back <Time at={until} />
          </span>
        ) : null}
      </span>
      <Free number={number} agentId={agentId} />
    </li>
  )
}

/** Back to the pool, while it is still with whom the page showed. */
export function Free({ number, agentId }: { number: number; agentId: number }) {
  return (
    <Form method="post" action={`/cases/${number}/freeing`}>
      <input type="hidden" name="expected" value={agentId} />
      <button className="button button--small" type="submit" aria-label={`Free #${number}`}>
        Free it
      </button>
    </Form>
  )
}
