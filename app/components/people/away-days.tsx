import type { AbsenceWrong, TypedAbsence } from "#app/models/people/absence.ts"
import { Choice, Field } from "../field.tsx"
import { PostForm, WritingForm } from "../post-form.tsx"
import { awayWords } from "./away-words.ts"

type Away = { id: number; startsAt: string; endsAt: string; note: string }
type Props = {
  agentId: number
  timeZone: string
  absences: Away[]
  back: string
  typed?: TypedAbsence | undefined
  wrong?: AbsenceWrong | null | undefined
}

const parts = [
  { value: "day", label: "Whole days" },
  { value: "morning", label: "The morning, until 12:00" },
  { value: "afternoon", label: "The afternoon, from 12:00" },
  { value: "times", label: "From and to a time" },
]

/** When a person is away, to remove, and a form to add a time. */
export function AwayDays(props: Props) {
  const { absences, timeZone, back } = props
  return (
    <>
      {absences.length === 0 ? (
        <p className="quiet">None to come.</p>
      ) : (
        <ul className="away">
          {absences.map(({ id, startsAt, endsAt, note }) => {
            const words = awayWords(startsAt, endsAt, timeZone)
            return (
              <li key={id} className="row row--apart">
                <span>
                  {words} {note ? <span className="quiet">{note}</span> : null}
                </span>
                <PostForm action={`/absences/${id}/removal`}>
                  <input type="hidden" name="back" value={back} />
                  <button className="button button--quiet button--small" type="submit" aria-label={`Remove ${words}`}>
                    Remove
                  </button>
                </PostForm>
              </li>
            )
          })}
        </ul>
      )}
      <AddAway {...props} />
    </>
  )
}

function AddAway({ agentId, timeZone, back, typed, wrong }: Props) {
  const field = (name: keyof TypedAbsence) => ({
    name,
    id: `away-${name}`,
    defaultValue: typed?.[name] ?? "",
    error: wrong?.field === name ? wrong.words : null,
  })
  return (
    <WritingForm action={`/load/${agentId}/absences`} className="form">
      <input type="hidden" name="back" value={back} />
      <div className="pair">
        <Field label="First day" type="date" required {...field("first")} />
        <Field label="Last day" type="date" {...field("last")} hint="Empty: the same day." />
      </div>
      <Choice label="Away" {...field("part")} options={parts} />
      <div className="pair">
        <Field label="From" type="time" {...field("from")} hint="Only with times." />
        <Field label="To" type="time" {...field("to")} hint={`In ${timeZone}.`} />
      </div>
      <Field label="Note" maxLength={200} {...field("note")} hint="Leads see it." />
      <div className="form__foot">
        <button className="button" type="submit">
          Add
        </button>
      </div>
    </WritingForm>
  )
}
