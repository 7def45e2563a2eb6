import { onKey } from "../keys.ts"
import { Time } from "../time.tsx"
import type { CasePage } from "./facts.ts"

/** Times to come back at. Inside a form: the one pressed is its `snoozeUntil`. */
export function SnoozeChoices({
  label,
  times,
  hotkey,
}: {
  label: string
  times: CasePage["snoozeTimes"]
  hotkey: string | null
}) {
  return (
    <details className="drop">
      <summary className="button" {...(hotkey ? onKey(hotkey) : {})}>
        {label}
      </summary>
      <div className="drop__list">
        {times.map(({ words, at }) => (
          <button key={words} className="drop__item" type="submit" name="snoozeUntil" value={at}>
            <span>{words}</span>
            <span className="quiet small">
              <Time at={at} />
            </span>
          </button>
        ))}
      </div>
    </details>
  )
}
