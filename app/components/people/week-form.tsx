import { dayNames } from "#app/models/people/week.ts"
import { Field } from "../field.tsx"
import { PostForm } from "../post-form.tsx"

type Props = {
  agentId: number
  name: string
  days: string[]
  ownZone: string
  deskZone: string
  zones: string[]
  back: string
  wrong: { field: string; words: string } | null
}

/** Seven days to type into, and the zone they are meant in. */
export function WeekForm({ agentId, name, days, ownZone, deskZone, zones, back, wrong }: Props) {
  const error = (field: string) => (wrong?.field === field ? wrong.words : null)
  return (
    <PostForm action={`/load/${agentId}/week`} className="form">
      <input type="hidden" name="back" value={back} />
      <p className="quiet">
        Such as 9:00-12:30, 13:00-17:00, or 22:00-6:00 for a night. An empty day is off; with all seven empty {name} is
        always on shift.
      </p>
      <div className="week">
        {dayNames.map((day, index) => (
          <Field
            key={day}
            id={`week-${index + 1}`}
            label={day}
            name={`day${index + 1}`}
            maxLength={200}
            autoComplete="off"
            defaultValue={days[index]}
            error={error(`day${index + 1}`)}
          />
        ))}
      </div>
      <div className="field">
        <label className="field__label" htmlFor="week-zone">
          Time zone
        </label>
        <select id="week-zone" name="timeZone" defaultValue={ownZone}>
          <option value="">The desk’s, {deskZone}</option>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </select>
        {error("timeZone") ? <p className="field__error">{error("timeZone")}</p> : null}
      </div>
      <div className="form__foot">
        <button className="button button--primary" type="submit">
          Save the hours
        </button>
      </div>
    </PostForm>
  )
}
