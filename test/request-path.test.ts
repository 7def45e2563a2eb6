import { flatRoutes } from "@remix-run/dev/dist/config/flat-routes.js"
import { matchRoutes } from "@remix-run/react"
import fc from "fast-check"
import { expect, test } from "vitest"
import { limitsOf } from "#app/limits.ts"
import { isSameButSlash, readTarget, shownPath } from "#app/request-path.ts"
import { projectRoot } from "#db/place.server.ts"

const token = "abcdefghijklmnopqrstuvwxyz"
const invitation = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF"

test.each([
  ["/cases?state=all", "/cases"],
  ["/", "/"],
  [`/r/${token}/happy.`, `/r/${token}/happy.`],
  ["/api/v1/agents/ann%40desk.example", "/api/v1/agents/ann%40desk.example"],
  ["/customers;a=1", "/customers;a=1"],
])("%s is in normal form", (target, path) => {
  expect(readTarget(target)).toMatchObject({ path, isNormal: true })
})

test.each([
  [`/R/${token}/happy`, `/r/${token}/happy`],
  [`//r/${token}//happy`, `/r/${token}/happy`],
  [`/%72/${token}/happy/`, `/r/${token}/happy`],
  [`/Invitation/${invitation}`, `/invitation/${invitation}`],
  ["/SIGN-IN", "/sign-in"],
  ["/API/v1/mail", "/api/v1/mail"],
  ["//", "/"],
  ["/cases/?x=1", "/cases"],
  ["/customers/%c3%a9", "/customers/%C3%A9"],
  ['/r/x/happy">', "/r/x/happy%22%3E"],
])("%s is sent on to %s", (target, path) => {
  expect(readTarget(target)).toMatchObject({ path, isNormal: false })
})

test.each([
  ...["/r/../scheme", "/r/%2e%2e/scheme", "/r/%2E./scheme", "/./r/x", "/r/x/..", "/r/.%2e", "/r/x/."],
  ...["/r%2fx", "/r/%2fx", "/r/%2Fx", "/r\\x", "/r/%5cx", "/r/x#y", "/%00", "/r/%0d%0ax", "/r/%7f", "/a?b=%00"],
  ...["http://localhost/r/x", "localhost:80", "*", "", "r/x", "/é", "/\t", "/ x", "/%", "/%zz", "/%c3", "/%ff"],
])("%s is nobody's address", (target) => {
  expect(readTarget(target)).toBeNull()
})

test("what is escaped twice stays a word of its own, for the guard as for the router", () => {
  expect(readTarget("/r/%252e%252e/scheme")).toMatchObject({ path: "/r/%252e%252e/scheme", isNormal: true })
  expect(readTarget(`/%2572/${token}`)).toMatchObject({ path: `/%2572/${token}`, isNormal: true })
})

test("a slash at the end is the only other spelling under which a form is taken", () => {
  const same = (target: string) => isSameButSlash(target, readTarget(target)!)
  expect(["/api/v1/cases/", "/cases/?x=/", "/"].map(same)).toEqual([true, true, true])
  expect(["//api/v1/cases", "/API/v1/cases", "/%61pi"].map(same)).toEqual([false, false, false])
})

test("a path is shown without what may be a token, an address or a letter", () => {
  expect(shownPath(`/r/${token}/happy`)).toBe("/r/…/happy")
  expect(shownPath(`/r/${token}/${token.slice(9)}`)).toBe("/r/…/…")
  expect(shownPath(`/x/${token}/${invitation}`)).toBe("/x/…/…")
  expect(shownPath("/api/v1/agents/ann@desk.example")).toBe("/api/v1/agents/…")
  expect(shownPath("/cases/1042/replies")).toBe("/cases/1042/replies")
  expect(shownPath("/Dear%20Dana")).toBe("/…")
  expect(shownPath(`/assets/components-${"a".repeat(20)}.js`)).toBe(`/assets/components-${"a".repeat(20)}.js`)
})

const routes = routesOf(Object.values(flatRoutes(`${projectRoot}/app`, ["**/*.css"])))

/** As Remix makes them of the files, children within their parents, each path exact as the door makes it. */
function routesOf(
  flat: { id: string; parentId?: string; path?: string; index?: boolean }[],
  parent = "root",
): object[] {
  return flat
    .filter(({ parentId }) => (parentId ?? "root") === parent)
    .map(({ id, path, index }) => {
      if (index) return { id, path, index, caseSensitive: true }
      return { id, path, caseSensitive: true, children: routesOf(flat, id) }
    })
}

/** The route that answers for a URL, by its pattern. */
const routed = (pathname: string) =>
  (matchRoutes(routes as never, pathname) ?? []).map(({ route }) => route.path ?? "").join("/")

const isToken = (pattern: string) => /^\/?(r|invitation)\//.test(pattern)
const treatedAsToken = (path: string) => limitsOf(path).from === "anyone" && /^\/(r|invitation)\//.test(path)

const piece = fc.constantFrom(
  ...[
    "r",
    "R",
    "%72",
    "%52",
    "invitation",
    "Invitation",
    "%69nvitation",
    "scheme",
    "sign-in",
    "api",
    "v1",
    "cases",
    "7",
  ],
  ...[token, invitation, "happy", "thanks", "..", ".", "%2e%2e", "%2E", "%252e", "%2f", "%5c", "\\", ";", ";x=1", ""],
  ...["%00", "%zz", "%c3%a9", "%ff", "x#y", "?", "?q=1", "r;", "r.", "r%2f", "happy.", "*", "@", ":", "|", "[", "^"],
)
const target = fc
  .tuple(fc.constantFrom("/", "//", "", "http://desk/", "/./", "/../"), fc.array(piece, { maxLength: 5 }), fc.boolean())
  .map(([start, pieces, slash]) => start + pieces.join("/") + (slash ? "/" : ""))

test("whatever the router takes for a route with a token, the guard does too, and no other", () => {
  fc.assert(
    fc.property(target, (asked) => {
      const read = readTarget(asked)
      if (!read?.isNormal) return
      const { pathname } = new URL(`http://desk${asked}`)
      expect(pathname).toBe(read.path)
      expect(treatedAsToken(read.path) || !isToken(routed(pathname))).toBe(true)
      expect(shownPath(read.path)).not.toMatch(/abcdefghij|Zm9vYmFy/)
    }),
    { numRuns: 5000 },
  )
})

test("a normal form is its own, and stays on this desk", () => {
  fc.assert(
    fc.property(target, (asked) => {
      const read = readTarget(asked)
      if (!read) return
      expect(readTarget(read.path + read.search)).toEqual({ ...read, isNormal: true })
      expect(new URL(read.path + read.search, "http://desk").origin).toBe("http://desk")
    }),
    { numRuns: 5000 },
  )
})

test("the routes a router would read differently are really among those tried", () => {
  expect(isToken(routed(`/r/${token}/happy`))).toBe(true)
  expect(isToken(routed(`/invitation/${invitation}`))).toBe(true)
  expect(routed("/cases/7")).toBe("cases/:number")
})
