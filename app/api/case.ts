import { z } from "zod"
import { faces } from "#app/models/ratings/face.ts"
import { email, moment, person } from "./parts.ts"

const states = ["waiting-on-us", "waiting-on-them", "snoozed", "closed", "spam", "merged"] as const

const head = {
  number: z.int(),
  subject: z.string(),
  state: z.enum(states),
  mailbox: email,
  customer: person.nullable().describe("Null for mail without a sender"),
  agent: person.nullable().describe("Whose it is; null: nobody's yet"),
  openedAt: moment,
  lastMessageAt: moment,
}

export const CaseSummary = z.object({ ...head, messages: z.int().describe("How many there are") })

/** What a list tells besides, of what was searched for. */
export const Searched = z.object({
  understood: z.array(z.string()).optional().describe("With `q`: the parts of it that were searched for"),
  ignored: z
    .array(z.object({ text: z.string(), because: z.string() }))
    .optional()
    .describe("With `q`: the parts that were not, and why"),
  unread: z.int().optional().describe("With `q`: how many cases have yet to be read into the search"),
})

export const Attachment = z.object({
  id: z.int().describe("For GET /api/v1/attachments/{id}"),
  filename: z.string(),
  contentType: z.string().describe("As the sender called it; the bytes are served as application/octet-stream"),
  size: z.int().describe("Bytes"),
  inline: z.boolean().describe("A picture within the text"),
})

const deliveryStates = ["held", "queued", "sending", "sent", "deferred", "unconfirmed", "failed", "kept"] as const

export const Delivery = z.object({
  mailId: z.int(),
  state: z.enum(deliveryStates).describe("held: can still be undone. kept: the desk has no outgoing server"),
  at: moment.describe("When that began; for held, queued and deferred when it ends"),
  to: z.array(
    z.object({
      address: z.string(),
      state: z.enum(["waiting", "accepted", "refused", "bounced"]),
      answer: z.string().describe("The server's words about this recipient"),
    }),
  ),
  isLate: z.boolean().describe("Tried for an hour and more"),
  answer: z.string().describe("What was last heard about the mail as a whole"),
})

export const Rating = z.object({
  requestId: z.int(),
  first: z.enum(faces).describe("The first impression: what the reports count"),
  standing: z.enum(faces).describe("The latest word"),
  at: moment,
  settled: z.boolean().describe("Counts; for a few minutes after a press it does not yet"),
  comment: z.string().nullable(),
  voided: z.boolean().describe("It was taken out of the figures"),
  voiding: z
    .object({
      by: z.string().nullable().describe("Null: the desk, because the case is spam"),
      at: moment,
      because: z.string(),
    })
    .nullable(),
})

const machines = ["auto", "bounce", "complaint", "list"] as const
const marks = ["signed", "encrypted", "invitation", "winmail", "partial", "left on server"] as const

export const Message = z.object({
  id: z.int(),
  kind: z.enum(["email", "reply"]).describe("reply: ours"),
  from: person,
  to: z.array(person),
  cc: z.array(person),
  agent: person.nullable().describe("Who wrote a reply"),
  at: moment,
  subject: z.string(),
  text: z.string().describe("The whole plain text"),
  newText: z.string().describe("What this message adds: quoted history and signature trimmed"),
  isCut: z.boolean().describe("Only the beginning of its text: the messages after it fill the answer"),
  html: z.string().nullable().describe("As it came, not cleaned: never show it without a sanitiser and a sandbox"),
  attachments: z.array(Attachment),
  machine: z.enum(machines).nullable().describe("Sent by a machine: answered by none"),
  joinedBecause: z.string().nullable().describe("Why it stands in this case; null for the mail that opened it"),
  unverified: z.boolean().describe("Held: it moves nothing until an agent says who it is from"),
  authenticity: z
    .enum(["pass", "none", "fail", "temperror"])
    .nullable()
    .describe("How sure it is who sent it; null for replies"),
  marks: z
    .array(z.object({ kind: z.enum(marks), words: z.string() }))
    .describe("What else the mail is, as its chips say it"),
  delivery: Delivery.nullable().describe("Of a reply: how far it has come"),
  rating: Rating.nullable().describe("The face a reply earned"),
})

const Note = z.object({ id: z.int(), at: moment, text: z.string(), agent: person })

const rules = [
  "knows it",
  "spare room",
  "taken",
  "handed over",
  "released",
  "unanswered",
  "pool",
  "answered",
  "import",
] as const

const Assignment = z.object({
  at: moment,
  to: person.nullable().describe("Null: back to nobody"),
  by: person.nullable().describe("Null: the desk's own rules, or a program"),
  rule: z.enum(rules),
  reason: z.string().describe("One sentence"),
  candidates: z
    .array(
      z.object({
        agentId: z.int(),
        name: z.string(),
        load: z.int(),
        limit: z.int(),
        share: z.number().describe("Cases given today per hour on shift today"),
        idleMinutes: z.int().nullable(),
        givenToday: z.int().optional().describe("This and the next three: not in the oldest rows"),
        hoursToday: z.number().optional(),
        lastGivenAt: moment.nullable().optional(),
        givenSinceCame: z
          .int()
          .nullable()
          .optional()
          .describe("By the rules, in their first quarter of an hour present; null later"),
        skipped: z.string().nullable().describe("Why not them"),
      }),
    )
    .describe("Everybody looked at, as it was at that moment, also where a person decided"),
})

export const Case = z.object({
  ...head,
  waitingSince: moment.nullable().describe("Since when the customer waits on us"),
  snoozedUntil: moment.nullable(),
  closedAt: moment.nullable(),
  mergedInto: z.int().nullable().describe("The case it became part of; null where the token does not reach that"),
  elsewhere: z
    .object({ messages: z.int(), notes: z.int() })
    .describe("How much of a merged case lies in mailboxes the token does not reach, and is left out"),
  messages: z.array(Message),
  notes: z.array(Note).describe("Private to the team"),
  assignments: z.array(Assignment),
})
