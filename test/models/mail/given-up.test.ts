import { expect, test } from "vitest"
import { adviceOn, effectOf } from "#app/models/mail/given-up.ts"

test("an address that is no address is given up at once", () => {
  expect(effectOf({ hard: true, reason: "userunknown", status: "5.1.1" }, 0)).toBe("give up")
})

test("a full mailbox is given up after three times in a week", () => {
  const full = { hard: false, reason: "mailboxfull", status: "5.2.2" }
  expect([1, 2, 3].map((times) => effectOf(full, times))).toEqual(["nothing", "nothing", "give up"])
})

test("a refusal of our server or its ways says nothing about the address, and each has its advice", () => {
  const reasons = ["rejected", "requireptr", "speeding", "toomanyconn", "failedstarttls", "norelaying"]
  for (const reason of reasons) {
    expect(effectOf({ hard: true, reason, status: "5.1.8" }, 9)).toBe("tell admins")
    expect(effectOf({ hard: false, reason, status: "4.4.5" }, 9)).toBe("tell admins")
  }
  expect(adviceOn("requireptr")).toContain("PTR")
  expect(adviceOn("speeding")).toContain("lower limit")
  expect(adviceOn("undefined")).toContain("SPF")
})

test("a letter too large or too widely addressed blames nobody, however often", () => {
  for (const reason of ["mesgtoobig", "exceedlimit", "contenterror"])
    expect(effectOf({ hard: false, reason, status: "5.3.4" }, 9)).toBe("nothing")
})

test("a refusal by policy says nothing about the address, however often and hard", () => {
  for (const reason of ["spamdetected", "blocked", "authfailure"])
    expect(effectOf({ hard: true, reason, status: "5.7.1" }, 9)).toBe("tell admins")
  expect(effectOf({ hard: false, reason: "undefined", status: "5.7.26" }, 9)).toBe("tell admins")
})
