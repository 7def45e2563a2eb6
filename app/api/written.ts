import { z } from "zod"
import { presences } from "#app/models/people/agent.ts"
import { email } from "./parts.ts"

/** What a call answers a token that may write and not read: what it wrote, and nothing besides. */
export const written = {
  case: z.object({ number: z.int(), mailbox: email, agent: email, subject: z.string() }),
  agent: z.object({ number: z.int(), agent: email.nullable() }),
  closed: z.object({ number: z.int(), closed: z.boolean() }),
  change: z.object({
    email,
    presence: z.object({ state: z.enum(presences), until: z.string().nullish() }).optional(),
    limit: z.int().optional(),
  }),
}
