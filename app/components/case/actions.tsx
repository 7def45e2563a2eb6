import { PostForm } from "../post-form.tsx"
import { Press } from "../press.tsx"
import { useRootFrame } from "../use-root.ts"
import type { CasePage } from "./facts.ts"
import { SnoozeChoices } from "./snooze.tsx"

/** What may be done to the case now, each a form of its own. */
export function Actions({ kase, snoozeTimes }: CasePage) {
  const { number, state, agentId } = kase
  const me = useRootFrame()?.me.id
  if (state === "merged") return null
  if (state === "spam") return <Press to={`/cases/${number}/spam`} name="spam" value="no" words="Not spam" />
  return (
    <div className="actions">
      {agentId === me ? null : (
        <Press
          to={`/cases/${number}/taking`}
          words={agentId ? "Take over" : "Take it"}
          hotkey="m"
          name="expected"
          value={agentId ?? ""}
        />
      )}
      {state === "closed" ? (
        <Press to={`/cases/${number}/reopening`} words="Reopen" hotkey="e" />
      ) : (
        <>
          <Press to={`/cases/${number}/closure`} words="Close" hotkey="e" />
          <PostForm action={`/cases/${number}/snooze`}>
            {state === "snoozed" ? (
              <button className="button" type="submit" name="snoozeUntil" value="">
                Wake
              </button>
            ) : (
              <SnoozeChoices label="Snooze" times={snoozeTimes} hotkey="h" />
            )}
          </PostForm>
        </>
      )}
    </div>
  )
}
