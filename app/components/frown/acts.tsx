import { Link } from "@remix-run/react"
import type { Act } from "#app/models/frowns/frown.ts"
import { Again } from "../again.tsx"
import { Area, Choice, Field } from "../field.tsx"
import { PostForm, WritingForm } from "../post-form.tsx"
import { CauseChoice } from "./cause-choice.tsx"

type Acts = {
  id: number
  may: Record<Act, boolean>
  caseNumber: number
  customer: string
  cause: string | null
  causes: readonly { key: string; name: string; group: string }[]
  /** The words of a call that stood in the story before; null where none were refused for that. */
  loggedAlready: string | null
}

/** What may be done now, the nearest first: take it, write, call, say why, close. */
export function FrownActs(acts: Acts) {
  const { id, may, caseNumber, customer } = acts
  return (
    <div className="stack">
      <div className="row">
        {may.call ? (
          <Link className="button button--primary" to={`/cases/${caseNumber}#write`}>
            Write to {customer}
          </Link>
        ) : null}
        {may.claim ? <Press to={`/frowns/${id}/claim`} words="Claim" /> : null}
        {may.unclaim ? <Press to={`/frowns/${id}/unclaim`} words="Give it back" /> : null}
      </div>
      {may.call ? <Call {...acts} /> : null}
      {may.cause ? <Cause {...acts} /> : null}
      {may.close || may.dismiss ? <Close {...acts} /> : null}
    </div>
  )
}

const Press = ({ to, words }: { to: string; words: string }) => (
  <PostForm action={to}>
    <button className="button" type="submit">
      {words}
    </button>
  </PostForm>
)

function Call({ id, loggedAlready }: Acts) {
  return (
    <details className="act" open={loggedAlready !== null}>
      <summary>Log a call</summary>
      <WritingForm action={`/frowns/${id}/call`} className="form">
        <Area
          label="What came of it"
          name="words"
          required
          maxLength={2000}
          rows={3}
          defaultValue={loggedAlready ?? ""}
        />
        <Choice
          label="What they told us"
          name="told"
          options={[
            { value: "nothing", label: "Nothing about it" },
            { value: "happier", label: "They are happier now" },
          ]}
          hint="Told is kept beside the figures. Only their own press flips a frown."
        />
        {loggedAlready === null ? null : <Again words="Log it again" />}
        <div className="form__foot">
          <button className="button" type="submit">
            Log the call
          </button>
        </div>
      </WritingForm>
    </details>
  )
}

function Cause({ id, causes, cause }: Acts) {
  return (
    <PostForm action={`/frowns/${id}/cause`} className="act act--row">
      <CauseChoice id="cause" causes={causes} current={cause} />
      <button className="button" type="submit">
        Set
      </button>
    </PostForm>
  )
}

const reasons = [
  { value: "", label: "Pick a reason" },
  { value: "misclick", label: "They told us it was a misclick" },
  { value: "abuse", label: "Abuse" },
  { value: "spam", label: "Spam" },
  { value: "duplicate", label: "Duplicate" },
]

function Close({ id, causes, cause, may }: Acts) {
  return (
    <details className="act">
      <summary>{may.close ? "Close it" : "Dismiss it"}</summary>
      <WritingForm action={`/frowns/${id}/closure`} className="form">
        <CauseChoice id="closing-cause" causes={causes} current={cause} />
        {may.dismiss ? <Choice label="Reason" name="dismissedAs" options={reasons} required /> : null}
        <Field
          label="What we did, in one line"
          name="whatWeDid"
          required
          maxLength={500}
          hint="If they press the happy face later, it still flips."
        />
        <div className="form__foot">
          <button className="button" type="submit">
            {may.close ? "Close" : "Dismiss"}
          </button>
        </div>
      </WritingForm>
    </details>
  )
}
