import type { Face } from "#app/models/ratings/face.ts"
import type { VoteStatus } from "#app/models/ratings/standing.ts"
import type { frownEvents, frowns } from "#db/tables/frowns.ts"
import type { Asked, CandidateRow } from "#db/tables/sharing.ts"
import type { BoxKey } from "./cast.ts"
import type { DemoCustomer } from "./customers.ts"

/** One case as a story, with people by their keys and no ids yet; rows.ts makes table rows of it. */
export type DemoCase = {
  customer: DemoCustomer
  mailbox: BoxKey
  subject: string
  openedAt: Date
  agent: string | null
  messages: DemoMessage[]
  given: DemoGiven[]
  closedAt: Date | null
  closedBy: string | null
  snoozedUntil: Date | null
  notes: { by: string; at: Date; body: string }[]
  drafts: { by: string; savedAt: Date; body: string }[]
  frown: DemoFrown | null
}

export type DemoMessage = {
  /** The person whose reply it is; null for the customer. */
  by: string | null
  at: Date
  text: string
  /** What is folded away below it. */
  quoted: string
  html: string | null
  files: DemoFile[]
  machine: "auto" | "bounce" | null
  /** Why it stands in this case; null for what opened it. */
  joinedBecause: string | null
  ask: DemoAsk | null
  /** A mail of the present stands in the ledger with its bytes, a reply of the present under sent mail. */
  asMail: boolean
}

export type DemoFile = { filename: string; contentType: string; bytes: Buffer }

export type DemoAsk = {
  leftOff: boolean
  /** It follows the case's frown up. */
  recovery: boolean
  sentAt: Date
  votes: DemoVote[]
  comment: { at: Date; body: string } | null
}

export type DemoVote = {
  at: Date
  face: Face
  status: VoteStatus
  because: string
  /** Null: pressed a moment ago. */
  settledAt: Date | null
}

export type DemoGiven = {
  at: Date
  from: string | null
  to: string | null
  by: string | null
  rule: "knows it" | "spare room" | "taken" | "handed over" | "released" | "pool"
  reason: string
  candidates: CandidateRow[]
  asked?: Asked | null
}

type FrownRow = Required<typeof frowns.$inferInsert>

export type DemoFrown = Pick<
  FrownRow,
  | "openedAt"
  | "dueAt"
  | "claimedAt"
  | "firstContactAt"
  | "contactedBy"
  | "lastContactAt"
  | "outcome"
  | "outcomeAt"
  | "closedAt"
  | "whatWeDid"
> & {
  author: string
  owner: string | null
  closedBy: string | null
  cause: string | null
  events: { at: Date; by: string | null; kind: (typeof frownEvents.$inferInsert)["kind"]; detail: string }[]
}
