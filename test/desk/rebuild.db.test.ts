import { sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { fillDesk } from "#app/desk/demo/fill.server.ts"
import { tiny } from "#app/desk/demo/size.ts"
import { rebuildAll } from "#app/desk/rebuild.ts"
import { db } from "#db/connection.server.ts"
import { noon } from "#test/fixtures/desk.ts"

test("whatever was wrong is said and put right, and then nothing is", async () => {
  await fillDesk(tiny, () => {}, noon)
  const [kase] = await db.execute<{ number: string }>(sql`select min(number) as number from cases`)
  const first = Number(kase?.number)
  await db.execute(sql`update cases set preview = 'nonsense', message_count = 99 where number = ${first}`)
  await db.execute(sql`update reply_tallies set replies = replies + 1 where day = '2010-03-02'`)
  await db.execute(sql`delete from reply_tallies where day = '2010-03-03'`)
  await db.execute(sql`insert into reply_tallies values ('2009-01-01', 1, 1, 5)`)
  await db.execute(sql`update ratings set first = 'frown' where request_id = (select min(request_id) from ratings)`)
  const differences = await rebuildAll()
  expect(differences.filter((line) => line.startsWith(`case ${first}:`)).length).toBe(2)
  expect(differences).toContainEqual("replies of 2009-01-01, mailbox 1, agent 1: was 5, is 0")
  expect(differences.some((line) => line.startsWith("replies of 2010-03-02"))).toBe(true)
  expect(differences.some((line) => line.startsWith("replies of 2010-03-03"))).toBe(true)
  expect(differences.some((line) => line.startsWith("rating of reply"))).toBe(true)
  expect(await rebuildAll()).toEqual([])
})
