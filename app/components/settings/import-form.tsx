import { Field } from "../field.tsx"
import { PostForm } from "../post-form.tsx"

/** Takes a calendar file with holidays. */
export function ImportForm({ refused }: { refused: string | null }) {
  return (
    <PostForm action="/settings/holidays/import" encType="multipart/form-data" className="form">
      <h3>Take them from a calendar file</h3>
      <Field
        label="Calendar file (.ics)"
        name="file"
        type="file"
        accept=".ics,text/calendar"
        required
        error={refused}
        hint="Its whole days, from this year on. What is there already stays as it is."
      />
      <div className="form__foot">
        <button className="button" type="submit">
          Import
        </button>
      </div>
    </PostForm>
  )
}
