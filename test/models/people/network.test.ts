import { expect, test } from "vitest"
import { lineOf, networkOf } from "#app/models/people/network.ts"

test.each([
  ["192.0.2.7", "::ffff:192.0.2.7", "::FFFF:c000:207"],
  ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:0DB8:0001:0002:0:0:0:9"],
  ["fe80::1", "fe80::1%eth0", "fe80::2"],
])("%s counts as %s and as %s", (...addresses) => {
  expect(new Set(addresses.map(lineOf)).size).toBe(1)
})

test.each([
  ["192.0.2.7", "192.0.2.8"],
  ["2001:db8:1:2::1", "2001:db8:1:3::1"],
  ["192.0.2.7", "64:ff9b::c000:207"],
])("%s and %s are two", (one, other) => {
  expect(lineOf(one)).not.toBe(lineOf(other))
})

test("a neighbourhood is a /24, or the /48 of an IPv6 line", () => {
  expect(networkOf("192.0.2.7")).toBe(networkOf("::ffff:192.0.2.200"))
  expect(networkOf("2001:db8:1:2::1")).toBe(networkOf("2001:db8:1:ffff::1"))
  expect(networkOf("2001:db8:1::1")).not.toBe(networkOf("2001:db8:2::1"))
})

test.each(["", "unknown", "' or 1=1", "1.2.3.4.5", "x".repeat(10_000)])(
  "%j is no address, and counts as one",
  (text) => {
    expect([lineOf(text), networkOf(text)]).toEqual(["no address", "no address"])
  },
)
