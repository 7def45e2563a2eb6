import { expect, test } from "vitest"
import { fateOf, pauseAfter, troubleIn } from "#app/components/connection/trouble.ts"

const answer = (status: number, headers: Record<string, string> = {}) => ({ status, headers: new Headers(headers) })
const ours = { "X-Remix-Response": "yes" }
const to = (place: string) => answer(204, { "X-Remix-Redirect": place })

test("no answer, a gateway's words and a failure that is none of our pages' mean that the desk is away", () => {
  for (const asking of ["refresh", "page", "press"] as const)
    for (const one of [null, answer(502), answer(503, { "X-Remix-Catch": "yes" }), answer(504), answer(500)])
      expect(troubleIn(one, asking)).toBe("away")
})

test("only a page in use is kept from what its own refresh says; a page one goes to may refuse", () => {
  for (const one of [answer(404, { "X-Remix-Catch": "yes" }), answer(500, { "X-Remix-Error": "yes" }), to("/cases")]) {
    expect(troubleIn(one, "refresh")).toBe("stale")
    expect(troubleIn(one, "page")).toBeNull()
  }
  expect(troubleIn(answer(200, ours), "refresh")).toBeNull()
})

test("a session that ended keeps page and press where they are, and leads on whoever goes elsewhere", () => {
  const out = to("/sign-in?to=%2Fcases")
  expect([troubleIn(out, "refresh"), troubleIn(out, "press"), troubleIn(out, "page")]).toEqual([
    "signed out",
    "signed out",
    null,
  ])
})

test("a press was taken, refused in words of its page, or failed", () => {
  expect([to("/cases/8"), answer(200, ours)].map(fateOf)).toEqual(["taken", "taken"])
  const refused = [to("/cases/8?said=empty#write"), to("/me/proof?to=%2F"), answer(422, ours)]
  expect(refused.map(fateOf)).toEqual(["refused", "refused", "refused"])
  const failed = [answer(413), answer(404, { "X-Remix-Catch": "yes" }), answer(500, { "X-Remix-Error": "yes" })]
  expect(failed.map(fateOf)).toEqual(["failed", "failed", "failed"])
})

test("it is tried again soon at first, and never rarer than every ten seconds", () => {
  expect([0, 1, 2, 9].map((tries) => pauseAfter(tries, "away"))).toEqual([500, 1000, 2000, 10_000])
})
