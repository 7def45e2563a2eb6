import { readFileSync } from "node:fs"
import { join } from "node:path"
import { flatRoutes } from "@remix-run/dev/dist/config/flat-routes.js"
import { expect, test } from "vitest"
import { bodyRefusal } from "#app/gate.ts"
import { formWithFiles, limitsOf } from "#app/limits.ts"
import { projectRoot } from "#db/place.server.ts"

const app = join(projectRoot, "app")
const flat = flatRoutes(app, ["**/*.css"])

/** A path that leads to a route, with 7 for whatever varies in it. */
function pathOf({ path = "", parentId = "root" }: { path?: string; parentId?: string }): string {
  const parent = flat[parentId]
  return `${parent ? pathOf(parent) : ""}/${path}`.replace(/:\w+\??/g, "7").replace(/\/+$|(?<=\/)\/+/g, "")
}

/** The routes that take a form or a call, with their source; what a screen does for them stands in files beside. */
const acting = Object.values(flat)
  .map((route) => ({ path: pathOf(route), source: readFileSync(join(app, route.file), "utf8") }))
  .filter(({ source }) => /export (async )?(function|const) action/.test(source))

test("files are taken where they are read, and nowhere else", () => {
  const reading = acting.filter(({ source }) => /filesOf\(|letterBody\(/.test(source)).map(({ path }) => path)
  expect(acting.filter(({ path }) => limitsOf(path).files > 0).map(({ path }) => path)).toEqual(reading)
  expect(reading).toContain("/cases/7/replies")
})

test("whoever is not signed in can send a few fields only, on every route that asks for nobody", () => {
  const isOpen = (source: string) => !/require\w+\(|(-press|press-form)\.server/.test(source)
  const open = acting.filter(({ source }) => isOpen(source)).map(({ path }) => path)
  expect(acting.filter(({ path }) => limitsOf(path).from === "anyone").map(({ path }) => path)).toEqual(open)
  for (const path of open) {
    expect(limitsOf(path).longest).toBeLessThanOrEqual((path.startsWith("/r/") ? 64 : 16) * 1024)
    expect(limitsOf(path).types).not.toContain(formWithFiles)
  }
  expect(open).toContain("/sign-in")
})

test("nothing is read of a body that is too long, of another kind, or of unknown length", () => {
  const refused = (path: string, headers: Record<string, string>, method = "POST") =>
    bodyRefusal({ method, path, headers })?.status
  const form = "application/x-www-form-urlencoded"
  expect(refused("/sign-in", { "content-type": form, "content-length": "16384" })).toBeUndefined()
  expect(refused("/sign-in", { "content-type": form, "content-length": "16385" })).toBe(413)
  expect(refused("/sign-in", { "content-type": "multipart/form-data; boundary=x", "content-length": "9" })).toBe(415)
  expect(refused("/r/7/happy", { "content-type": "multipart/form-data", "content-length": "9" })).toBe(415)
  expect(refused("/cases/new", { "content-type": "multipart/form-data", "content-length": "36700161" })).toBe(413)
  expect(refused("/cases/7/notes", { "content-type": form, "content-length": "2097153" })).toBe(413)
  expect(refused("/api/v1/cases/7/agent", { "content-type": "application/json", "content-length": "2097153" })).toBe(
    413,
  )
  expect(refused("/cases", { "content-length": "16385" }, "GET")).toBe(413)
  expect(refused("/cases", { "transfer-encoding": "chunked" }, "GET")).toBe(411)
  expect(refused("/cases/new", { "content-type": form, "transfer-encoding": "gzip, chunked" })).toBe(411)
})
