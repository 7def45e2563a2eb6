import { readdirSync, readFileSync, statSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { expect, test } from "vitest"
import { projectRoot } from "#db/place.server.ts"

const rooms = ["people", "cases", "ratings", "sharing", "mail", "frowns", "happiness"]
const fileLimit = 200
/** Where a failure may be caught, each with its reason beside it. Anywhere else it would hide a bug. */
const mayCatch = [
  "app/worker.server.ts",
  "app/ground.server.ts",
  "app/env.server.ts",
  "app/desk.ts",
  "app/dev.ts",
  "app/http.server.ts",
  "app/health.server.ts",
  "db/binaries.server.ts",
  "db/cluster.server.ts",
]

type Source = { path: string; text: string; imports: { path: string; isTypeOnly: boolean }[] }

const sources = ["app", "db", "emails"].flatMap((folder) => filesIn(join(projectRoot, folder))).map(read)
const find = (path: string) => sources.find((source) => source.path === path)

test("no file is longer than two hundred lines", () => {
  const long = sources.filter(({ text }) => text.split("\n").length > fileLimit + 1)
  expect(long.map(({ path, text }) => `${path} (${text.split("\n").length})`)).toEqual([])
})

test("a file without .server in its name touches nothing of the world", () => {
  const world = (path: string) => /^(node:|@remix-run\/|drizzle-orm|postgres$|nodemailer|express)/.test(path)
  const pure = sources.filter(({ path }) => /^(app\/models|emails)\//.test(path) && !path.includes(".server."))
  expect(broken(pure, (_from, to) => world(to) || to.includes(".server."))).toEqual([])
})

test("a room imports the rooms to its left only, and cases and ratings do not know each other", () => {
  const room = (path: string) => rooms.indexOf(/^app\/models\/(\w+)\//.exec(path)?.[1] ?? "")
  const isPair = (a: number, b: number) => a !== b && [a, b].every((place) => place === 1 || place === 2)
  const wrong = (from: string, to: string) =>
    room(from) >= 0 && room(to) >= 0 && (room(to) > room(from) || isPair(room(from), room(to)))
  expect(broken(sources, wrong)).toEqual([])
})

test("every file of the product lies in one of the seven rooms", () => {
  const models = sources.filter(({ path }) => path.startsWith("app/models/"))
  expect(models.filter(({ path }) => !rooms.includes(path.split("/")[2] ?? "")).map(({ path }) => path)).toEqual([])
})

test("verbs never import doors or components", () => {
  const models = sources.filter(({ path }) => path.startsWith("app/models/"))
  const door = /^app\/(routes|components|desk)\/|^app\/(server|worker\.server|http\.server|desk)\.ts/
  expect(broken(models, (_from, to) => door.test(to))).toEqual([])
})

test("the shelves never point back at the verbs", () => {
  const shelves = sources.filter(({ path }) => /^(db|emails)\//.test(path))
  const up = /^app\/(models\/.*\.server|routes|components|desk|worker|server|http)/
  expect(broken(shelves, (_from, to) => up.test(to))).toEqual([])
  expect(broken(shelves, (from, to) => from.startsWith("db/") && to.startsWith("emails/"))).toEqual([])
})

test("routes and components reach the database and the mail libraries only through verbs", () => {
  const screens = sources.filter(({ path }) => /^app\/(routes|components)\//.test(path))
  expect(broken(screens, (_from, to) => /^(db|emails)\//.test(to) && to.includes(".server."))).toEqual([])
  const parts = sources.filter(({ path }) => path.startsWith("app/components/"))
  expect(broken(parts, (_from, to) => to.includes(".server.") || to.startsWith("app/routes/"))).toEqual([])
})

test("nothing that a browser loads brings the tables along", () => {
  const screens = sources.filter(({ path }) => /^app\/components\//.test(path))
  expect(broken(screens, (_from, to) => to.startsWith("db/"))).toEqual([])
})

test("no two files need each other", () => {
  const circles = sources.flatMap(({ path }) => circleFrom(path, [path]))
  expect([...new Set(circles)]).toEqual([])
})

test("failures are caught only where the reason stands beside the catch", () => {
  const catches = sources.filter(({ path, text }) => /[^.]\bcatch\b\s*(\(|\{)/.test(text) && !mayCatch.includes(path))
  const silent = catches.filter(({ text }) => !/catch[^\n]*\{\s*\n\s*\/\//.test(text))
  expect(silent.map(({ path }) => path)).toEqual([])
})

test("the environment is read in one file", () => {
  const reads = sources.filter(({ text }) => text.includes("process.env"))
  const allowed = [
    "app/env.server.ts",
    "app/build.ts",
    "app/start.ts",
    "app/command.ts",
    "app/dev.ts",
    "db/cluster.server.ts",
  ]
  expect(reads.map(({ path }) => path).filter((path) => !allowed.includes(path))).toEqual([])
})

test("no identifier and no raw text reaches SQL from outside the source", () => {
  expect(sources.filter(({ text }) => /sql\.(raw|identifier)\(/.test(text)).map(({ path }) => path)).toEqual([])
})

function broken(from: Source[], isWrong: (from: string, to: string) => boolean) {
  return from.flatMap(({ path, imports }) =>
    imports.filter((to) => !to.isTypeOnly && isWrong(path, to.path)).map((to) => `${path} imports ${to.path}`),
  )
}

function circleFrom(path: string, trail: string[]): string[] {
  return (find(path)?.imports ?? [])
    .filter((to) => !to.isTypeOnly)
    .flatMap((to) => {
      if (to.path === trail[0]) return [[...trail].sort().join(" ↔ ")]
      return trail.includes(to.path) || trail.length > 12 ? [] : circleFrom(to.path, [...trail, to.path])
    })
}

function read(file: string): Source {
  const text = readFileSync(file, "utf8")
  const path = relative(projectRoot, file)
  const found = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^;'"]*?from\s+"([^"]+)"|^import\s+"([^"]+)"/gm)]
  const imports = found.map(([, type, from, bare]) => ({
    path: resolved(path, from ?? bare ?? ""),
    isTypeOnly: type !== undefined,
  }))
  return { path, text, imports }
}

function resolved(from: string, to: string) {
  if (to.startsWith("#")) return to.slice(1)
  return to.startsWith(".") ? join(dirname(from), to) : to
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return name === "migrations" ? [] : filesIn(path)
    return /\.tsx?$/.test(name) ? [path] : []
  })
}
