import { z } from "zod"
import { presences, roles } from "#app/models/people/agent.ts"
import { email, moment } from "./parts.ts"

export const Agent = z.object({
  email,
  name: z.string(),
  role: z.enum(roles),
  presence: z.object({ state: z.enum(presences), until: moment.nullable() }),
  limit: z.int().describe("Most cases waiting on us that are given to them"),
  load: z.int().describe("Their cases waiting on us"),
  givenToday: z.int(),
  answeredToday: z.int(),
})

export const AgentChange = z.strictObject({
  presence: z
    .strictObject({ state: z.enum(presences), until: z.iso.datetime({ offset: true }).nullish() })
    .optional()
    .describe("Away or off, their cases go back or are passed on as with the switch"),
  limit: z.int().min(1).max(100).optional(),
})
