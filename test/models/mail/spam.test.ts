import { expect, test } from "vitest"
import { disownedSign, filterMark, type SpamFacts, spamSign } from "#app/models/mail/spam.ts"

const mail: SpamFacts = {
  ...{ filter: null, address: null, domain: null, isCleared: false },
}
const disowned = { level: "fail", policy: "reject", domain: "customer.example" } as const

test("a mail nobody says anything against is no spam", () => {
  expect(spamSign(mail)).toBeNull()
})

test("a blocked sender, a blocked domain and a filter's mark each make it spam", () => {
  for (const facts of [{ address: "block" }, { domain: "block" }, { filter: "x-spam-flag: YES" }] as const)
    expect(spamSign({ ...mail, ...facts })).not.toBeNull()
})

test("a new matter its domain disowns is spam, one it only doubts is not", () => {
  expect(disownedSign(disowned)).not.toBeNull()
  expect(disownedSign({ ...disowned, policy: "quarantine" })).toBeNull()
  expect(disownedSign({ ...disowned, level: "none" })).toBeNull()
})

test("a welcome sender beats a filter and a blocked domain", () => {
  expect(spamSign({ ...mail, address: "welcome", domain: "block", filter: "x" })).toBeNull()
  expect(spamSign({ ...mail, domain: "welcome", filter: "x" })).toBeNull()
})

test("a person's word about this very mail beats everything", () => {
  expect(spamSign({ ...mail, isCleared: true, address: "block", filter: "x" })).toBeNull()
})

test("the marks of the filters people run are known", () => {
  const marked = (name: string, value: string) => filterMark([{ name, value }]) !== null
  expect(marked("x-spam-status", "Yes, score=9.1 required=5")).toBe(true)
  expect(marked("x-spam-status", "No, score=-1")).toBe(false)
  expect(marked("x-spam-flag", "YES")).toBe(true)
  expect(marked("x-rspamd-action", "add header")).toBe(true)
  expect(marked("x-rspamd-action", "no action")).toBe(false)
  expect(marked("x-ses-spam-verdict", "FAIL")).toBe(true)
  expect(marked("x-ses-spam-verdict", "PASS")).toBe(false)
})
