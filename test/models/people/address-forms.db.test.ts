import { asc, sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { runNextJob } from "#app/jobs.server.ts"
import { db } from "#db/connection.server.ts"
import { participants } from "#db/tables/cases.ts"
import { jobs } from "#db/tables/jobs.ts"
import { agents, customerAddresses, mailboxes } from "#db/tables/people.ts"
import { senderRules } from "#db/tables/ways.ts"
import { dana, eli, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"

const work = async () => {
  await db.insert(jobs).values({ kind: "addresses", dueAt: sql`now()` })
  while (await runNextJob("test"));
}

test("what an older version kept in another form is brought into the one, except where it is somebody else's", async () => {
  const number = await caseOf("Where?")
  const address = (text: string, customerId: number) => ({ address: text, customerId, createdAt: noon })
  await db
    .insert(customerAddresses)
    .values([
      address("x@ｂücher.example", dana.id),
      address("dana@ｃustomer.example", eli.id),
      address("eli@customer.example。", eli.id),
      address("no address", eli.id),
    ])
  await db
    .insert(participants)
    .values({ caseNumber: number, address: "x@bücher.example", name: "", standing: "accepted", addedAt: noon })
  await db.insert(mailboxes).values({ address: "info@bücher.example", name: "Info", createdAt: noon })
  await db.insert(agents).values({ email: "jo@bücher.example", name: "Jo", role: "agent", createdAt: noon })
  await db.insert(senderRules).values({ sender: "@bücher.example", rule: "block", at: noon })
  await work()
  await work()
  const addresses = await db.select().from(customerAddresses).orderBy(asc(customerAddresses.address))
  expect(addresses.map((row) => row.address)).toEqual(
    expect.arrayContaining(["x@xn--bcher-kva.example", "dana@ｃustomer.example", "no address"]),
  )
  expect((await db.select().from(participants)).map((row) => row.address)).toContain("x@xn--bcher-kva.example")
  expect((await db.select().from(mailboxes)).map((row) => row.address)).toContain("info@xn--bcher-kva.example")
  expect((await db.select().from(agents)).map((row) => row.email)).toContain("jo@xn--bcher-kva.example")
  expect((await db.select().from(senderRules)).map((row) => row.sender)).toEqual(["@xn--bcher-kva.example"])
})
