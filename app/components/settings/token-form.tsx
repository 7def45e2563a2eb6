import { scopes, scopeWords } from "#app/models/people/scope.ts"
import { Check, Choice, Field } from "../field.tsx"
import { PostForm } from "../post-form.tsx"

type Asked = { mailboxes: { id: number; name: string }[]; wrong: { field: string; words: string } | null }

const ends = [
  { value: "30d", label: "in 30 days" },
  { value: "90d", label: "in 90 days" },
  { value: "365d", label: "in a year" },
  { value: "never", label: "never" },
]

export function TokenForm({ mailboxes, wrong }: Asked) {
  const wrongIn = (field: string) => (wrong?.field === field ? wrong.words : null)
  return (
    <PostForm className="form">
      <h3>Create a token</h3>
      <Field label="What it is for" name="name" required maxLength={100} error={wrongIn("name")} />
      <fieldset className="stack stack--tight">
        <legend>Scopes</legend>
        {scopes.map((scope) => (
          <Check key={scope} {...scopeWords[scope]} name={scope} defaultChecked={scope === "read"} />
        ))}
        {wrongIn("scopes") ? <p className="field__error">{wrongIn("scopes")}</p> : null}
      </fieldset>
      <fieldset className="stack stack--tight">
        <legend>Mailboxes</legend>
        <p className="field__hint">Leave all unticked for every mailbox, including new ones.</p>
        {mailboxes.map(({ id, name }) => (
          <Check key={id} label={name} name="mailbox" value={id} />
        ))}
      </fieldset>
      <Choice label="Expires" name="expires" options={ends} defaultValue="365d" error={wrongIn("expires")} />
      <p className="quiet small">
        The token has no more access than you and stops working when your account is deactivated.
      </p>
      <div className="form__foot">
        <button className="button button--primary" type="submit">
          Create token
        </button>
      </div>
    </PostForm>
  )
}
