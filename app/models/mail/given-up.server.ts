import { and, count, eq, gt, notInArray, notLike } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { customers } from "#db/tables/people.ts"
import { bounces } from "#db/tables/ways.ts"
import type { BouncedRecipient } from "#emails/incoming/email.ts"
import { markUndeliverable } from "../people/undeliverable.server.ts"
import { adviceOn, blameless, effectOf } from "./given-up.ts"
import { tellAdmins } from "./notice.server.ts"

const aWeek = 7 * 86_400_000

/** Counts one proven bounce, and does what it makes due: the address is given up, or the admins hear that we are refused. */
export async function countBounce(tx: Tx, mailId: number, address: string, failure: BouncedRecipient, now: Date) {
  const { hard, reason, status } = failure
  await tx.insert(bounces).values({ address, mailId, hard, reason, status, at: now }).onConflictDoNothing()
  const lately = and(
    ...[eq(bounces.address, address), eq(bounces.hard, false), gt(bounces.at, new Date(+now - aWeek))],
    ...[notInArray(bounces.reason, [...blameless]), notLike(bounces.status, "_.7.%")],
  )
  const [soft] = await tx.select({ times: count() }).from(bounces).where(lately)
  const effect = effectOf(failure, soft?.times ?? 0)
  if (effect === "give up") await markUndeliverable(tx, address, now)
  if (effect === "tell admins")
    await tellAdmins(
      tx,
      {
        key: `refused ${reason}`,
        subject: "Our mail is refused, and not for a wrong address",
        text: [
          `A mail of the desk to ${address} came back: ${[status, reason].filter(Boolean).join(" ")}.`,
          `It is not the address that is wrong. ${adviceOn(reason)} The mails concerned stand under Sent mail.`,
        ].join("\n\n"),
      },
      now,
    )
}

/** Whoever complained about a mail of ours is not asked for ratings any more. */
export async function heedComplaint(tx: Tx, caseNumber: number, now: Date) {
  const [kase] = await tx.select({ customerId: cases.customerId }).from(cases).where(eq(cases.number, caseNumber))
  if (kase?.customerId) await tx.update(customers).set({ optedOutAt: now }).where(eq(customers.id, kase.customerId))
}
