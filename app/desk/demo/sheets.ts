import type { attachments, cases, drafts, messages, notes, participants } from "#db/tables/cases.ts"
import type { caseEvents } from "#db/tables/events.ts"
import type { frownEvents, frownRatings, frowns } from "#db/tables/frowns.ts"
import type { mailBytes, mailReceived, mailRecipients, mailToSend } from "#db/tables/mail.ts"
import type { customerAddresses, customers } from "#db/tables/people.ts"
import type { ratingComments, ratingRequests, ratings, ratingVotes } from "#db/tables/ratings.ts"
import type { assignments } from "#db/tables/sharing.ts"

/** Rows to come, table by table. */
export type Sheets = {
  customers: (typeof customers.$inferInsert)[]
  customerAddresses: (typeof customerAddresses.$inferInsert)[]
  cases: (typeof cases.$inferInsert)[]
  participants: (typeof participants.$inferInsert)[]
  messages: (typeof messages.$inferInsert)[]
  attachments: (typeof attachments.$inferInsert)[]
  notes: (typeof notes.$inferInsert)[]
  drafts: (typeof drafts.$inferInsert)[]
  assignments: (typeof assignments.$inferInsert)[]
  caseEvents: (typeof caseEvents.$inferInsert)[]
  requests: (typeof ratingRequests.$inferInsert)[]
  votes: (typeof ratingVotes.$inferInsert)[]
  comments: (typeof ratingComments.$inferInsert)[]
  ratings: (typeof ratings.$inferInsert)[]
  frowns: (typeof frowns.$inferInsert)[]
  frownRatings: (typeof frownRatings.$inferInsert)[]
  frownEvents: (typeof frownEvents.$inferInsert)[]
  mailReceived: (typeof mailReceived.$inferInsert)[]
  mailBytes: (typeof mailBytes.$inferInsert)[]
  mailToSend: (typeof mailToSend.$inferInsert)[]
  mailRecipients: (typeof mailRecipients.$inferInsert)[]
}

export const emptySheets = (): Sheets => ({
  customers: [],
  customerAddresses: [],
  cases: [],
  participants: [],
  messages: [],
  attachments: [],
  notes: [],
  drafts: [],
  assignments: [],
  caseEvents: [],
  requests: [],
  votes: [],
  comments: [],
  ratings: [],
  frowns: [],
  frownRatings: [],
  frownEvents: [],
  mailReceived: [],
  mailBytes: [],
  mailToSend: [],
  mailRecipients: [],
})
