import { count } from "drizzle-orm"
import { expect, test } from "vitest"
import { db } from "#db/connection.server.ts"
import { agents } from "#db/tables/people.ts"

test("the cast stands in a real database before each test", async () => {
  expect(await db.select({ people: count() }).from(agents)).toEqual([{ people: 4 }])
})
