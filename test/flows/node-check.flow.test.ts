import { afterAll, expect, inject, test } from "vitest"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { clearFolder, runDesk, startDesk, throwawayFolder } from "#test/support/server.ts"

const [dataDir, other] = [throwawayFolder(), throwawayFolder()]
afterAll(() => [dataDir, other].forEach(clearFolder))

test("a process with another secret or file store is refused in one line, until a command accepts them", async () => {
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  /** Starts and stops: what it printed instead of being ready, or null. */
  const refusal = (options: Parameters<typeof startDesk>[0]) =>
    startDesk({ databaseUrl, ...options }).then(
      (desk) => desk.stop().then(() => null),
      (error: Error) => error.message.replace("the desk ended with 1:\n", ""),
    )
  const roles = ["web", "mail", "worker"].map((ROLE) => ({ dataDir, env: { ROLE } }))
  expect(await Promise.all(roles.map(refusal))).toEqual([null, null, null])

  const moved = { dataDir: other, env: { SECRET: "another secret for tests, long enough for anyone" } }
  const env = { DATABASE_URL: databaseUrl, DATA_DIR: other, ...moved.env }
  const line = /^The secret is not the one this desk was started with\. .*npm run desk -- accept secret\n$/
  expect(await refusal(moved)).toMatch(line)
  expect(await runDesk(env, "settings", "get")).toMatchObject({ code: 1, err: expect.stringMatching(line) })
  expect(await runDesk(env, "accept", "secret")).toMatchObject({ code: 0 })
  expect(await refusal(moved)).toMatch(/^The files of this desk are not in .*npm run desk -- accept files\n$/)
  expect(await runDesk(env, "accept", "files")).toMatchObject({ code: 0 })
  expect(await refusal(moved)).toBeNull()
})
