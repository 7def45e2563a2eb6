import type { BouncedRecipient } from "#emails/incoming/email.ts"

const mostSoft = 3
/** Said about us, not about the address. */
const policies = [
  "spamdetected",
  "blocked",
  "policyviolation",
  "authfailure",
  "norelaying",
  "securityerror",
  "virusdetected",
]

/**
 * What one proven bounce makes due (mail.md 3.4.5): an address that cannot be is given up at once, one that fails softly
 * after three times in a week; a refusal by policy is no fault of the address, however often it comes.
 */
export function effectOf(
  { hard, reason, status }: Pick<BouncedRecipient, "hard" | "reason" | "status">,
  softInWeek: number,
) {
  if (policies.includes(reason) || /^[45]\.7\./.test(status)) return "tell admins"
  return hard || softInWeek >= mostSoft ? "give up" : "nothing"
}
