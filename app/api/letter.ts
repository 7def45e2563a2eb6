import { z } from "zod"

/** One file of a JSON body. */
export const AttachmentGiven = z.strictObject({
  filename: z.string().min(1),
  contentType: z.string().default("application/octet-stream"),
  content: z.string().describe("The bytes in base64").meta({ contentEncoding: "base64" }),
})

const text = z
  .string()
  .describe(
    "At most 50,000 characters. Arrives as it is but for **bold**, `code`, [links](https://…), lists with - or 1. and quotes with >",
  )
const agent = z.string().describe("The email of the person in whose name it is written")

export const newReply = {
  agent,
  text,
  close: z.boolean().default(false).describe("Close the case with it"),
  seen: z.int().nullable().default(null).describe("The newest message its writer knew of: a newer one stops the reply"),
}

export const newCase = {
  mailbox: z.string().describe("The mailbox it leaves from"),
  agent,
  to: z.string().describe("The customer's address"),
  subject: z.string(),
  text,
}

export const HandOver = z.object({
  agent: z.string().nullable().describe("The email of whose it is from now on; null: nobody's"),
  expected: z.string().nullable().optional().describe("Only while this person, or with null nobody, has it: else 409"),
})

export const Closed = z.object({ closed: z.boolean() })
