import { expect, test } from "vitest"
import { startTrouble, versionTrouble } from "#db/cluster-trouble.ts"

const where = { folder: "/data/postgres", log: "/data/postgres.log" }
const line = (words: string) =>
  `2026-11-30 16:00:00.123 UTC [77] LOG:  starting PostgreSQL 18.4\n2026-11-30 [77] ${words}\n`

test.each([
  ['FATAL:  could not write lock file "postmaster.pid": No space left on device', /is full.*Make room/],
  ['PANIC:  could not write to file "pg_wal/xlogtemp.77": No space left on device', /is full.*Make room/],
  ['FATAL:  lock file "postmaster.pid" already exists', /in use by another PostgreSQL\. Stop that one/],
  ["FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use", /in use by another PostgreSQL/],
  ['FATAL:  data directory "/data/postgres" has invalid permissions', /may not use \/data\/postgres \(data directory/],
  ["FATAL:  could not open file: Permission denied", /Give the folder back to its owner/],
  ["PANIC:  could not locate a valid checkpoint record at 0/1", /damaged .*Restore it from a backup/],
  ["FATAL:  could not create shared memory segment: Cannot allocate memory", /memory it needs/],
  [
    "FATAL:  something nobody has seen",
    /ended at its start \(something nobody has seen\)\. Its log is \/data\/postgres\.log/,
  ],
])("%s is one line with what to do", (said, words) => {
  expect(startTrouble(line(said), where)).toMatch(words)
  expect(startTrouble(line(said), where)).not.toContain("\n")
})

test("a PostgreSQL that ends without a word still has a log", () => {
  expect(startTrouble("", where)).toBe("PostgreSQL ended at its start (without a word). Its log is /data/postgres.log.")
})

test("files of another major version are named, those of the same are not", () => {
  expect(versionTrouble("/d", "16", "postgres (PostgreSQL) 18.4\n")).toMatch(
    /made by PostgreSQL 16, and this desk brings 18/,
  )
  expect(versionTrouble("/d", "18", "postgres (PostgreSQL) 18beta1")).toBeNull()
  expect(versionTrouble("/d", "18", "postgres (PostgreSQL) 18.4")).toBeNull()
  expect(versionTrouble("/d", "", "postgres (PostgreSQL) 18.4")).toBeNull()
})
