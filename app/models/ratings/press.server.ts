import { and, eq, gt, inArray } from "drizzle-orm"
import { announce } from "#db/announce.server.ts"
import { db, type Tx } from "#db/connection.server.ts"
import { ratingLandings, ratingRequests, ratingVotes } from "#db/tables/ratings.ts"
import { keepComment } from "./comment.server.ts"
import type { Contest } from "./contest.ts"
import type { Face } from "./face.ts"
import { linkOf } from "./landing.server.ts"
import { type MintedPage, mintNonce, type Page, readNonce } from "./nonce.server.ts"
import { judge, type Verdict } from "./press.ts"
import { hashToken } from "./token.server.ts"
import { clientKeyOf, lineageHashOf, type Visitor } from "./visitor.server.ts"

export type PressForm = {
  face: Face
  nonce: string
  comment: string
  honeypot: string
  withScript: boolean
  withGesture: boolean
}

export type Presser = Visitor & { lineage: string; isCrossSite: boolean; isStaff: boolean }

/** What became of a press, and the signed nonce for the page that follows it. */
export type Pressed = Pick<Verdict, "status" | "because"> & { face: Face; requestId: number; nonce: string }

type Request = typeof ratingRequests.$inferSelect

const perMinute = 10

/** A face was pressed. Every press is kept with what became of it; only accepted ones can come to count (R0). */
export async function press(
  token: string,
  form: PressForm,
  presser: Presser,
  now: Date,
): Promise<Pressed | "unknown" | "too many"> {
  return db.transaction(async (tx) => {
    const isThis = eq(ratingRequests.tokenHash, hashToken(token))
    const [request] = await tx.select().from(ratingRequests).where(isThis).for("update")
    if (!request) return "unknown"
    const votes = await tx.select().from(ratingVotes).where(eq(ratingVotes.requestId, request.id))
    const recent = votes.filter(({ at }) => now.getTime() - at.getTime() < 60_000)
    if (recent.length >= perMinute) return "too many"
    return keepVote(tx, request, votes, { form, presser }, now)
  })
}

type Vote = typeof ratingVotes.$inferSelect
type Pressing = { form: PressForm; presser: Presser }

async function keepVote(tx: Tx, request: Request, votes: Vote[], pressing: Pressing, now: Date): Promise<Pressed> {
  const { form, presser } = pressing
  const page = readNonce(form.nonce, request.id)
  const who = { lineageHash: lineageAmong(votes, page, request, presser), clientKey: clientKeyOf(presser, now) }
  const verdict = judge({ ...form, ...presser, ...who, votes, ...(await factsOf(tx, request, page, now)) }, now)
  await contest(tx, verdict.contested)
  await tx
    .insert(ratingVotes)
    .values({ ...voteFrom(form, page, now), ...who, ...wordsOf(verdict), requestId: request.id })
  const isAccepted = verdict.status === "accepted"
  if (isAccepted) await keepComment(tx, request.id, form.comment, now)
  if (isAccepted || verdict.contested.size > 0) await announceRating(tx, request, now)
  const lineageHash = isAccepted ? who.lineageHash : (page?.lineageHash ?? null)
  const nonce = mintNonce({ requestId: request.id, landedOn: page?.landedOn ?? null, lineageHash }, now)
  return { ...wordsOf(verdict), face: form.face, requestId: request.id, nonce }
}

/** A browser without cookies is known by the page it was given after its first press. */
function lineageAmong(votes: Vote[], page: Page | null, request: Request, presser: Presser) {
  const cookie = lineageHashOf(presser.lineage, request.id)
  const isKnown = (hash: string | null | undefined) => votes.some(({ lineageHash }) => hash && lineageHash === hash)
  return page?.lineageHash && isKnown(page.lineageHash) ? page.lineageHash : cookie
}

async function factsOf(tx: Tx, request: Request, page: MintedPage | null, now: Date) {
  return {
    link: await linkOf(tx, request, now),
    sentAt: request.sentAt ?? request.madeAt,
    pageAt: page?.mintedAt ?? null,
    landings: await landingsSince(tx, request.id, now),
  }
}

function voteFrom(form: PressForm, page: MintedPage | null, now: Date) {
  const mode: "tap" | "tap_nojs" = form.withScript ? "tap" : "tap_nojs"
  const dwellMs = page && Math.min(now.getTime() - page.mintedAt.getTime(), 2 ** 31 - 1)
  return { at: now, face: form.face, mode, dwellMs, gesture: form.withGesture }
}

const wordsOf = ({ status, because }: Verdict) => ({ status, because })

/** What was accepted a moment ago and cannot stand after all. */
export async function contest(tx: Tx, found: ReadonlyMap<number, Contest>) {
  for (const because of ["sweep", "contest"] as const) {
    const ids = [...found].filter(([, why]) => why === because).map(([id]) => id)
    if (ids.length > 0)
      await tx.update(ratingVotes).set({ status: "contested", because }).where(inArray(ratingVotes.id, ids))
  }
}

/** Enough of the landings to see every sweep around a vote given at `at`. */
export async function landingsSince(tx: Tx, requestId: number, at: Date) {
  const since = new Date(at.getTime() - 10 * 60_000)
  return tx
    .select()
    .from(ratingLandings)
    .where(and(eq(ratingLandings.requestId, requestId), gt(ratingLandings.at, since)))
}

export async function announceRating(tx: Tx, request: Pick<Request, "caseNumber" | "mailboxId">, now: Date) {
  await announce(tx, { kind: "rating", caseNumber: request.caseNumber, mailboxId: request.mailboxId }, now)
}
