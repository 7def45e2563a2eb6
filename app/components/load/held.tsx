import { Link } from "@remix-run/react"
import type { HeldInVain } from "#app/models/sharing/release.server.ts"
import { PostForm } from "../post-form.tsx"
import { Time } from "../time.tsx"

/** Cases with somebody who cannot work them now. Its normal length is zero. */
export function Stranded({ stranded, resting }: { stranded: readonly HeldInVain[]; resting: readonly HeldInVain[] }) {
  return (
    <section className="stack stack--tight">
      <h2>Stranded</h2>
      {stranded.length === 0 ? (
        <p className="quiet">
          Nothing. Every case that waits on us is with somebody who can work it, or in the pool
          {resting.length > 0 ? ", or rests" : ""}.
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

/** Nobody else is there who could take them: they stay with whoever knows them. One line for each person. */
function Resting({ resting }: { resting: readonly HeldInVain[] }) {
  const people = [...new Map(resting.map((one) => [one.agentId, one])).values()]
  return (
    <details className="load__resting">
      <summary>
        {resting.length === 1 ? "1 case rests" : `${resting.length} cases rest`} with{" "}
        {people.length === 1 ? "somebody" : `${people.length} people`} until they are back
      </summary>
      <p className="quiet small">
        Nobody else is here who could take them, or a person gave them to somebody who was gone: they stay where they
        are.
      </p>
      <ul className="load__stranded">
        {people.map((person) => (
          <li key={person.agentId}>
            <Why held={person} />:{" "}
            {resting
              .filter(({ agentId }) => agentId === person.agentId)
              .map(({ number }, place) => (
                <span key={number}>
                  {place > 0 ? ", " : ""}
                  <Link to={`/cases/${number}`}>#{number}</Link>
                </span>
              ))}
            . <Link to={`/load/${person.agentId}/cases`}>Hand them over</Link>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Held({ held }: { held: HeldInVain }) {
  return (
    <li className="row">
      <Link to={`/cases/${held.number}`}>#{held.number}</Link>
      <span>
        <Why held={held} />
      </span>
      <Free number={held.number} agentId={held.agentId} />
    </li>
  )
}

function Why({ held: { agent, because, until } }: { held: HeldInVain }) {
  return (
    <>
      {agent} is {because}
      {until ? (
        <span className="quiet">
          , back <Time at={until} />
        </span>
      ) : null}
    </>
  )
}

/** Back to the pool, while it is still with whom the page showed. */
export function Free({ number, agentId }: { number: number; agentId: number }) {
  return (
    <PostForm action={`/cases/${number}/freeing`}>
      <input type="hidden" name="expected" value={agentId} />
      <button className="button button--small" type="submit">
        Free it <span className="spoken">#{number}</span>
      </button>
    </PostForm>
  )
}
