import { expect, test } from "vitest"
import { deliveryOf, isHeld, type MailFacts, type RecipientFacts } from "#app/models/mail/delivery.ts"
import { dana, later, noon } from "#test/fixtures/desk.ts"

const mail = (facts: Partial<MailFacts> = {}): MailFacts => ({
  id: 1,
  writtenAt: noon,
  undoUntil: noon,
  dueAt: noon,
  attempts: 0,
  leasedUntil: null,
  sentAt: null,
  keptAt: null,
  failedAt: null,
  unconfirmedAt: null,
  lastAnswer: "",
  ...facts,
})
const to = (state: RecipientFacts["state"]) => [{ address: dana.address, state, answer: "" }]
const stateOf = (facts: Partial<MailFacts>, recipients = to("waiting")) =>
  deliveryOf(mail(facts), recipients, noon).state

test("until the window closes it is held, then queued", () => {
  expect(stateOf({ undoUntil: later(1), dueAt: later(1) })).toBe("held")
  expect(stateOf({})).toBe("queued")
})

test("under a lease it is being sent, after a try in vain it is deferred", () => {
  expect(stateOf({ attempts: 1, leasedUntil: later(1) })).toBe("sending")
  expect(stateOf({ attempts: 1, dueAt: later(5) })).toBe("deferred")
})

test("every ending has a name", () => {
  expect(stateOf({ sentAt: noon, attempts: 1 }, to("accepted"))).toBe("sent")
  expect(stateOf({ keptAt: noon })).toBe("kept")
  expect(stateOf({ failedAt: noon }, to("refused"))).toBe("failed")
  expect(stateOf({ unconfirmedAt: noon, leasedUntil: later(-1) })).toBe("unconfirmed")
})

test("mail that came back from everybody failed, from some it was sent", () => {
  expect(stateOf({ sentAt: noon }, to("bounced"))).toBe("failed")
  expect(stateOf({ sentAt: noon }, [...to("bounced"), ...to("accepted")])).toBe("sent")
})

test("what somebody has begun to send cannot be taken back", () => {
  const held = mail({ undoUntil: later(1) })
  expect(isHeld(held, noon)).toBe(true)
  expect(isHeld(held, later(1))).toBe(false)
  expect(isHeld({ ...held, attempts: 1 }, noon)).toBe(false)
  expect(isHeld({ ...held, leasedUntil: noon }, noon)).toBe(false)
})
