import type { Machine } from "#emails/incoming/email.ts"
import type { Voice } from "./place.ts"

export type AcknowledgeFacts = {
  isOn: boolean
  voice: Voice
  machine: Machine["kind"]
  /** An empty MAIL FROM: whoever sends so wants no answer (RFC 3834 section 2). */
  hasNullSender: boolean
  isOurs: boolean
  isUndeliverable: boolean
  /** Automatic answers written before: to this address in a day, to its domain in an hour, from the mailbox in an hour. */
  toAddress: number
  toDomain: number
  fromMailbox: number
  /** Mails under this subject in an hour, whoever they say they are from. */
  underSubject: number
  /** Cases this address opened in ten minutes, this one included. */
  opened: number
}

const most = { toAddress: 1, toDomain: 20, fromMailbox: 200, underSubject: 3, opened: 5 }

/**
 * Why a new case is not acknowledged; null when it is. Answering by machine is how desks answer each other all night and
 * how they are made to write to strangers, so only a proven sender is answered, and rarely.
 */
export function whyNotAcknowledge(facts: AcknowledgeFacts): string | null {
  if (!facts.isOn) return "acknowledgements are off"
  if (facts.machine !== null) return "a machine sent it"
  if (facts.hasNullSender) return "its sender wants no answer"
  if (facts.isOurs) return "it comes from one of our own addresses"
  if (facts.isUndeliverable) return "mail to this address comes back"
  if (facts.voice !== "proven") return "nothing proves who sent it"
  if (facts.toAddress >= most.toAddress) return "this address had one within a day"
  if (facts.toDomain >= most.toDomain) return "its domain had twenty within an hour"
  if (facts.fromMailbox >= most.fromMailbox) return "the mailbox sent two hundred within an hour"
  if (facts.underSubject > most.underSubject) return "many mails came under this subject within an hour"
  return facts.opened > most.opened ? "this address opened many cases within ten minutes" : null
}

/** The desk's words with the case's number in them; nothing of the mail it answers. */
export const acknowledgement = (text: string, caseNumber: number) => text.replaceAll("{number}", String(caseNumber))
