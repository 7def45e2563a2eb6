import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { leftNotes } from "#app/watchdog-note.server.ts"
import { projectRoot } from "#db/place.server.ts"

const patience = 60_000

test.concurrent("a desk that is stuck says which email it had in hand and ends", { timeout: patience }, async () => {
  const { folder, child, said } = start("hangs", 1500)
  expect(await ended(child)).toBe("SIGKILL")
  const line = JSON.parse(
    said()
      .split("\n")
      .find((text) => text.startsWith("{")) ?? "{}",
  )
  expect(line).toMatchObject({ level: 60, mails: [7] })
  expect(line.msg).toMatch(/^the desk was stuck for \d+ seconds and ends/)
  expect(leftNotes(folder).map(({ mails }) => mails)).toEqual([[7]])
})

test.concurrent("work in pieces is not being stuck, and leaves nothing behind", { timeout: patience }, async () => {
  const { folder, child } = start("works in pieces", 1500)
  expect(await ended(child)).toBe(0)
  expect(readdirSync(folder)).toEqual([])
})

test.concurrent("a desk that ends by an error has noted what it had in hand", { timeout: patience }, async () => {
  const { folder, child } = start("throws", 60_000)
  expect(await ended(child)).toBe(1)
  expect(leftNotes(folder).map(({ mails }) => mails)).toEqual([[7]])
})

test.concurrent("what a desk had long in hand when it was killed is known, of a desk stopped with its machine nothing is concluded", {
  timeout: patience,
}, async () => {
  const { folder, child } = start("is killed", 1500)
  await until(() => readdirSync(folder).length > 0)
  // The whole process stands still, as on a machine that sleeps.
  child.kill("SIGSTOP")
  await pause(3000)
  child.kill("SIGCONT")
  await pause(1000)
  expect(child.exitCode).toBeNull()
  expect(leftNotes(folder)).toEqual([])
  child.kill("SIGKILL")
  await ended(child)
  expect(leftNotes(folder).map(({ mails }) => mails)).toEqual([[7]])
})

test("a note cut off by a full disk names what stands in it", () => {
  const folder = throwaway()
  writeFileSync(join(folder, "in-hand-2147483647.json"), "[12,3")
  writeFileSync(join(folder, "in-hand-x.json"), "[5]")
  expect(leftNotes(folder).map(({ mails }) => mails)).toEqual([[12, 3]])
})

const throwaway = () => mkdtempSync(join(tmpdir(), "upturn-watchdog-"))
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

function start(what: string, stuckAfter: number) {
  const folder = throwaway()
  const program = join(projectRoot, "test/support/stuck-desk.ts")
  const child = spawn(process.execPath, ["--import", "tsx", program, what, folder, String(stuckAfter)], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "pipe"],
  })
  let text = ""
  child.stderr?.on("data", (chunk) => (text += chunk))
  return { folder, child, said: () => text }
}

const ended = (child: ChildProcess) =>
  new Promise<number | string | null>((done) => child.once("exit", (code, signal) => done(signal ?? code)))

async function until(isSo: () => boolean) {
  while (!isSo()) await pause(50)
}
