import { and, count, eq, gt, notInArray, notLike } from "drizzle-orm"
import type { Tx } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { customers } from "#db/tables/people.ts"
import { bounces } from "#db/tables/ways.ts"
import { markUndeliverable } from "../people/undeliverable.server.ts"
import { adviceOn, blameless, effectOf, type Failed, refusalIn } from "./given-up.ts"
import { tellAdmins } from "./notice.server.ts"

const aWeek = 7 * 86_400_000

/** Counts one proven failure, and does what it makes due: the address is given up, or the admins hear that we are refused. */
export async function countBounce(tx: Tx, mailId: number, address: string, failure: Failed, now: Date) {
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
          `A mail of the desk to ${address} was not taken: ${[status, reason].filter(Boolean).join(" ")}.`,
          `It is not the address that is wrong. ${adviceOn(reason)} The mails concerned stand under Sent mail.`,
        ].join("\n\n"),
      },
      now,
    )
}

/**
 * The same for what the server that takes our mail answered to our face. Said of several people at once it counts against
 * none of them, for nobody knows whom it is about; that it is about us the admins still hear.
 */
export async function countRefusal(tx: Tx, mailId: number, addresses: string[], answer: string, now: Date) {
  const failure = refusalIn(answer)
  const [address] = addresses
  if (!failure || address === undefined) return
  if (addresses.length === 1 || effectOf(failure, 0) === "tell admins")
    await countBounce(tx, mailId, address, failure, now)
}

/** Whoever complained about a mail of ours is not asked for ratings any more. */
export async function heedComplaint(tx: Tx, caseNumber: number, now: Date) {
  const [kase] = await tx.select({ customerId: cases.customerId }).from(cases).where(eq(cases.number, caseNumber))
  if (kase?.customerId) await tx.update(customers).set({ optedOutAt: now }).where(eq(customers.id, kase.customerId))
}
