import { type Counted, gathered, type TallyLine, tallyLines } from "#app/models/ratings/tally.ts"
import type { replyTallies } from "#db/tables/sharing.ts"
import type { Wall } from "./days.ts"
import type { Sheets } from "./sheets.ts"

type ReplyLine = typeof replyTallies.$inferInsert

/** The daily figures of everything written so far, counted by the rooms' own rules. */
export type Ledger = {
  count(sheets: Sheets): void
  ratingLines(): TallyLine[]
  replyLines(): ReplyLine[]
  totals(): { replies: number; ratings: number }
}

export function ledgerOf(wall: Wall): Ledger {
  let ratings: TallyLine[] = []
  const replies = new Map<string, ReplyLine>()
  return {
    count(sheets) {
      const lines = countedIn(sheets).flatMap((counted) => tallyLines(counted, wall.dayOf))
      ratings = gathered([...ratings, ...lines])
      const boxes = new Map(sheets.cases.map((kase) => [kase.number, kase.mailboxId]))
      for (const { kind, at, agentId, caseNumber } of sheets.messages) {
        const mailboxId = boxes.get(caseNumber)
        if (kind !== "reply" || agentId == null || mailboxId === undefined) continue
        const day = wall.dayOf(at)
        const key = `${day} ${mailboxId} ${agentId}`
        const before = replies.get(key)?.replies ?? 0
        replies.set(key, { day, mailboxId, agentId, replies: before + 1 })
      }
    },
    ratingLines: () => ratings,
    replyLines: () => [...replies.values()],
    totals: () => ({
      replies: [...replies.values()].reduce((sum, line) => sum + (line.replies ?? 0), 0),
      ratings: ratings.reduce(
        (sum, { basis, happy, ok, frown }) => sum + (basis === "sent" ? happy + ok + frown : 0),
        0,
      ),
    }),
  }
}

function countedIn({ requests, ratings }: Sheets): Counted[] {
  const words = new Map(ratings.map((rating) => [rating.requestId, rating]))
  return requests.map((request) => ({
    mailboxId: request.mailboxId,
    agentId: request.agentId,
    sentAt: request.sentAt ?? null,
    bouncedAt: null,
    leftOffBy: request.leftOffBy ?? null,
    recoveryFrownId: request.recoveryFrownId ?? null,
    rating: words.get(request.id ?? 0) ?? null,
  }))
}
