import fc from "fast-check"
import ICAL from "ical.js"
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

test("a rule for every no years is read as every year, as other calendars do", () => {
  expect(read("DTSTART:20261126\r\nRRULE:FREQ=YEARLY;INTERVAL=0").days).toHaveLength(6)
})

test("a weekday of a month is found in each year", () => {
  const thanks = read("DTSTART;VALUE=DATE:20201126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\nSUMMARY:Thanks").days
  expect([thanks.length, ...thanks.slice(0, 3)]).toEqual([
    6,
    "2026-11-26 Thanks",
    "2027-11-25 Thanks",
    "2028-11-23 Thanks",
  ])
  expect(read("DTSTART:20200525\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO").days.slice(0, 2)).toEqual([
    "2026-05-25 Holiday",
    "2027-05-31 Holiday",
  ])
})

test("days added to what repeats, taken from it, moved and cancelled are as the file says", () => {
  const yearly = "UID:a\r\nDTSTART:20251003\r\nSUMMARY:Unity\r\nRRULE:FREQ=YEARLY;UNTIL=20291231"
  expect(read(`${yearly}\r\nRDATE;VALUE=DATE:20260704,20270704\r\nEXDATE:20261003,20281003`).days).toEqual([
    "2026-07-04 Unity",
    "2027-07-04 Unity",
    "2027-10-03 Unity",
    "2029-10-03 Unity",
  ])
  expect(read("DTSTART:20260501\r\nRDATE:20270502").days).toEqual(["2026-05-01 Holiday", "2027-05-02 Holiday"])
  const moved = "UID:a\r\nRECURRENCE-ID:20261003\r\nDTSTART:20261005\r\nSUMMARY:Unity, moved"
  const cancelled = "UID:a\r\nRECURRENCE-ID:20271003\r\nDTSTART:20271003\r\nSTATUS:CANCELLED"
  const others = "UID:b\r\nRECURRENCE-ID:20281003\r\nDTSTART:20290101"
  expect(read(yearly, moved, cancelled, others)).toEqual({
    days: ["2028-10-03 Unity", "2029-10-03 Unity", "2026-10-05 Unity, moved", "2029-01-01 Holiday"],
    left: ["is cancelled"],
  })
})

/** How often the library looks at a year, or for a next day. */
function stepsOf(work: () => unknown) {
  const kept = { ...Object.getOwnPropertyDescriptors(ICAL.RecurIterator.prototype) }
  let steps = 0
  for (const name of [
    "expand_year_days",
    "next",
    "increment_year",
    "increment_monthday",
    "increment_second",
  ] as const) {
    const own = kept[name]?.value as (...given: unknown[]) => unknown
    Object.defineProperty(ICAL.RecurIterator.prototype, name, {
      ...kept[name],
      value(...given: unknown[]) {
        steps++
        return own.apply(this, given)
      },
    })
  }
  work()
  for (const [name, own] of Object.entries(kept)) Object.defineProperty(ICAL.RecurIterator.prototype, name, own)
  return steps
}

test.each([
  ["FREQ=SECONDLY", 0],
  ["FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", 0],
  ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", 0],
  ["FREQ=MONTHLY;INTERVAL=48;BYMONTH=2;BYDAY=5MO", 0],
  [`FREQ=YEARLY;BYDAY=${Array.from({ length: 53 }, (_, n) => `${n + 1}MO,${n + 1}TU`)}`, 0],
  ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 100],
  ["FREQ=YEARLY;BYMONTH=4;BYDAY=1MO;BYMONTHDAY=20", 100],
  ["FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", 5000],
  ["FREQ=YEARLY;INTERVAL=999999999", 100],
  ["FREQ=YEARLY;COUNT=999999999", 100],
])("a rule such as %.60s is done with in so many steps: %i", (rule, most) => {
  expect(stepsOf(() => read(`DTSTART:20250131\r\nRRULE:${rule}`))).toBeLessThanOrEqual(most)
})

test("a file whose rules would take more steps than a list of holidays does is refused, after so many", () => {
  const old = Array.from({ length: 5000 }, () => "DTSTART:16000101\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
  let found: unknown
  const steps = stepsOf(() => {
    found = holidaysFromIcs(file(...old), today)
  })
  expect(found).toEqual({ refused: expect.stringMatching(/repeats too often/) })
  expect(steps).toBeLessThan(250_000)
})

test.each([
  ["BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260501"],
  ["BEGIN:VCALENDAR\r\nno colon\r\nEND:VCALENDAR"],
  ["BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nEND:VCALENDAR\r\nEND:VEVENT\r\nX:1"],
  [file("DTSTART:20260501\r\nRRULE:FREQ=NEVER")],
  [file("DTSTART:20260501\r\nRRULE:FREQ=YEARLY;BYDAY=XX")],
])("%j is refused as broken", (text) => {
  expect(holidaysFromIcs(text, today)).toEqual({ refused: expect.stringMatching(/broken or cut off/) })
})

test.each([
  ["DTSTART:20260501T100000Z", "has a time, a holiday is a whole day"],
  ["SUMMARY:No day", "has no day that can be read"],
  ["DTSTART;VALUE=DATE:20270229", "has no day that can be read"],
  ["DTSTART:20260501\r\nDTEND:20260401", "ends before it begins"],
  ["DTSTART:20260501\r\nSTATUS:CANCELLED", "is cancelled"],
  ["DTSTART:20190501", "is not within 2026 to 2031"],
  ["DTSTART:20260101\r\nDTEND:20270101", "is longer than 62 days"],
  ["DTSTART:20261126\r\nRRULE:FREQ=DAILY", "repeats in a way that is not read, only every year is"],
  ["DTSTART:20261126\r\nRRULE:FREQ=YEARLY;BYHOUR=1,2", "repeats in a way that is not read, only every year is"],
  ["DTSTART:20260101\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "is not within 2026 to 2031"],
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
