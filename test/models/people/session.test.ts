import { expect, test } from "vitest"
import { sessionCookie, sessionToken } from "#app/models/people/cookie.ts"
import { isFresh, isLive, isWorthNoting } from "#app/models/people/session.ts"
import { later, noon } from "#test/fixtures/desk.ts"

const day = 24 * 60
const session = (seenAt: Date) => ({ createdAt: noon, seenAt, provedAt: noon })
const token = "x".repeat(43)
const asking = (url: string, cookie: string) => new Request(url, { headers: { cookie } })

test("a session ends after seven days without use", () => {
  expect(isLive(session(noon), later(7 * day - 1))).toBe(true)
  expect(isLive(session(noon), later(7 * day))).toBe(false)
})

test("a session ends after thirty days however much it is used", () => {
  expect(isLive(session(later(30 * day - 5)), later(30 * day - 1))).toBe(true)
  expect(isLive(session(later(30 * day - 5)), later(30 * day))).toBe(false)
})

test("ten minutes after the password was typed what matters asks for it again", () => {
  expect(isFresh(session(noon), later(9))).toBe(true)
  expect(isFresh(session(noon), later(10))).toBe(false)
})

test("a session is noted as seen once a minute", () => {
  expect([isWorthNoting(session(noon), later(0.9)), isWorthNoting(session(noon), later(1))]).toEqual([false, true])
})

test("over https the cookie is bound to the host and to https", () => {
  expect(sessionCookie(new Request("https://desk.example/"), token)).toBe(
    `__Host-desk=${token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=2592000`,
  )
})

test("a cookie set over plain http does not count over https", () => {
  expect(sessionToken(asking("https://desk.example/", `desk=${token}`))).toBeNull()
  expect(sessionToken(asking("https://desk.example/", `a=b; __Host-desk=${token}`))).toBe(token)
  expect(sessionToken(asking("http://localhost:3000/", `desk=${token}`))).toBe(token)
})

test.each(["", "desk=", "desk=short", `desk=${"'".repeat(43)}`, `xdesk=${token}`])("%j is no session", (cookie) => {
  expect(sessionToken(asking("http://localhost:3000/", cookie))).toBeNull()
})
