import { expect, test } from "vitest"
import { type AcknowledgeFacts, acknowledgement, whyNotAcknowledge } from "#app/models/mail/acknowledge.ts"

const person: AcknowledgeFacts = {
  ...{ isOn: true, voice: "proven", machine: null, hasNullSender: false, isOurs: false, isUndeliverable: false },
  ...{ toAddress: 0, toDomain: 0, fromMailbox: 0, underSubject: 1, opened: 1 },
}

test("a proven person's first mail is acknowledged", () => {
  expect(whyNotAcknowledge(person)).toBeNull()
})

const refusals: [string, Partial<AcknowledgeFacts>][] = [
  ["the desk has not switched it on", { isOn: false }],
  ["a machine sent it", { machine: "auto" }],
  ["a list sent it", { machine: "list" }],
  ["it has an empty sender", { hasNullSender: true }],
  ["it comes from ourselves", { isOurs: true }],
  ["mail to it comes back", { isUndeliverable: true }],
  ["nothing proves its sender", { voice: "unproven" }],
  ["its domain disowns it", { voice: "refuted" }],
  ["its sender had one today", { toAddress: 1 }],
  ["its domain had twenty this hour", { toDomain: 20 }],
  ["the mailbox sent two hundred this hour", { fromMailbox: 200 }],
  ["many rotating senders use its subject", { underSubject: 4 }],
  ["its sender opens one case after the other", { opened: 6 }],
]
for (const [argument, facts] of refusals)
  test(`nothing is acknowledged when ${argument}`, () => {
    expect(whyNotAcknowledge({ ...person, ...facts })).not.toBeNull()
  })

test("up to its caps it still is", () => {
  expect(whyNotAcknowledge({ ...person, toDomain: 19, fromMailbox: 199, underSubject: 3, opened: 5 })).toBeNull()
})

test("an acknowledgement is the desk's own words with the number of the case", () => {
  expect(acknowledgement("It is {number}. Ask for {number}.", 12)).toBe("It is 12. Ask for 12.")
})
