import { expect, test } from "vitest"
import { reached } from "#app/components/case/reached.ts"
import { shortened } from "#app/components/case/shortened.ts"
import { isOurWords, limitWords, waitingFor } from "#app/models/mail/delivery.ts"

test("a few names are all shown, of many the first three and how many more", () => {
  expect(shortened(["a", "b", "c", "d"])).toEqual({ shown: ["a", "b", "c", "d"], more: [] })
  expect(shortened(["a", "b", "c", "d", "e"])).toEqual({ shown: ["a", "b", "c"], more: ["d", "e"] })
})

const to = (...states: ("waiting" | "accepted" | "refused")[]) =>
  states.map((state, place) => ({ address: `p${place}@x.example`, state, answer: "" }))

test("a mail to several says how many it reached, as long as that is some and not all", () => {
  expect(reached(to("accepted", "refused", "accepted"))).toBe("Taken for 2 of 3.")
  expect(reached(to("accepted", "accepted"))).toBeNull()
  expect(reached(to("waiting", "waiting"))).toBeNull()
  expect(reached(to("accepted"))).toBeNull()
})

test("what we wait for ourselves is told apart from what a server said", () => {
  expect(waitingFor(limitWords(30, "a minute"))).toBe("the mailbox's limit of 30 a minute")
  expect(waitingFor("451 Waits: no")).toBeNull()
  expect(isOurWords("535 no")).toBe(false)
})
