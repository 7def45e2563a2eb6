import { z } from "zod"
import { day } from "./parts.ts"

const byFace = (one: z.ZodType) => z.object({ happy: one, ok: one, frown: one })
const fraction = z.number().describe("Of one")
const difference = z.object({
  difference: fraction,
  low: fraction,
  high: fraction,
  clear: z.boolean().describe("The interval of 95% leaves out zero"),
})

const isOver = z.boolean().describe("False while the period is under way: its figures are those so far")

const Period = z.object({
  from: day,
  to: day.describe("The day after the last"),
  label: z.string(),
  asked: z.int(),
  rated: z.int(),
  responseRate: fraction.nullable().describe("Null under ten ratings, and by the day of rating"),
  happy: z.int(),
  ok: z.int(),
  frown: z.int(),
  shares: byFace(z.int().nullable()).describe("Whole percents that add up to 100; null under ten ratings"),
  intervals: byFace(z.array(z.number()).nullable()).describe(
    "Low and high end of the 95% interval, as fractions; null under ten ratings",
  ),
  isOver,
})

const zones = {
  timeZone: z.string().describe("The zone whose days are counted"),
  nextTimeZone: z
    .string()
    .nullable()
    .describe("The desk's zone, while the figures still stand under the old one and are being counted anew"),
}

export const Happiness = z.object({
  ...zones,
  basis: z.enum(["sent", "rated"]).describe("Ratings by the day of their reply, or by the day they came"),
  periods: z.array(Period),
  change: z
    .object({
      against: z.object({ from: day, to: day }),
      happy: difference,
      ok: difference,
      frown: difference,
    })
    .nullable()
    .describe("The last period against the one before it, or its same part; null where either has under ten ratings"),
  sentence: z.string(),
})

export const Load = z.object({
  ...zones,
  periods: z.array(
    z.object({
      from: day,
      to: day,
      label: z.string(),
      replies: z.int(),
      agentDays: z.int().describe("One for each person and day on which they sent a reply"),
      perAgentDay: z.number().nullable(),
      medianDay: z.number().nullable(),
      worstDay: z.number().nullable().describe("In replies per agent who worked that day"),
      worstDayOn: day.nullable(),
      isOver,
    }),
  ),
})
