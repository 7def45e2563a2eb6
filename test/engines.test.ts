import { readFileSync } from "node:fs"
import { join } from "node:path"
import { minVersion, satisfies, subset } from "semver"
import { expect, test } from "vitest"
import { projectRoot } from "#db/place.server.ts"

type Package = { version?: string; engines?: { node?: string } | string[]; dependencies?: Record<string, string> }
const read = (file: string) => JSON.parse(readFileSync(join(projectRoot, file), "utf8"))
const ours: string = read("package.json").engines.node
const locked: [string, Package][] = Object.entries(read("package-lock.json").packages)

/** Old packages write a list such as "node >=0.6". */
function wanted({ engines = {} }: Package) {
  if (!Array.isArray(engines)) return engines.node
  return engines.find((one) => one.startsWith("node"))?.slice(4)
}

test("the desk runs on Node 20.19, 22.12 and 24, and says so", () => {
  const versions = ["18.20.0", "20.18.3", "20.19.0", "20.20.2", "22.11.0", "22.12.0", "24.0.0", "24.21.0"]
  const fit = versions.filter((version) => satisfies(version, ours))
  expect(fit).toEqual(["20.19.0", "20.20.2", "22.12.0", "24.0.0", "24.21.0"])
  expect(locked.find(([path]) => path === "")?.[1].engines).toEqual({ node: ours })
})

test("no package asks for another Node than the desk does", () => {
  expect(locked.length).toBeGreaterThan(500)
  const narrower = locked.filter(([, one]) => !subset(ours, wanted(one) ?? "*"))
  expect(narrower.map(([path, one]) => `${path} ${one.version} wants ${wanted(one)}`)).toEqual([])
})

test("what is written for Node is checked against the oldest it runs on", () => {
  const types = locked.find(([path]) => path === "node_modules/@types/node")?.[1].version ?? ""
  expect(types.split(".")[0]).toBe(String(minVersion(ours)?.major))
})
