import { expect, test } from "vitest"
import { dayFrom, dayText, overlapIn, weekFrom, weekText } from "#app/models/people/week.ts"

test("hours are read as people write them", () => {
  expect(weekFrom("Mon-Wed 9:00-17:00, Saturday 10 - 14")).toEqual([
    { weekday: 1, startsAt: 540, endsAt: 1020 },
    { weekday: 2, startsAt: 540, endsAt: 1020 },
    { weekday: 3, startsAt: 540, endsAt: 1020 },
    { weekday: 6, startsAt: 600, endsAt: 840 },
  ])
})

test.each([
  "",
  "always",
  "fri-mon 9-17",
  "mon 9-25",
  "mon 9:75-17",
  "mon 24-6",
  "mon 9-12, mon 11-13",
  "mon 9-17,",
  "mon-tue 22:00-10:00, tue 9:00-12:00",
  "sun 22:00-6:00, mon 5:00-9:00",
  "mon 9-17; drop table",
])("%j is no week", (text) => expect(weekFrom(text)).toBeNull())

test.each([
  "mon-fri 09:00-17:00",
  "mon-fri 09:00-12:30, mon-thu 13:00-17:00, sat 10:00-24:00",
  "fri 22:00-06:00",
  "mon 09:00-09:00",
])("%s is written back as it was read", (text) => expect(weekText(weekFrom(text) ?? [])).toBe(text))

test("an end that is not later than its beginning is on the next day", () => {
  expect(weekFrom("fri 22:00-06:00, sun 9-9")).toEqual([
    { weekday: 5, startsAt: 1320, endsAt: 1800 },
    { weekday: 7, startsAt: 540, endsAt: 1980 },
  ])
})

test("the hours of one day are typed without its name, and no hours are a day off", () => {
  expect(dayFrom(" 9:00-12:30, 13-17 ", 2)).toEqual([
    { weekday: 2, startsAt: 540, endsAt: 750 },
    { weekday: 2, startsAt: 780, endsAt: 1020 },
  ])
  expect([dayFrom("", 2), dayFrom("nine to five", 2), dayFrom("9-17,", 2)]).toEqual([[], null, null])
  expect(dayText(dayFrom("13-17, 9-12:30, 22-6", 2) ?? [], 2)).toBe("09:00-12:30, 13:00-17:00, 22:00-06:00")
})

test("hours that touch do not overlap, round the week's end neither", () => {
  expect(overlapIn(weekFrom("sun 22:00-6:00, mon 6:00-9:00, mon 9:00-12:00") ?? [])).toBeNull()
})
