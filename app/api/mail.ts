import { z } from "zod"
import { fates } from "#app/models/mail/fate.ts"
import { moment } from "./parts.ts"

export const LedgerRow = z.object({
  id: z.int(),
  receivedAt: moment,
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  messageId: z.string().nullable().describe("Without its angle brackets"),
  size: z.int().describe("Bytes"),
  fate: z.enum(fates).nullable().describe("What became of it; null while it waits to be read"),
  because: z.string().describe("Why, in one sentence"),
  caseNumber: z.int().nullable(),
})

export const Taken = z.object({ id: z.int().describe("Its row in the ledger; the same mail again has the same") })
