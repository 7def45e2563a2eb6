import { expect, test } from "vitest"
import { callable, hostAndPort, listenHostFrom, listenWords } from "#app/listen-problem.ts"

test.each([
  ["127.0.0.1", "127.0.0.1"],
  ["0.0.0.0", "0.0.0.0"],
  ["::", "::"],
  ["[::1]", "::1"],
  [" localhost ", "localhost"],
  ["fe80::1%eth0", "fe80::1%eth0"],
  ["desk.internal.", "desk.internal."],
  ["my_container", "my_container"],
  ["0.0.0.0:3000", null],
  ["[::1]:3000", null],
  ["http://0.0.0.0", null],
  ["*", null],
  ["a b", null],
  ["-desk", null],
  ["1::2::3", null],
  [" ", null],
])("HOST %j is listened on as %j", (typed, host) => {
  expect(listenHostFrom(typed)).toBe(host)
})

test("an address with a port has brackets around IPv6, and everywhere is called at home", () => {
  expect([hostAndPort("::1", 25), hostAndPort("127.0.0.1", 25)]).toEqual(["[::1]:25", "127.0.0.1:25"])
  expect(["0.0.0.0", "::", "0:0::", "::1", "10.0.0.1", "localhost"].map(callable)).toEqual([
    ...["127.0.0.1", "::1", "::1", "::1", "10.0.0.1", "localhost"],
  ])
})

test.each(["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN", "EAFNOSUPPORT"])(
  "%s is told with what to set",
  (code) => {
    const words = listenWords(code, { setting: "MAIL_PORT", host: "192.0.2.7", port: 25 })
    expect(words).toMatch(/\b(Set (it|PORT or MAIL_PORT)) to|above 1023/)
  },
)
