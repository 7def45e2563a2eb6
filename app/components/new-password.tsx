import { longestPassword, shortestPassword } from "#app/models/people/password.ts"
import { Field } from "./field.tsx"

type Props = { label: string; error: string | null | undefined; isFirst: boolean }

/** Where a password is chosen: at the welcome, by invitation, or anew. What is typed is never given back. */
export function NewPassword({ label, error, isFirst }: Props) {
  return (
    <Field
      label={label}
      name="password"
      type="password"
      required
      autoFocus={isFirst}
      autoComplete="new-password"
      minLength={shortestPassword}
      maxLength={longestPassword}
      hint={`At least ${shortestPassword} characters. A few words are fine.`}
      error={error}
    />
  )
}
