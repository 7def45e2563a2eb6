import type { Replay } from "#app/models/sharing/replay.ts"

type Props = { played: Replay & { isCut: boolean; turnsUsualOn: boolean } }

/** Last week's mail under the settings typed: what would have been different, and what this cannot know. */
export function PlayedAgain({ played }: Props) {
  return (
    <section className="stack played" aria-labelledby="played">
      <h3 id="played">Last week’s mail with these settings</h3>
      <p role="status">{sentence(played)} Nothing is saved yet.</p>
      {played.played > 0 ? <Shares {...played} /> : null}
      <ul className="small quiet stack">
        {assumptions(played).map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </section>
  )
}

function Shares({ people, pool }: Replay) {
  return (
    <table className="table">
      <caption className="quiet small">Cases of the last 7 days, by whom the rules chose</caption>
      <thead>
        <tr>
          <th scope="col">Person</th>
          <th scope="col" className="number">
            Given then
          </th>
          <th scope="col" className="number">
            Would be given
          </th>
        </tr>
      </thead>
      <tbody>
        {[...people, { agentId: 0, name: "Nobody: to the pool first", ...pool }].map(
          ({ agentId, name, given, would }) => (
            <tr key={agentId}>
              <th scope="row">{name}</th>
              <td className="number">{given}</td>
              <td className="number">
                {would}
                {would === given ? "" : ` (${would > given ? "+" : "−"}${Math.abs(would - given)})`}
              </td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  )
}

function sentence({ played, notKept, changed, pool }: Replay) {
  if (played + notKept === 0) return "The rules gave out nothing in the last 7 days, so there is nothing to try it on."
  if (played === 0) return "Nothing of the last 7 days was kept with enough to ask again."
  const differ = changed === 0 ? "none would have been different" : `${changed} would have been different`
  return `Of ${played} ${played === 1 ? "choice" : "choices"}, ${differ}; ${pool.would} would have gone to the pool first, ${pool.given} did.`
}

function assumptions({ notKept, isCut, turnsUsualOn }: Props["played"]): string[] {
  return [
    "Each choice is asked again with the facts kept at that moment. What would have followed from other choices is not played.",
    "The hours until an unanswered case goes back are not played: they decide when a case is given again, not to whom.",
    turnsUsualOn
      ? "While the usual agent did not come first the desk did not note who that was: those choices are played without."
      : [],
    notKept > 0
      ? `${notKept} ${notKept === 1 ? "choice is" : "choices are"} left out: not enough was kept with ${notKept === 1 ? "it" : "them"} to ask again.`
      : [],
    isCut ? "The week had more: only its newest 5,000 changes of hands are looked at." : [],
  ].flat()
}
