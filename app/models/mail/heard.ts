import type { Email } from "#emails/incoming/email.ts"
import { isHandwritten } from "#emails/incoming/sender-kind.ts"

/**
 * Somebody who answers us over a list, or whose firm sends everything through a bulk sender, speaks in the case they
 * answer like anybody (mail.md 3.3): their own words and a person's hand outweigh the list's headers.
 */
export function heardOf(email: Email): Email {
  const isPersons = email.machine.kind === "list" && isHandwritten(email) && email.newText.trim() !== ""
  return isPersons ? { ...email, machine: { kind: null, because: "", answersUs: false, bounce: null } } : email
}
