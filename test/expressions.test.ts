import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { projectRoot } from "#db/place.server.ts"
import { boundedExpressions } from "#test/fixtures/bounded-expressions.ts"
import { allExpressions, faultOf, keyOf } from "#test/support/expressions.ts"
import { sized } from "#test/support/sizes.ts"

/** Found linear before, so that a push asks about new ones only; the long run asks about all (record-expressions.ts). */
const record = sized({ push: "linear-expressions.json", night: null })
const known = new Set<string>(
  record ? JSON.parse(readFileSync(join(projectRoot, "test/fixtures", record), "utf8")) : [],
)

/** Once: what a file builds is heard only when it is loaded. */
const all = await allExpressions()

const isBounded = (expression: { file: string; source: string; flags: string }) =>
  keyOf(expression) in (boundedExpressions[expression.file]?.expressions ?? {})

test("every expression is linear, or what it is given is bounded", {
  timeout: sized({ push: 120_000, night: 3_600_000 }),
}, async () => {
  expect(all.length).toBeGreaterThan(400)
  const faults: string[] = []
  const waiting = all.filter((one) => !known.has(keyOf(one)) && !isBounded(one))
  const check = async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      const fault = await faultOf(one)
      if (fault) faults.push(`${one.file} /${one.source}/${one.flags}: ${fault} (${keyOf(one)})`)
    }
  }
  await Promise.all([check(), check()])
  expect(faults).toEqual([])
})

test("no expression is called bounded that is not there any more", () => {
  const there = new Set(all.map((one) => `${one.file} ${keyOf(one)}`))
  const listed = Object.entries(boundedExpressions).flatMap(([file, { expressions }]) =>
    Object.keys(expressions).map((key) => `${file} ${key}`),
  )
  expect(listed.filter((one) => !there.has(one))).toEqual([])
})

test("an expression that backtracks is found out, in a literal or built of constants", async () => {
  const fault = (source: string) => faultOf({ file: "", source, flags: "" })
  expect(await fault("(?:[ \\t]*\\r?\\n[> |\\t]*)*x")).toMatch(/exponential|polynomial/)
  expect(await fault("\\s+$")).toBe("2nd degree polynomial")
  expect(await fault("^[a-z]+$")).toBeNull()
  const built = all.filter(({ file }) => file === "emails/incoming/sign-off.ts")
  expect(built.some(({ source }) => source.includes("regards"))).toBe(true)
  const around = all.filter(({ file }) => file === "emails/incoming/bounce-ses.ts")
  expect(around.some(({ source }) => source.startsWith('"word"'))).toBe(true)
})
