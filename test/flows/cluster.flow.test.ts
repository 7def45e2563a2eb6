import { spawn } from "node:child_process"
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { startCluster } from "#db/cluster.server.ts"
import { lockOf } from "#db/postmaster.server.ts"
import { clearFolder, throwawayFolder } from "#test/support/server.ts"

const told: string[] = []
const soon = { most: 6000, tell: (line: string) => told.push(line) }
const begin = (folder: string) => startCluster(folder, ["fsync=off"], soon)
const refusal = (folder: string) =>
  begin(folder).then(
    () => "it started",
    (error: Error) => error.message,
  )

test("an embedded PostgreSQL that cannot be used is one line with what to do", async () => {
  const dataDir = throwawayFolder()
  const first = await begin(dataDir)
  const folder = realpathSync(join(dataDir, "postgres"))
  const lock = join(folder, "postmaster.pid")
  const pid = lockOf(folder)?.pid ?? 0

  process.kill(pid, "SIGSTOP")
  expect(await refusal(dataDir)).toBe(
    `PostgreSQL runs as process ${pid} and does not answer after 6 seconds. Its log is ${dataDir}/postgres.log. End that process, then start the desk again.`,
  )
  expect(told).toEqual([`PostgreSQL runs, but does not answer yet. Its log is ${dataDir}/postgres.log.`])
  process.kill(pid, "SIGCONT")

  const password = readFileSync(join(dataDir, "postgres-password"), "utf8")
  writeFileSync(join(dataDir, "postgres-password"), "another")
  expect(await refusal(dataDir)).toMatch(`runs as process ${pid} and refuses this desk's password. Stop it, then`)
  writeFileSync(join(dataDir, "postgres-password"), password)

  await first.stop()
  expect(existsSync(lock)).toBe(false)
  writeFileSync(join(folder, "PG_VERSION"), "16\n")
  expect(await refusal(dataDir)).toMatch(/was made by PostgreSQL 16, and this desk brings \d\d\. Start the version/)
  writeFileSync(join(folder, "PG_VERSION"), "18\n")
  expect(readFileSync(join(dataDir, "postgres.log"), "utf8")).toContain("database system is shut down")

  const other = spawn("sleep", ["60"])
  writeFileSync(lock, `${other.pid}\n${folder}\n1\n5999\n\n127.0.0.1\n\nready   \n`)
  const second = await begin(dataDir)
  await second.stop()
  writeFileSync(lock, "")
  const third = await begin(dataDir)
  await third.stop()
  other.kill()
  clearFolder(dataDir)
})
