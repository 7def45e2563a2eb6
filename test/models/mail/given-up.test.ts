import { expect, test } from "vitest"
import { effectOf } from "#app/models/mail/given-up.ts"

test("an address that is no address is given up at once", () => {
  expect(effectOf({ hard: true, reason: "userunknown", status: "5.1.1" }, 0)).toBe("give up")
})

test("a full mailbox is given up after three times in a week", () => {
  const full = { hard: false, reason: "mailboxfull", status: "5.2.2" }
  expect([1, 2, 3].map((times) => effectOf(full, times))).toEqual(["nothing", "nothing", "give up"])
})

test("a refusal by policy says nothing about the address, however often and hard", () => {
  for (const reason of ["spamdetected", "blocked", "authfailure"])
    expect(effectOf({ hard: true, reason, status: "5.7.1" }, 9)).toBe("tell admins")
  expect(effectOf({ hard: false, reason: "undefined", status: "5.7.26" }, 9)).toBe("tell admins")
})
