import { expect, test } from "vitest"
import { EnvProblem, readEnv } from "#app/env.server.ts"
import { remoteOf, trustFrom, trustNobody } from "#app/remote.ts"

const asked = (remoteAddress: string, forwarded?: string | string[]) => ({
  headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
  socket: { remoteAddress },
})
const seen = (trusted: string, remoteAddress: string, forwarded?: string | string[]) =>
  remoteOf(asked(remoteAddress, forwarded), trustFrom(trusted) ?? trustNobody)

test("while no proxy is trusted nobody is believed about who they are", () => {
  expect(remoteOf(asked("198.51.100.7", "203.0.113.9"), trustNobody)).toBe("198.51.100.7")
  expect(seen("10.0.0.0/8", "198.51.100.7", "203.0.113.9")).toBe("198.51.100.7")
  expect(seen("0", "198.51.100.7", "203.0.113.9")).toBe("198.51.100.7")
})

test("behind a trusted proxy it is the last address it did not write for another proxy", () => {
  expect(seen("10.0.0.0/8", "10.0.0.1", "203.0.113.9")).toBe("203.0.113.9")
  expect(seen("10.0.0.0/8", "10.0.0.1", "192.0.2.66, 203.0.113.9")).toBe("203.0.113.9")
  expect(seen("10.0.0.0/8, 203.0.113.9", "10.0.0.1", "192.0.2.66, 203.0.113.9")).toBe("192.0.2.66")
  expect(seen("10.0.0.0/8", "10.0.0.1", ["192.0.2.66", "203.0.113.9, 10.1.1.1"])).toBe("203.0.113.9")
  expect(seen("2001:db8::/32", "2001:db8::1", "203.0.113.9")).toBe("203.0.113.9")
})

test("a count believes so many hops and no more", () => {
  const chain = "192.0.2.66, 203.0.113.9, 10.0.0.2"
  expect(seen("1", "10.0.0.1", chain)).toBe("10.0.0.2")
  expect(seen("2", "10.0.0.1", chain)).toBe("203.0.113.9")
  expect(seen("9", "10.0.0.1", chain)).toBe("192.0.2.66")
})

test("one address has one spelling", () => {
  expect(seen("10.0.0.1", "::ffff:10.0.0.1", "::FFFF:203.0.113.9")).toBe("203.0.113.9")
  expect(seen("::ffff:10.0.0.1", "10.0.0.1", "2001:DB8:0:0::0001")).toBe("2001:db8::1")
  expect(seen("1", "10.0.0.1", "203.0.113.9:4711")).toBe("203.0.113.9")
  expect(seen("1", "10.0.0.1", "[2001:db8::1]:4711")).toBe("2001:db8::1")
})

test.each([
  "",
  "unknown",
  "localhost",
  "203.0.113",
  "203.0.113.256",
  "010.0.0.9",
  "evil\r\nx",
  "1.2.3.4 5.6.7.8",
  "_hidden",
])("what is no address (%j) leaves the proxy's own", (said) => {
  expect(seen("10.0.0.0/8", "10.0.0.1", said)).toBe("10.0.0.1")
})

test.each([
  ...["nonsense", "10.0.0.0/33", "10.0.0.0/0", "::1/129", "10.0.0.0/8/8", "10.0.0", "010.0.0.1", "-1", "1.5", "100"],
  ...["10.0.0.1,", "10.0.0.1;10.0.0.2", "proxy.example", "10.0.0.0/255.0.0.0", "10.0.0.*", "true", "127.1"],
])("TRUST_PROXY=%s is one clear line", (TRUST_PROXY) => {
  expect(() => readEnv({ NODE_ENV: "test", TRUST_PROXY })).toThrow(EnvProblem)
  expect(() => readEnv({ NODE_ENV: "test", TRUST_PROXY })).toThrow(
    /^TRUST_PROXY: must be how many proxies stand in front, or their addresses or ranges with commas between$/,
  )
})

test.each(["0", "2", "10.0.0.1", "10.0.0.0/8, 2001:db8::/32", "::1"])("TRUST_PROXY=%s is taken", (TRUST_PROXY) => {
  expect(readEnv({ NODE_ENV: "test", TRUST_PROXY }).trustProxy).not.toBe(trustNobody)
})
