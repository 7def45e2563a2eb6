import { createHmac } from "node:crypto"
import { eq } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { jobs } from "#db/tables/jobs.ts"
import { agents } from "#db/tables/people.ts"
import { lineOf } from "./network.ts"
import { giveBack, isMarked, mark, markedFor, take } from "./rate-limit.server.ts"
import { secretKey } from "./secret.server.ts"
import {
  type Asker,
  accountBucket,
  addressBuckets,
  type Bucket,
  calmBucket,
  calmNetworkBucket,
  deviceBucket,
  everyone,
  hasWaited,
  homeBucket,
  homeOf,
  longestWait,
  type Place,
  returningBucket,
  toldBucket,
} from "./tries.ts"

/** A try that may go on, where it waits, and what was counted for it; or the seconds to wait when there were too many. */
export type Try = { place: Place; counted: Bucket[] } | { waitSeconds: number; isAttack: boolean }

const ninetyDays = 90 * 24 * 3_600_000

/** Counts a try to sign in before any work is done for it. What an attacker uses up is never what the owner needs. */
export async function countTry(asker: Asker, now: Date): Promise<Try> {
  const own = asker.device && deviceBucket(asker.account, asker.device)
  if (own && (await take(own, now)) === null) return { place: 0, counted: [own] }
  const counted: Bucket[] = []
  for (const bucket of addressBuckets(asker)) {
    const waitSeconds = await take(bucket, now)
    if (waitSeconds !== null) return { waitSeconds, isAttack: false }
    counted.push(bucket)
  }
  const home = homeBucket(asker)
  if ((await isMarked(markOf(asker), now)) && (await take(home, now)) === null)
    return { place: 0, counted: [...counted, home] }
  return asStranger(asker, counted, now)
}

/** Kept for long, so an address must not be read out of it. */
const markOf = (asker: Asker) =>
  `at home ${createHmac("sha256", secretKey("home address")).update(homeOf(asker)).digest("base64url")}`

async function asStranger(asker: Asker, before: Bucket[], now: Date): Promise<Try> {
  const [calm, network] = [calmBucket(asker), calmNetworkBucket(asker)]
  const [isCalm, isQuiet] = [(await take(calm, now)) === null, (await take(network, now)) === null]
  const place: Place = !isCalm ? 3 : isQuiet ? 1 : 2
  const shared = await roomAt(asker, place, now)
  if (typeof shared === "number") return { waitSeconds: shared, isAttack: true }
  const counted = [...before, ...(isCalm ? [calm] : []), ...(isQuiet ? [network] : []), shared]
  return { place: (await take(everyone, now)) === null ? place : 3, counted }
}

/** What of the account's room this try took, or the seconds to wait. Who waits once is let in before who never came. */
async function roomAt(asker: Asker, place: Place, now: Date): Promise<Bucket | number> {
  const first = accountBucket(asker.account, place)
  if (place === 3) return (await take(first, now)) ?? first
  const waits = `waits ${asker.account} ${lineOf(asker.remote)}`
  const since = await markedFor(waits, minutesToReturn, now)
  const returning = returningBucket(asker.account)
  const buckets = since !== null && hasWaited(since) ? [returning, first] : [first]
  let least = longestWait
  for (const bucket of buckets) {
    const seconds = await take(bucket, now)
    if (seconds === null) return bucket
    least = Math.min(least, seconds)
  }
  if (since === null) await mark(waits, new Date(now.getTime() + minutesToReturn * 60_000))
  return least
}

const minutesToReturn = 10

/** Signed in: what was counted for it counts against nobody, and the account is at home at that address. */
export async function forgetTry(asker: Asker, counted: Bucket[], now: Date) {
  await uncount(counted)
  await mark(markOf(asker), new Date(now.getTime() + ninetyDays))
}

export async function uncount(counted: Bucket[]) {
  for (const bucket of counted) await giveBack(bucket)
}

/** The owner is told of an attack by mail, by the worker: whoever attacks must not feel the difference. */
export async function tellOwner(email: string, account: string, now: Date) {
  if ((await take(toldBucket(account), now)) !== null) return
  const [owner] = await db.select({ id: agents.id }).from(agents).where(eq(agents.email, email))
  if (!owner) return
  const job = { kind: "attack", payload: { agentId: owner.id }, dedupeKey: `attack ${owner.id}`, dueAt: now }
  await db.insert(jobs).values(job).onConflictDoNothing()
}
