import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, vi } from "vitest"
import { connect, disconnect } from "#db/connection.server.ts"
import { resetDesk } from "#test/fixtures/desk.ts"
import { freshDatabase } from "./fresh-database.ts"

beforeAll(async () => connect(await freshDatabase(inject("clusterUrl"))))
beforeEach(resetDesk)
afterAll(disconnect)

// A test that prints an error has found one.
const errors = vi.spyOn(console, "error")
beforeEach(() => errors.mockClear())
afterEach(() => expect(errors.mock.calls).toEqual([]))
