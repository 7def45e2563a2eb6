import type { Remedy as Offer } from "#app/models/sharing/remedy.ts"
import { PostForm } from "../post-form.tsx"
import { useRootFrame } from "../use-root.ts"

/** A case on the load page, and who holds it: null for nobody. */
type OfCase = { number: number; agentId: number | null; remedy: Offer | null }

/** One press: I take it, or where the rules would not give it to me, the next by them gets it. Two presses: anybody of that mailbox. */
export function Remedy({ kase }: { kase: OfCase }) {
  const me = useRootFrame()?.me.id
  const { first, others } = kase.remedy ?? { first: null, others: [] }
  return (
    <span className="row load__remedy">
      {first ? <Give kase={kase} to={first} isMe={first.agentId === me} /> : null}
      {others.length > 0 ? (
        <details className="drop drop--end">
          <summary className="button button--quiet button--small">
            Give to <span className="spoken">somebody, #{kase.number}</span>
          </summary>
          <PostForm className="drop__list" action={`/cases/${kase.number}/assignment`}>
            <Given kase={kase} />
            {others.map(({ agentId, name, standing }) => (
              <button key={agentId} className="drop__item" type="submit" name="agent" value={agentId}>
                {agentId === me ? `${name} (me)` : name} <span className="quiet small">{standing.join(", ")}</span>
              </button>
            ))}
          </PostForm>
        </details>
      ) : null}
    </span>
  )
}

type Giving = { kase: OfCase; to: { agentId: number; name: string }; isMe: boolean }

function Give({ kase, to, isMe }: Giving) {
  const words = isMe ? "Take it" : `Give to ${to.name}`
  return (
    <PostForm action={`/cases/${kase.number}/assignment`}>
      <Given kase={kase} />
      <button className="button button--small" type="submit" name="agent" value={to.agentId}>
        {words} <span className="spoken">#{kase.number}</span>
      </button>
    </PostForm>
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
