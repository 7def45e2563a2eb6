import { expect, test } from "vitest"
import type { PastVote } from "#app/models/ratings/contest.ts"
import { judge, type PressFacts } from "#app/models/ratings/press.ts"
import { later } from "#test/fixtures/desk.ts"

const now = later(10)
const ago = (seconds: number) => later(10 - seconds / 60)

/** A person who opened the mail ten minutes after it left and pressed after four seconds. */
const person: PressFacts = {
  link: "live",
  sentAt: ago(600),
  pageAt: ago(4),
  isCrossSite: false,
  isStaff: false,
  honeypot: "",
  withScript: true,
  withGesture: true,
  face: "happy",
  lineageHash: "person",
  clientKey: "their phone",
  landings: [{ face: "happy", at: ago(4), clientKey: "their phone" }],
  votes: [],
}
const verdict = (different: Partial<PressFacts>) => {
  const { status, because } = judge({ ...person, ...different }, now)
  return because === "" ? status : `${status}: ${because}`
}
const theirs: PastVote = {
  ...{ id: 7, at: ago(60), face: "frown", status: "accepted", because: "" },
  ...{ lineageHash: "somebody else", clientKey: "another", settledAt: null },
}

test("a person's press is accepted", () => expect(verdict({})).toBe("accepted"))

test("R1: a revoked or expired link is refused", () => {
  expect(verdict({ link: "revoked" })).toBe("rejected: revoked")
  expect(verdict({ link: "expired" })).toBe("rejected: expired")
})

test("R2: without our page there is no vote", () => expect(verdict({ pageAt: null })).toBe("rejected: no page"))

test("R3: another site cannot press", () => expect(verdict({ isCrossSite: true })).toBe("rejected: cross-site"))

test("R4: a signed-in colleague sees a preview", () => expect(verdict({ isStaff: true })).toBe("rejected: preview"))

test("R5: a field no person sees was filled in", () => expect(verdict({ honeypot: "x" })).toBe("rejected: honeypot"))

test("R6: faster than a hand, or from a page of yesterday, is held", () => {
  expect(verdict({ pageAt: ago(0.699) })).toBe("held: too fast")
  expect(verdict({ pageAt: ago(0.7) })).toBe("accepted")
  expect(verdict({ pageAt: ago(86_400) })).toBe("accepted")
  expect(verdict({ pageAt: ago(86_401) })).toBe("held: too old")
})

test("R6: with the script and without a gesture it is held; without the script there is no gesture to ask for", () => {
  expect(verdict({ withGesture: false })).toBe("held: no gesture")
  expect(verdict({ withGesture: false, withScript: false })).toBe("accepted")
})

test("R6: within twenty seconds of the sending it is held", () => {
  expect(verdict({ sentAt: ago(19) })).toBe("held: too soon")
  expect(verdict({ sentAt: ago(20) })).toBe("accepted")
})

test("R7: who opened all three within a minute is asked again", () => {
  const landings = (["happy", "ok", "frown"] as const).map((face) => ({ face, at: ago(9), clientKey: "their phone" }))
  expect(verdict({ landings })).toBe("contested: sweep")
})

test("R8: two people, two faces, two minutes: both are contested", () => {
  const { status, because, contested } = judge({ ...person, votes: [theirs] }, now)
  expect([status, because, [...contested]]).toEqual(["contested", "contest", [[7, "contest"]]])
})

test("R8: the same person may change their mind at once", () => {
  expect(verdict({ votes: [{ ...theirs, lineageHash: "person" }] })).toBe("accepted")
})

test("R8: after a contest and two quiet minutes a fresh page counts, one from before must be pressed once more", () => {
  const past: PastVote = { ...theirs, at: ago(130), status: "contested", because: "contest" }
  expect(verdict({ votes: [past], pageAt: ago(5) })).toBe("accepted")
  expect(verdict({ votes: [past], pageAt: ago(140) })).toBe("held: page from before a contest")
})

test("S23: a colleague with the forwarded mail changes it the next day, and it is noted as another device", () => {
  const yesterday: PastVote = { ...theirs, at: ago(86_400), settledAt: ago(86_000) }
  expect(verdict({ votes: [yesterday] })).toBe("accepted: other device")
})

test("what refuses comes before what holds, and what holds before what contests", () => {
  expect(verdict({ honeypot: "x", pageAt: ago(0) })).toBe("rejected: honeypot")
  expect(verdict({ pageAt: ago(0), votes: [theirs] })).toBe("held: too fast")
})
