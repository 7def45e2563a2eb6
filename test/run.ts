import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromiumPath } from "./support/chromium.ts"

/** `npm test`: everything, in the order in which a mistake is found soonest. Ends with `N passed, N failed`. */
const started = Date.now()
let failed = 0
const report = join(tmpdir(), `upturn-test-${process.pid}.json`)

step("Types", "npx", ["tsc", "--noEmit"])
step("Lint and format", "npx", ["biome", "check", "--error-on-warnings"])
step("Build", "npm", ["run", "--silent", "build"])
findChromium()
findMailPrograms()
const vitest = ["vitest", "run", "--config", "test/vitest.config.ts"]
if (failed === 0)
  step("Tests", "npx", [...vitest, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`])
const { passed, broken, pending } = counted()
if (pending > 0) console.log(`${pending} tests did not run, which counts as failed: nothing here is skipped`)
console.log(`\nAll of it took ${Math.round((Date.now() - started) / 1000)} s`)
const total = broken + pending + (broken === 0 ? failed : 0)
console.log(`${passed} passed, ${total} failed`)
process.exit(total === 0 && passed > 0 ? 0 : 1)

function step(name: string, command: string, args: string[]) {
  console.log(`\n── ${name}`)
  const { status } = spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, npm_config_loglevel: "error" },
  })
  if (status !== 0) failed++
}

/** The browser tests need a Chromium: the machine's, else Debian's package, else the browser library's own download. */
function findChromium() {
  if (chromiumPath()) return
  const isDebianRoot = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0
  if (isDebianRoot) {
    step("Chromium from Debian", "apt-get", ["update", "-q"])
    step("Chromium from Debian", "apt-get", [
      "install",
      "-y",
      "-q",
      "--no-install-recommends",
      "chromium",
      "fonts-dejavu-core",
    ])
  } else step("Chromium from the browser library", "npx", ["playwright-core", "install", "chromium"])
  if (chromiumPath()) return
  console.error(
    "No Chromium could be installed. Install Chromium or Chrome and set CHROMIUM to its path, then run npm test again.",
  )
  failed++
}

/** A real IMAP server and a maker of certificates, for the tests that talk to other people's programs. */
function findMailPrograms() {
  const lacking = [
    ["/usr/sbin/dovecot", "dovecot-imapd"],
    ["/usr/bin/openssl", "openssl"],
  ].filter(([path = ""]) => !existsSync(path))
  if (lacking.length === 0) return
  const isDebianRoot = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0
  if (!isDebianRoot)
    return console.log(`Not here, and not to be installed: ${lacking.map(([, name]) => name).join(", ")}`)
  step("Mail programs from Debian", "apt-get", ["update", "-q"])
  const names = lacking.map(([, name = ""]) => name)
  step("Mail programs from Debian", "apt-get", ["install", "-y", "-q", "--no-install-recommends", ...names])
}

function counted() {
  try {
    const read = JSON.parse(readFileSync(report, "utf8")) as Record<string, number>
    rmSync(report, { force: true })
    const pending = (read.numPendingTests ?? 0) + (read.numTodoTests ?? 0)
    return { passed: read.numPassedTests ?? 0, broken: read.numFailedTests ?? 0, pending }
  } catch {
    // No report: a step before the tests failed, and that is counted already.
    return { passed: 0, broken: 0, pending: 0 }
  }
}
