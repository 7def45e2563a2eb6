import { expect, test } from "vitest"
import { weekFrom, weekText } from "#app/models/people/week.ts"

test("hours are read as people write them", () => {
  expect(weekFrom("Mon-Wed 9:00-17:00, Saturday 10 - 14")).toEqual([
    { weekday: 1, startsAt: 540, endsAt: 1020 },
    { weekday: 2, startsAt: 540, endsAt: 1020 },
    { weekday: 3, startsAt: 540, endsAt: 1020 },
    { weekday: 6, startsAt: 600, endsAt: 840 },
  ])
})

test.each(["", "always", "mon 17:00-9:00", "fri-mon 9-17", "mon 9-25", "mon 9-12, mon 11-13", "mon 9-17,"])(
  "%j is no week",
  (text) => expect(weekFrom(text)).toBeNull(),
)

test.each(["mon-fri 09:00-17:00", "mon-fri 09:00-12:30, mon-thu 13:00-17:00, sat 10:00-24:00"])(
  "%s is written back as it was read",
  (text) => expect(weekText(weekFrom(text) ?? [])).toBe(text),
)
