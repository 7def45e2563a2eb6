import { and, count, eq, gt, notInArray, notLike } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import type { mailToSend } from "#db/tables/mail.ts"
import { customers } from "#db/tables/people.ts"
import { bounces } from "#db/tables/ways.ts"
import { markUndeliverable } from "../people/undeliverable.server.ts"
import { adviceOn, blameless, effectOf, type Failed, refusalIn } from "./given-up.ts"
import { tellAdmins } from "./notice.server.ts"

const aWeek = 7 * 86_400_000

type Mail = Pick<typeof mailToSend.$inferSelect, "id" | "kind">

/** Counts one proven failure, and does what it makes due: the address is given up, or the admins hear that we are refused. */
export async function countBounce(tx: Tx, mail: Mail, address: string, failure: Failed, now: Date) {
  const { hard, reason, status } = failure
  await tx.insert(bounces).values({ address, mailId: mail.id, hard, reason, status, at: now }).onConflictDoNothing()
  const lately = and(
    ...[eq(bounces.address, address), eq(bounces.hard, false), gt(bounces.at, new Date(+now - aWeek))],
    ...[notInArray(bounces.reason, [...blameless]), notLike(bounces.status, "_.7.%")],
  )
  const [soft] = await tx.select({ times: count() }).from(bounces).where(lately)
  const effect = effectOf(failure, soft?.times ?? 0)
  if (effect === "give up") await markUndeliverable(tx, address, now)
  if (effect === "tell admins") await tellOfRefusal(tx, mail, address, failure, now)
}

/** The same for what the server that takes our mail said of one recipient, to our face. */
export async function countRefusal(tx: Tx, mail: Mail, address: string, answer: string, now: Date) {
  const failure = refusalIn(answer)
  if (failure) await countBounce(tx, mail, address, failure, now)
}

/**
 * Said of the mail as a whole it blames no address: "unknown user" may well be its sender, and every customer written to
 * would be given up. That it is about us the admins still hear.
 */
export async function heedRefusal(tx: Tx, mail: Mail, to: readonly string[], answer: string, now: Date) {
  const failure = refusalIn(answer)
  if (failure && effectOf(failure, 0) === "tell admins")
    await tellOfRefusal(tx, mail, to.join(", ").slice(0, 300), failure, now)
}

/** A notice that is refused itself is told of by none: its own would be refused the next day, and so for ever. */
async function tellOfRefusal(tx: Tx, { kind }: Mail, to: string, { reason, status }: Failed, now: Date) {
  if (kind === "notice") return
  const text = [
    `A mail of the desk to ${to} was not taken: ${[status, reason].filter(Boolean).join(" ")}.`,
    `It is not the address that is wrong. ${adviceOn(reason)} The mails concerned stand under Sent mail.`,
  ].join("\n\n")
  const subject = "Our mail is refused, and not for a wrong address"
  await tellAdmins(tx, { key: `refused ${reason}`, subject, text }, now)
}

/** Whoever complained about a mail of ours is not asked for ratings any more. */
export async function heedComplaint(tx: Tx, caseNumber: number, now: Date) {
  const [kase] = await tx.select({ customerId: cases.customerId }).from(cases).where(eq(cases.number, caseNumber))
  if (kase?.customerId) await tx.update(customers).set({ optedOutAt: now }).where(eq(customers.id, kase.customerId))
}
