import { useNavigation } from "@remix-run/react"
import { onKey } from "../keys.ts"
import { WritingForm } from "../post-form.tsx"

/** A note is for the team. Where the case was merged meanwhile it is left there all the same, and read in the other. */
export function NoteForm({ number, mergedInto }: { number: number; mergedInto: number | null }) {
  const action = `/cases/${number}/notes`
  const { state, formAction } = useNavigation()
  const isUnderWay = state === "submitting" && formAction === action
  return (
    <WritingForm action={action} className="composer__form">
      {mergedInto ? <input type="hidden" name="back" value={`/cases/${mergedInto}`} /> : null}
      <label className="spoken" htmlFor="note-text">
        Note, only the team sees it
      </label>
      <textarea
        id="note-text"
        name="body"
        required
        readOnly={isUnderWay}
        placeholder="Only the team sees this."
        {...onKey("n")}
      />
      <div className="composer__foot">
        <button className="button" type="submit" disabled={isUnderWay}>
          {mergedInto ? `Leave note for #${mergedInto}` : "Leave note"}
        </button>
      </div>
    </WritingForm>
  )
}
