import { type Email, firstOf } from "#emails/incoming/email.ts"
import { isHandwritten, isRobot } from "#emails/incoming/sender-kind.ts"
import { elsewhere, type Sender } from "./participants.ts"

const aPersons = { kind: null, because: "", answersUs: false, bounce: null } as const

/**
 * What is said in a case is said by somebody, whatever a ticket system, a list, a bulk sender or a rule of their inbox
 * wrote above it. What answers us by itself (an absence, a receipt) never comes this far.
 */
export const heardOf = (email: Email): Email => (email.machine.answersUs ? email : { ...email, machine: aPersons })

/**
 * The first email of a case: a person's as well when it came through a list, a form or a bulk sender, as long as one
 * person's address is behind it. Machine's mail opens its case all the same, and nobody is asked about the answer.
 */
export const openedOf = (email: Email, sender: Sender): Email => (isPersonal(email, sender) ? heardOf(email) : email)

function isPersonal(email: Email, sender: Sender) {
  const { kind, answersUs } = email.machine
  if (kind === null || answersUs) return kind === null
  const address = elsewhere(email)?.address ?? sender.address
  if (!sender.isCertain || address === null) return false
  if (isRobot([{ name: "", address }]) || programs.test(address) || isListsOwn(email, address)) return false
  return !isMailing(email) || isHandwritten(email)
}

/** Addresses programs write from; a person's may look like one, which costs a question and nothing else. */
const programs =
  /^(?:news(?:letter)?s?|mailings?|marketing|offers?|promo(?:tion)?s?|notif(?:y|ier|ications?)|alerts?|updates?|system|robot|bot|cron|root|daemon|mailer|www-data|apache|nobody|jira|github|gitlab|jenkins|monitor(?:ing)?)(?:[-+_.][^@]*)?@/

/** Many get the same at once (RFC 8058, and how bulk senders report): unlike a list, to which somebody posts. */
function isMailing({ headers }: Email) {
  const isPosted = headers.has("list-post") || /\blist\b/i.test(firstOf(headers, "precedence").slice(0, 200))
  const isBulk = ["feedback-id", "list-unsubscribe-post", "x-csa-complaints"].some((name) => headers.has(name))
  return !isPosted && (isBulk || headers.has("list-unsubscribe"))
}

/** The list itself speaks: its digest, its notes to its members. */
const isListsOwn = ({ headers }: Email, address: string) =>
  ["list-post", "x-beenthere", "mailing-list"].some((name) => firstOf(headers, name).toLowerCase().includes(address))
