import { expect, test } from "vitest"
import { expiryFrom } from "#app/models/people/expiry.ts"

const now = new Date("2026-03-10T11:00:00Z")
const told = (text: string) => {
  const at = expiryFrom(text, now)
  return at instanceof Date ? at.toISOString() : at
}

test("an end is a day, a number of days, never, or when nothing is said a year", () => {
  expect([told(""), told("90d"), told("2026-03-11"), told(" never ")]).toEqual([
    "2027-03-10T11:00:00.000Z",
    "2026-06-08T11:00:00.000Z",
    "2026-03-11T00:00:00.000Z",
    null,
  ])
})

test.each(["soon", "0d", "9999d", "-1d", "2026-02-30", "2026-13-01", "2026-3-1", "90", "NaNd"])(
  "%j is no end",
  (text) => {
    expect(told(text)).toHaveProperty("refused")
  },
)

test.each(["2026-03-10", "2001-01-01"])("%s is past", (text) => {
  expect(told(text)).toEqual({ refused: `${text} is in the past` })
})
