import { z } from "zod"
import { frownStates, outcomes } from "#app/models/frowns/frown.ts"
import { moment, person } from "./parts.ts"

export const Frown = z.object({
  id: z.int(),
  caseNumber: z.int(),
  customer: z.object({ name: z.string(), email: z.string().nullable() }).nullable(),
  words: z.string().nullable().describe("The last line the customer left with a rating"),
  author: person.describe("Who wrote the rated reply"),
  openedAt: moment,
  dueAt: moment.describe("When they should have heard from us"),
  owner: person.nullable(),
  state: z.enum(frownStates),
  firstContactAt: moment.nullable(),
  outcome: z.enum(outcomes).nullable().describe("What the customer's later rating, or the clock, made of it"),
  cause: z.object({ key: z.string(), name: z.string() }).nullable(),
  closedAt: moment.nullable(),
})
