import fc from "fast-check"
import { expect, test } from "vitest"
import { holidaysFromIcs } from "#app/models/people/ics.ts"

const today = "2026-03-10"
const file = (...events: string[]) =>
  ["BEGIN:VCALENDAR", ...events.map((event) => `BEGIN:VEVENT\r\n${event}\r\nEND:VEVENT`), "END:VCALENDAR"].join("\r\n")
const read = (...events: string[]) => {
  const found = holidaysFromIcs(file(...events), today)
  if ("refused" in found) throw new Error(found.refused)
  return {
    days: found.holidays.map(({ day, name }) => `${day} ${name}`),
    left: found.leftOut.map((one) => one.because),
  }
}

test("whole days are holidays, the end of an event is the day after it", () => {
  expect(read("DTSTART;VALUE=DATE:20260501\r\nDTEND;VALUE=DATE:20260502\r\nSUMMARY:May Day").days).toEqual([
    "2026-05-01 May Day",
  ])
  expect(read("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:Xmas").days).toEqual([
    "2026-12-24 Xmas",
    "2026-12-25 Xmas",
    "2026-12-26 Xmas",
  ])
  expect(read("DTSTART:20260501\r\nDURATION:P2D").days).toEqual(["2026-05-01 Holiday", "2026-05-02 Holiday"])
})

test("a yearly one is written out for this year and five more, from whenever it began", () => {
  const { days } = read("DTSTART;VALUE=DATE:20101003\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Unity")
  expect([days.length, days[0], days.at(-1)]).toEqual([6, "2026-10-03 Unity", "2031-10-03 Unity"])
  expect(read("DTSTART:20251003\r\nRRULE:FREQ=YEARLY;COUNT=2").days).toEqual(["2026-10-03 Holiday"])
  expect(read("DTSTART:20251003\r\nRRULE:FREQ=YEARLY;UNTIL=20271231T000000Z").days).toHaveLength(2)
  expect(read("DTSTART:20251003\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20261003").days[0]).toMatch(/^2027/)
})

test("a yearly 29 February comes in leap years only", () => {
  expect(read("DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY").days).toEqual(["2028-02-29 Holiday"])
})

test.each([
  ["DTSTART:20260501T100000Z", "has a time, a holiday is a whole day"],
  ["SUMMARY:No day", "has no day that can be read"],
  ["DTSTART;VALUE=DATE:20270229", "has no day that can be read"],
  ["DTSTART:20260501\r\nDTEND:20260401", "ends before it begins"],
  ["DTSTART:20260501\r\nSTATUS:CANCELLED", "is cancelled"],
  ["DTSTART:20190501", "is not within 2026 to 2031"],
  ["DTSTART:20260101\r\nDTEND:20270101", "is longer than 62 days"],
  [
    "DTSTART:20261126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
    "repeats in a way that is not read, only every year on the same date is",
  ],
  ["DTSTART:20261126\r\nRRULE:FREQ=DAILY", "repeats in a way that is not read, only every year on the same date is"],
  [
    "DTSTART:20261126\r\nRRULE:FREQ=YEARLY;INTERVAL=0",
    "repeats in a way that is not read, only every year on the same date is",
  ],
])("%j is left out and says why", (event, because) => {
  expect(read(event)).toEqual({ days: [], left: [because] })
})

test("names are unfolded and freed of their marks, what is inside an event is not the event", () => {
  const event =
    'SUMMARY;LANGUAGE="de:x":New\\, Year\r\n \'s\\n Day\u0007\r\nBEGIN:VALARM\r\nSUMMARY:Ring\r\nDTSTART:19990101\r\nEND:VALARM\r\nDTSTART:20270101'
  expect(read(event).days).toEqual(["2027-01-01 New, Year's  Day"])
})

test.each([
  ["", /no calendar file/],
  ["nonsense", /no calendar file/],
  ["\u0000\u0001PNG", /no calendar file/],
  ["BEGIN:VCALENDAR\r\nEND:VCALENDAR", /no event/],
  [`BEGIN:VCALENDAR\n${"BEGIN:VEVENT\nEND:VEVENT\n".repeat(5001)}`, /More than 5000 events/],
])("%.20j is refused in words", (text, words) => {
  expect(holidaysFromIcs(text, today)).toEqual({ refused: expect.stringMatching(words) })
})

test("whatever the file says, it is read or refused, and every day is one", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "BEGIN:VEVENT",
      "END:VEVENT",
      "DTSTART:20260501",
      "RRULE:FREQ=YEARLY;INTERVAL=1e9",
      "DTEND:99991231",
    ),
    fc.string({ maxLength: 30 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (lines) => {
      const found = holidaysFromIcs(["BEGIN:VCALENDAR", ...lines].join("\n"), today)
      const days = "refused" in found ? [] : found.holidays
      expect(days.every(({ day }) => /^20(2[6-9]|3[01])-\d\d-\d\d$/.test(day))).toBe(true)
    }),
  )
})
