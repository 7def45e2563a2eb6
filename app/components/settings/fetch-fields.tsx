import type { ImapTyped, ImapWrong } from "#app/models/mail/imap-form.ts"
import { Check, Choice, Field } from "../field.tsx"
import { SignInFields } from "./account-fields.tsx"

type Props = { typed: Partial<ImapTyped>; wrong: ImapWrong | null; hasSecret: boolean }

const afterwards = [
  { value: "leave", label: "Leave it as it is" },
  { value: "flag", label: "Flag it" },
  { value: "move", label: "Move it to another folder" },
]

/** Where a mailbox lies, how the desk signs in there, and what becomes of a mail once it is in the desk. */
export function FetchFields({ typed, wrong, hasSecret }: Props) {
  const field = (name: keyof ImapTyped) => ({
    name,
    defaultValue: typed[name] ?? "",
    error: wrong?.field === name ? wrong.words : null,
  })
  return (
    <>
      <SignInFields kind="imap" nameHint="Usually the whole address." {...{ typed, wrong, hasSecret }} />
      <Field label="Folder" {...field("folder")} maxLength={500} />
      <Choice label="Once a mail is in the desk" {...field("afterwards")} options={afterwards} />
      <div className="only-moved">
        <Field label="Folder to move it to" {...field("moveTo")} maxLength={500} hint="Made when it is not there." />
      </div>
      <Check
        label="Fetch what is there already, too"
        name="fromStart"
        defaultChecked={typed.fromStart === "on"}
        hint="Otherwise only what comes from now on. Every mail becomes a case."
      />
    </>
  )
}
