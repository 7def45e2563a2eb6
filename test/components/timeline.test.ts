import { expect, test } from "vitest"
import { timelineOf } from "#app/components/timeline.ts"

const at = (minute: number) => new Date(Date.UTC(2026, 2, 10, 11, minute)).toISOString()
const said = (kinds: string) =>
  [...kinds].map((kind, place) => ({ id: place + 1, at: at(place), kind: kind === "r" ? "reply" : "email" }) as const)
const open = (kinds: string) =>
  timelineOf({ messages: said(kinds), notes: [], events: [], assignments: [] })
    .map((item) => (item.kind === "message" && item.open ? "o" : "-"))
    .join("")

test("a short case is all open", () => expect(open("ere")).toBe("ooo"))
test("what was said since our last reply is open, and that reply", () => expect(open("ereree")).toBe("---ooo"))
test("after our own last word only that is open", () => expect(open("erer")).toBe("---o"))
test("a customer who wrote often and has no answer yet is read whole at the end", () =>
  expect(open("eeeee")).toBe("--ooo"))
test("a case without messages is empty", () => expect(open("")).toBe(""))

test("things of one moment are told in the order of cause", () => {
  const one = { id: 1, at: at(0) }
  const items = timelineOf({ messages: said("e"), notes: [one], events: [one], assignments: [one] })
  expect(items.map(({ kind }) => kind)).toEqual(["message", "note", "event", "assignment"])
})

test("everything stands where it happened", () => {
  const items = timelineOf({
    messages: said("er"),
    notes: [{ id: 9, at: new Date(Date.UTC(2026, 2, 10, 11, 0, 30)).toISOString() }],
    events: [{ id: 4, at: at(5) }],
    assignments: [],
  })
  expect(items.map(({ kind }) => kind)).toEqual(["message", "note", "message", "event"])
})
