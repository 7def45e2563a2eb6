import { causeOf, isFinal, statusIn } from "#emails/incoming/bounce-words.ts"
import type { BouncedRecipient } from "#emails/incoming/email.ts"

const mostSoft = 3

/** Said about us, not about the address: what an admin should look at for each. */
const standing = "Look at the desk's SPF, DKIM and DMARC records, and whether the sending server is on a block list."
const sender =
  "The receiving server does not take mail from the mailbox's address. See whether that address and its domain exist and receive mail, and look at the SPF, DKIM and DMARC records."
const pace =
  "The receiving server wants fewer mails at a time from us. Give the mailbox a lower limit of mails a minute."
const aboutUs: Record<string, string> = {
  spamdetected: standing,
  blocked: standing,
  policyviolation: standing,
  authfailure: standing,
  securityerror: standing,
  virusdetected: "Look at the files of that mail, and whether the sending server is on a block list.",
  norelaying: "The sending server hands mail to one that is not responsible for it. Look at how it is set up.",
  rejected: sender,
  requireptr:
    "The sending server's IP address has no name, or one that leads elsewhere. Whoever runs that address must give it a reverse DNS entry (PTR) that names the server.",
  speeding: pace,
  toomanyconn: pace,
  failedstarttls:
    "The two servers could not agree on encryption. Look at the sending server's certificate and TLS versions.",
}
/** Said about that one letter: a shorter one may arrive. */
const aboutTheLetter = ["mesgtoobig", "exceedlimit", "contenterror"]

/** Reasons that count against no address, however often they come. */
export const blameless: readonly string[] = [...Object.keys(aboutUs), ...aboutTheLetter]

/**
 * What one proven failure makes due: an address that cannot be is given up at once, one that fails softly
 * after three times in a week; a refusal of our server, its ways or this letter is no fault of the address.
 */
export function effectOf({ hard, reason, status }: Failed, softInWeek: number) {
  if (reason in aboutUs || /^[45]\.7\./.test(status)) return "tell admins"
  if (aboutTheLetter.includes(reason)) return "nothing"
  return hard || softInWeek >= mostSoft ? "give up" : "nothing"
}

export type Failed = Pick<BouncedRecipient, "hard" | "reason" | "status">

/**
 * What the server that takes our mail says while we talk to it, read as a bounce is. Null for the words of our own side and
 * for a server that could not be reached, which are nobody's fault. An answer of several lines begins "550-5.7.1".
 */
export function refusalIn(answer: string): Failed | null {
  if (!/^[45]\d\d(?:[\s-]|$)/.test(answer)) return null
  const cause = causeOf(statusIn(answer), answer)
  return { hard: isFinal(cause), reason: cause.reason, status: cause.status }
}

/** What the admins can do about a refusal that is about us. */
export const adviceOn = (reason: string) => aboutUs[reason] ?? standing
