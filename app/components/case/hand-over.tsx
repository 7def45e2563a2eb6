import { useState } from "react"
import { onKey } from "../keys.ts"
import { PostForm } from "../post-form.tsx"
import { useRootFrame } from "../use-root.ts"
import type { CasePage } from "./facts.ts"

type Props = Pick<CasePage, "kase" | "colleagues">

/** Who has the case, and whom it can be handed to: each with how they stand, and what that would go past. */
export function HandOver({ kase, colleagues }: Props) {
  const me = useRootFrame()?.me.id
  const [picked, pick] = useState<number | null>(null)
  const to = colleagues.find(({ agentId }) => agentId === picked)
  return (
    <PostForm action={`/cases/${kase.number}/assignment`} className="hand-over">
      <input type="hidden" name="expected" value={kase.agentId ?? ""} />
      <label htmlFor="agent">With</label>
      <select
        {...{ id: "agent", name: "agent", defaultValue: kase.agentId ?? "", "aria-describedby": "hand-over-past" }}
        key={kase.agentId}
        onChange={({ target }) => pick(Number(target.value) || null)}
        {...onKey("a")}
      >
        <option value="">Nobody, in the pool</option>
        {colleagues.map((one) => (
          <option key={one.agentId} value={one.agentId}>
            {[one.agentId === me ? `${one.name} (me)` : one.name, ...one.standing].join(", ")}
          </option>
        ))}
      </select>
      <button className="button button--small" type="submit">
        Hand over
      </button>
      <p className="hand-over__past small" id="hand-over-past" aria-live="polite">
        {to && to.agentId !== kase.agentId && to.past.length > 0 ? `${to.name} gets it ${to.past.join(" and ")}.` : ""}
      </p>
    </PostForm>
  )
}
