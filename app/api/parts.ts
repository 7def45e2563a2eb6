import { z } from "zod"

/** What several answers of the API are made of. Times are ISO 8601 in UTC. */
export const moment = z.string().meta({ format: "date-time" })
export const day = z.string().meta({ format: "date" })
export const email = z.string().describe("An address, in lower case as it is compared")
export const person = z.object({ name: z.string(), email })

export const page = (row: z.ZodType) =>
  z.object({
    data: z.array(row),
    next: z.string().nullable().describe("Give it back as `cursor` for the next page; null at the end"),
  })

/** Every refusal (RFC 9457). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe("What is wrong, in a sentence"),
})
