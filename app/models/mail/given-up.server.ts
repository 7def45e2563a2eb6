import { and, count, eq, gt, notInArray, notLike } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import type { mailToSend } from "#db/tables/mail.ts"
import { customers } from "#db/tables/people.ts"
import { bounces } from "#db/tables/ways.ts"
import { refusalIn } from "#emails/incoming/bounce-words.ts"
import type { BouncedRecipient } from "#emails/incoming/email.ts"
import type { RecipientAnswer } from "#emails/outgoing/hand-over.server.ts"
import { markUndeliverable } from "../people/undeliverable.server.ts"
import { adviceOn, blameless, effectOf } from "./given-up.ts"
import { tellAdmins } from "./notice.server.ts"

const aWeek = 7 * 86_400_000

type Mail = Pick<typeof mailToSend.$inferSelect, "id" | "kind">
type Failure = Pick<BouncedRecipient, "hard" | "reason" | "status">

/** Counts one proven bounce, and does what it makes due: the address is given up, or the admins hear that we are refused. */
export async function countBounce(tx: Tx, mail: Mail, address: string, failure: Failure, now: Date) {
  const words = [failure.status, failure.reason].filter(Boolean).join(" ")
  await countFailure(tx, mail, { address, failure, said: `A mail of the desk to ${address} came back: ${words}.` }, now)
}

/** The same for what a server said of single recipients while we talked to it. */
export async function countRefusals(tx: Tx, mail: Mail, answers: readonly RecipientAnswer[], now: Date) {
  for (const { address, state, answer } of answers) {
    const failure = state === "refused" ? refusalIn(answer) : null
    if (failure) await countFailure(tx, mail, { address, failure, said: refused(address, answer) }, now)
  }
}

/** A mail refused whole may be about us; nothing in it says that an address is wrong. */
export async function heedRefusal(tx: Tx, mail: Mail, to: string, answer: string, now: Date) {
  const failure = refusalIn(answer)
  if (failure && effectOf(failure, 0) === "tell admins")
    await tellOfRefusal(tx, mail, { failure, said: refused(to, answer) }, now)
}

const refused = (to: string, answer: string) => `A mail of the desk to ${to} was refused: "${answer}".`

type Told = { failure: Failure; said: string }

async function countFailure(tx: Tx, mail: Mail, { address, failure, said }: Told & { address: string }, now: Date) {
  const { hard, reason, status } = failure
  await tx.insert(bounces).values({ address, mailId: mail.id, hard, reason, status, at: now }).onConflictDoNothing()
  const lately = and(
    ...[eq(bounces.address, address), eq(bounces.hard, false), gt(bounces.at, new Date(+now - aWeek))],
    ...[notInArray(bounces.reason, [...blameless]), notLike(bounces.status, "_.7.%")],
  )
  const [soft] = await tx.select({ times: count() }).from(bounces).where(lately)
  const effect = effectOf(failure, soft?.times ?? 0)
  if (effect === "give up") await markUndeliverable(tx, address, now)
  if (effect === "tell admins") await tellOfRefusal(tx, mail, { failure, said }, now)
}

/** A notice that is refused itself is told of by none: it would be refused the next day, and so for ever. */
async function tellOfRefusal(tx: Tx, { kind }: Mail, { failure, said }: Told, now: Date) {
  if (kind === "notice") return
  const advice = `It is not the address that is wrong. ${adviceOn(failure.reason)} The mails concerned stand under Sent mail.`
  const subject = "Our mail is refused, and not for a wrong address"
  await tellAdmins(tx, { key: `refused ${failure.reason}`, subject, text: `${said}\n\n${advice}` }, now)
}

/** Whoever complained about a mail of ours is not asked for ratings any more. */
export async function heedComplaint(tx: Tx, caseNumber: number, now: Date) {
  const [kase] = await tx.select({ customerId: cases.customerId }).from(cases).where(eq(cases.number, caseNumber))
  if (kase?.customerId) await tx.update(customers).set({ optedOutAt: now }).where(eq(customers.id, kase.customerId))
}
