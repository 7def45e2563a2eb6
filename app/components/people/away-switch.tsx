import type { Presence } from "#app/models/people/agent.ts"
import { Choice, Field } from "../field.tsx"
import { PostForm } from "../post-form.tsx"

type Props = {
  agentId: number
  presence: Presence
  timeZone: string
  back: string
  wrong?: string | null | undefined
  typed?: { until: string; moment: string } | undefined
}

export const awayChoices = [
  { value: "", label: "Until back" },
  { value: "30 min", label: "For 30 minutes" },
  { value: "1 h", label: "For an hour" },
  { value: "shift", label: "Until the shift ends" },
  { value: "tomorrow", label: "Until tomorrow" },
]
export const hereChoices = [
  { value: "1 h", label: "For an hour" },
  { value: "2 h", label: "For two hours" },
  { value: "4 h", label: "For four hours" },
]
const moment = { value: "moment", label: "Until a day and time" }

/** Away until a choice or a moment; from off duty, here until one. */
export function AwaySwitch({ agentId, presence, timeZone, back, wrong, typed }: Props) {
  const isHere = presence.state === "present"
  const choices = [...(isHere ? awayChoices : hereChoices), moment]
  return (
    <>
      {presence.state === "away" ? (
        <PostForm action={`/load/${agentId}/presence`}>
          <input type="hidden" name="back" value={back} />
          <button className="button button--primary" type="submit" name="state" value="present">
            Back now
          </button>
        </PostForm>
      ) : (
        <PostForm action={`/load/${agentId}/presence`} className="form">
          <input type="hidden" name="back" value={back} />
          <Choice label={isHere ? "Away" : "Here"} name="until" defaultValue={typed?.until} options={choices} />
          <Field
            label="Day and time"
            name="moment"
            type="datetime-local"
            defaultValue={typed?.moment}
            error={wrong}
            hint={`Only with “Until a day and time”, in ${timeZone}.`}
          />
          <div className="form__foot">
            <button className="button" type="submit" name="state" value={isHere ? "away" : "present"}>
              {isHere ? "Set away" : "Set here"}
            </button>
          </div>
        </PostForm>
      )}
    </>
  )
}
