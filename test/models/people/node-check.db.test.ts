import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { eq } from "drizzle-orm"
import { afterEach, beforeEach, expect, test } from "vitest"
import { acceptFiles, acceptSecret, nodeProblem } from "#app/models/people/node-check.server.ts"
import { setSecret } from "#app/models/people/secret.server.ts"
import { db } from "#db/connection.server.ts"
import { type Files, files, folderFiles, setFiles } from "#db/files.server.ts"
import { settings } from "#db/tables/people.ts"
import { noon } from "#test/fixtures/desk.ts"
import { clearFolder, secret, throwawayFolder } from "#test/support/server.ts"

let before: Files
let folders: string[]
beforeEach(async () => {
  before = files
  folders = [throwawayFolder(), throwawayFolder()]
  setSecret(secret)
  expect(await problemIn(folders[0])).toBeNull()
})
afterEach(() => {
  setFiles(before)
  setSecret(secret)
  folders.forEach(clearFolder)
})

function problemIn(folder = "") {
  setFiles(folderFiles(folder))
  return nodeProblem(folder, noon)
}

test("the first process makes its secret and its files the desk's, and the same is no problem ever after", async () => {
  expect(await problemIn(folders[0])).toBeNull()
})

test("another secret is a problem until it is accepted, and then the one before it is", async () => {
  setSecret("another secret, long enough for anyone")
  expect(await problemIn(folders[0])).toMatch(/^The secret is not the one this desk was started with/)
  await acceptSecret(noon)
  expect(await problemIn(folders[0])).toBeNull()
  setSecret(secret)
  expect(await problemIn(folders[0])).toMatch(/^The secret is not/)
})

test("what the database keeps of the secret is not the secret", async () => {
  const [row] = await db.select().from(settings).where(eq(settings.key, "desk.secret"))
  expect(String(row?.value)).not.toContain(secret.slice(0, 10))
})

test("a folder without the desk's files is a problem, stays as it is, and may be accepted", async () => {
  expect(await problemIn(folders[1])).toMatch(/^The files of this desk are not in /)
  expect(existsSync(join(folders[1] ?? "", "desk"))).toBe(false)
  await acceptFiles(noon)
  expect(await problemIn(folders[1])).toBeNull()
})

test("a copy of the desk's files is the desk's", async () => {
  cpSync(folders[0] ?? "", folders[1] ?? "", { recursive: true })
  expect(await problemIn(folders[1])).toBeNull()
})

test.each([
  ["of another desk", "0c7e7f3c-0000-4000-8000-000000000000"],
  ["cut off", ""],
])("files whose mark is %s are a problem, and the mark is not written over", async (_, mark) => {
  const file = join(folders[1] ?? "", "desk")
  writeFileSync(file, mark)
  expect(await problemIn(folders[1])).toMatch(/ belong to another desk\. /)
  expect(readFileSync(file, "utf8")).toBe(mark)
})

test("a desk from before the mark was kept takes the folder it has", async () => {
  await db.delete(settings).where(eq(settings.key, "desk.files"))
  rmSync(join(folders[0] ?? "", "desk"))
  expect(await problemIn(folders[0])).toBeNull()
  expect(existsSync(join(folders[0] ?? "", "desk"))).toBe(true)
})
