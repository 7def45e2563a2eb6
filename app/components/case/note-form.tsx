import { useNavigation } from "@remix-run/react"
import { Again } from "../again.tsx"
import { onKey } from "../keys.ts"
import { WritingForm } from "../post-form.tsx"
import { useRootFrame } from "../use-root.ts"
import type { CasePage } from "./facts.ts"

/** A note is for the team. Where the case was merged meanwhile it is left there all the same, and read in the other. */
export function NoteForm({ kase: { number, mergedInto }, notes, said }: CasePage & { said: string | null }) {
  const me = useRootFrame()?.me.id
  const isRepeat = said === "noted-already"
  const last = isRepeat ? notes.findLast(({ agentId }) => agentId === me) : undefined
  const action = `/cases/${number}/notes`
  const { state, formAction } = useNavigation()
  const isUnderWay = state === "submitting" && formAction?.split("?")[0] === action
  return (
    <WritingForm action={action} className="composer__form">
      {mergedInto ? <input type="hidden" name="back" value={`/cases/${mergedInto}`} /> : null}
      <label className="spoken" htmlFor="note-text">
        Note, only the team sees it
      </label>
      <textarea
        id="note-text"
        name="body"
        dir="auto"
        required
        defaultValue={last?.body}
        readOnly={isUnderWay}
        placeholder="Only the team sees this."
        {...onKey("n")}
      />
      {isRepeat ? <Again words="Leave it again" /> : null}
      <div className="composer__foot">
        <button className="button" type="submit" disabled={isUnderWay}>
          {mergedInto ? `Leave note for #${mergedInto}` : "Leave note"}
        </button>
      </div>
    </WritingForm>
  )
}
