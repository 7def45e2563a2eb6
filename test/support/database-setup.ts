import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, vi } from "vitest"
import { setSecret } from "#app/models/people/secret.server.ts"
import { connect, disconnect } from "#db/connection.server.ts"
import { folderFiles, setFiles } from "#db/files.server.ts"
import { resetDesk } from "#test/fixtures/desk.ts"
import { freshDatabase } from "./fresh-database.ts"

setSecret("what the tests sign with, 32 characters")
setFiles(folderFiles(mkdtempSync(join(tmpdir(), "upturn-files-"))))
beforeAll(async () => connect(await freshDatabase(inject("clusterUrl"))))
beforeEach(resetDesk)
afterAll(disconnect)

// A test that prints an error has found one.
const errors = vi.spyOn(console, "error")
beforeEach(() => {
  errors.mockClear()
})
afterEach(() => expect(errors.mock.calls).toEqual([]))
