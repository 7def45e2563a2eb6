import { and, asc, between, eq, gt, inArray, isNotNull } from "drizzle-orm"
import { dayOf } from "#app/models/people/hours.ts"
import type { Tx } from "#db/connection.server.ts"
import { frownRatings, frowns } from "#db/tables/frowns.ts"
import { ratingRequests, ratings, ratingTallies, ratingVotes } from "#db/tables/ratings.ts"
import { standingOf } from "./standing.ts"
import { addToTally, countedFrom } from "./tally.server.ts"
import { columns, difference, gathered, type TallyLine, tallyLines } from "./tally.ts"
import { switchZone } from "./tally-zone.server.ts"

type Request = typeof ratingRequests.$inferSelect
type Rating = typeof ratings.$inferSelect
type Word = Omit<Rating, "voidedAt" | "voidedBy" | "voidedBecause">

/**
 * Makes ratings and daily tallies again from requests and settled votes, and says in a line each what was different.
 * Whatever settles or sends waits until the transaction ends.
 */
export async function rebuildRatings(tx: Tx): Promise<string[]> {
  const dayIn = dayMemory(await switchZone(tx))
  const differences: string[] = []
  let lines: TallyLine[] = []
  let requests = await requestsAfter(tx, 0)
  while (requests.length > 0) {
    const kept = await ratingsOf(tx, requests, differences)
    const counted = requests.map((request) => countedFrom({ request, rating: kept.get(request.id) ?? null }))
    lines = gathered([...lines, ...counted.flatMap((reply) => tallyLines(reply, dayIn))])
    requests = await requestsAfter(tx, requests.at(-1)?.id ?? 0)
  }
  return [...differences, ...(await tallyAgain(tx, lines))]
}

async function requestsAfter(tx: Tx, id: number) {
  return tx.select().from(ratingRequests).where(gt(ratingRequests.id, id)).orderBy(asc(ratingRequests.id)).limit(5000)
}

/** The ratings of these requests as they must be, written where they were not. */
async function ratingsOf(tx: Tx, requests: readonly Request[], differences: string[]) {
  const span = [requests[0]?.id ?? 0, requests.at(-1)?.id ?? 0] as const
  const kept = await tx
    .select()
    .from(ratings)
    .where(between(ratings.requestId, ...span))
  const found = new Map(kept.map((row) => [row.requestId, row]))
  const words = await wordsOf(tx, span)
  const wrong = requests.filter(({ id }) => sayWord(found.get(id)) !== sayWord(words.get(id)))
  for (const { id, replyId } of wrong)
    differences.push(`rating of reply ${replyId}: was ${sayWord(found.get(id))}, is ${sayWord(words.get(id))}`)
  const right = wrong.flatMap(({ id }) => {
    const word = words.get(id)
    return word ? [{ ...unvoided, ...found.get(id), ...word }] : []
  })
  await putRight(
    tx,
    wrong.map(({ id }) => id),
    right,
  )
  for (const { id } of wrong) found.delete(id)
  for (const row of right) found.set(row.requestId, row)
  return found
}

const unvoided = { voidedAt: null, voidedBy: null, voidedBecause: null }

async function putRight(tx: Tx, wrong: readonly number[], right: readonly Rating[]) {
  for (let at = 0; at < wrong.length; at += 1000)
    await tx.delete(ratings).where(inArray(ratings.requestId, wrong.slice(at, at + 1000)))
  for (let at = 0; at < right.length; at += 1000) await tx.insert(ratings).values(right.slice(at, at + 1000))
}

async function wordsOf(tx: Tx, span: readonly [number, number]): Promise<Map<number, Word>> {
  const votes = await tx
    .select({ vote: ratingVotes, contact: frowns.firstContactAt })
    .from(ratingVotes)
    .leftJoin(frownRatings, eq(frownRatings.requestId, ratingVotes.requestId))
    .leftJoin(frowns, eq(frowns.id, frownRatings.frownId))
    .where(and(between(ratingVotes.requestId, ...span), isNotNull(ratingVotes.settledAt)))
    .orderBy(asc(ratingVotes.id))
  const byRequest = new Map<number, typeof votes>()
  for (const row of votes) byRequest.set(row.vote.requestId, [...(byRequest.get(row.vote.requestId) ?? []), row])
  return new Map([...byRequest].flatMap(([requestId, rows]) => wordFrom(requestId, rows)))
}

function wordFrom(requestId: number, rows: { vote: typeof ratingVotes.$inferSelect; contact: Date | null }[]) {
  const votes = rows.map(({ vote }) => vote)
  const word = standingOf(votes, rows[0]?.contact ?? null)
  const settledAt = new Date(Math.max(...votes.map((vote) => vote.settledAt?.getTime() ?? 0)))
  return word ? [[requestId, { requestId, ...word, settledAt }] as const] : []
}

function sayWord(word: Word | undefined) {
  if (!word) return "none"
  const { first, standing, firstAt, lastAt, settledAt } = word
  return `${first} ${firstAt.toISOString()}, then ${standing} ${lastAt.toISOString()}, settled ${settledAt.toISOString()}`
}

async function tallyAgain(tx: Tx, lines: readonly TallyLine[]): Promise<string[]> {
  const changes = difference(await tx.select().from(ratingTallies), lines)
  for (let at = 0; at < changes.length; at += 1000) await addToTally(tx, changes.slice(at, at + 1000))
  return changes.map(sayChange)
}

function sayChange(line: TallyLine) {
  const moved = columns.filter((column) => line[column] !== 0).map((column) => `${column} ${line[column]}`)
  return `tally ${line.basis} ${line.day} mailbox ${line.mailboxId} agent ${line.agentId}: off by ${moved.join(", ")}`
}

/** A desk of years has far more replies than quarters of an hour, and no zone changes its day within one. */
function dayMemory(zone: string) {
  const known = new Map<number, string>()
  return (at: Date) => {
    const quarter = Math.floor(at.getTime() / 900_000)
    const day = known.get(quarter) ?? dayOf(at, zone)
    known.set(quarter, day)
    return day
  }
}
