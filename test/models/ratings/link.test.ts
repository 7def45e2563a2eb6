import { expect, test } from "vitest"
import { networkOf } from "#app/models/ratings/client.ts"
import { linkState } from "#app/models/ratings/link.ts"
import { later } from "#test/fixtures/desk.ts"

const day = 1440
const sent = { revokedAt: null, expiresAt: later(30 * day) }

test("a link lives thirty days and then not a moment longer", () => {
  expect(linkState(sent, null, 30, later(30 * day))).toBe("live")
  expect(linkState(sent, null, 30, later(30 * day + 1))).toBe("expired")
})

test("a link whose mail is not known to have left is live: somebody has it", () => {
  expect(linkState({ revokedAt: null, expiresAt: null }, null, 30, later(90 * day))).toBe("live")
})

test("while its frown is open, and thirty days after, the customer can still say that it turned", () => {
  expect(linkState(sent, { closedAt: null }, 30, later(200 * day))).toBe("live")
  expect(linkState(sent, { closedAt: later(40 * day) }, 30, later(70 * day))).toBe("live")
  expect(linkState(sent, { closedAt: later(40 * day) }, 30, later(71 * day))).toBe("expired")
})

test("a revoked link is revoked whatever else is true", () => {
  expect(linkState({ ...sent, revokedAt: later(1) }, { closedAt: null }, 30, later(2))).toBe("revoked")
})

test("a client is known by its neighbourhood: IPv4 /24 and IPv6 /56, however it is written", () => {
  expect(networkOf("203.0.113.77")).toBe(networkOf("203.0.113.12"))
  expect(networkOf("203.0.113.77")).not.toBe(networkOf("203.0.112.77"))
  expect(networkOf("::ffff:203.0.113.77")).toBe(networkOf("203.0.113.1"))
  expect(networkOf("2001:db8:0:12ff::1")).toBe(networkOf("2001:0DB8:0000:1234:5:6:7:8"))
  expect(networkOf("2001:db8:0:1200::1")).not.toBe(networkOf("2001:db8:0:1300::1"))
  expect(networkOf("fe80::1%eth0")).toBe(networkOf("fe80::2"))
  expect(networkOf("::1")).toBe("00000000000000")
})
