import { sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { db } from "#db/connection.server.ts"

test("no statement keeps its connection for longer than a minute", async () => {
  const [row] = await db.execute<{ statement_timeout: string }>(sql`show statement_timeout`)
  expect(row?.statement_timeout).toBe("1min")
})

test("a statement that was ended fails alone: its connection serves the next", async () => {
  const ended = db.transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = 50`)
    await tx.execute(sql`select pg_sleep(5)`)
  })
  await expect(ended).rejects.toMatchObject({ cause: { code: "57014" } })
  expect(await db.execute(sql`select 1 as one`)).toMatchObject([{ one: 1 }])
})
