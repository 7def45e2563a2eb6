import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { customerFor } from "#app/models/people/customer.server.ts"
import { db } from "#db/connection.server.ts"
import { customers } from "#db/tables/people.ts"
import { dana, noon } from "#test/fixtures/desk.ts"

const customer = (name: string, address: string) => db.transaction((tx) => customerFor(tx, { name, address }, noon))
const nameOf = async (id: number) => (await db.select().from(customers).where(eq(customers.id, id)))[0]?.name

test("somebody who wrote before is the same customer, however the address is typed", async () => {
  expect(await customer("D. Reyes", "Dana@CUSTOMER.example")).toBe(dana.id)
  expect(await nameOf(dana.id)).toBe(dana.name)
})

test("somebody new becomes a customer, and is known the next time", async () => {
  const id = await customer("Gil Haas", "gil@customer.example")
  expect(await customer("", "gil@customer.example")).toBe(id)
  expect(await nameOf(id)).toBe("Gil Haas")
})

test("a name is learned from the first mail that carries one", async () => {
  const id = await customer("", "gil@customer.example")
  await customer("Gil Haas", "gil@customer.example")
  expect(await nameOf(id)).toBe("Gil Haas")
})

test("ten first mails of one person at once make one customer", async () => {
  const ids = await Promise.all(Array.from({ length: 10 }, () => customer("Gil Haas", "gil@customer.example")))
  expect(new Set(ids).size).toBe(1)
  expect(await db.select().from(customers).where(eq(customers.name, "Gil Haas"))).toHaveLength(1)
})

test("an address or name with what cannot be kept still makes a customer", async () => {
  const id = await customer("Gil\u0000Haas\r\n", "no address\u0000")
  expect([await nameOf(id), await customer("", "no address\u0000")]).toEqual(["Gil Haas", id])
})
