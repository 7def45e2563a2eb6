import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { projectRoot } from "#db/place.server.ts"
import { presses } from "#test/fixtures/presses.ts"

/** What writes without an id of its own, and why a second time does no harm. */
const withoutId: Record<string, string> = {
  "api.v1.agents.$email": "sets what is said, as often as it is said",
  "api.v1.cases.$number.agent": "sets what is said, as often as it is said",
  "api.v1.cases.$number.closed": "sets what is said, as often as it is said",
  "api.v1.mail._index": "the same bytes are one mail",
  "base-url.$token": "confirms the same address however often",
  "cases.$number.draft": "what stands in the draft last is the draft",
  "cases.new_.files": "the same file is kept once",
  "form-drafts": "what was kept last is what is kept",
  "invitation.$token": "the link works once",
  "me.password": "asks for the password of until now",
  "me.proof": "only says when the password was typed last",
  "r.$token.($face)": "a customer's press, which has rules of its own",
  scheme: "sets a cookie",
  "settings.address": "makes a link, which is confirmed elsewhere",
  "sign-in": "opens a session, which replaces this browser's other one",
  "sign-out": "ends this browser's session",
  welcome: "the desk is set up once",
}
const byKey = ["api.v1.cases._index", "api.v1.cases.$number.replies"]

const folder = join(projectRoot, "app/routes")
const acting = readdirSync(folder)
  .map((file) => ({ route: file.replace(/\.tsx?$/, ""), text: readFileSync(join(folder, file), "utf8") }))
  .filter(({ text }) => /export (async function|const) action\b/.test(text))

test("every route that writes tells one press from another, or it is known why it need not", () => {
  const tells = ({ text }: { text: string }) =>
    /from "#app\/(case-|frown-|message-)?press(-form)?\.server\.ts"/.test(text)
  const silent = acting.filter((one) => !tells(one) && !byKey.includes(one.route)).map(({ route }) => route)
  expect(silent).toEqual(Object.keys(withoutId).sort())
})

test("a program's call that starts or sends something takes the key by which it is known again", () => {
  const keyed = acting.filter(({ text }) => text.includes("idempotencyKey(request")).map(({ route }) => route)
  expect(keyed.sort()).toEqual(byKey.toSorted())
})

test("every route that tells presses apart is pressed twice by the tests", () => {
  const pressed = new Set([...presses.map(({ route }) => route), ...Object.keys(withoutId), ...byKey])
  expect(acting.map(({ route }) => route).filter((route) => !pressed.has(route))).toEqual([])
})

test("every form that writes carries an id, but for those of the routes that need none", () => {
  const screens = readdirSync(join(projectRoot, "app"), { recursive: true, encoding: "utf8" })
  const plain = screens
    .filter((path) => path.endsWith(".tsx") && path !== "components/post-form.tsx")
    .filter((path) => /method=["'{]+post/i.test(readFileSync(join(projectRoot, "app", path), "utf8")))
  expect(plain.sort()).toEqual([
    "components/frame-me.tsx",
    "components/rating-page.tsx",
    "components/scheme-switch.tsx",
    "routes/base-url.$token.tsx",
    "routes/invitation.$token.tsx",
    "routes/me.password.tsx",
    "routes/me.proof.tsx",
    "routes/sign-in.tsx",
    "routes/welcome.tsx",
  ])
})
