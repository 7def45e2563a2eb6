import { expect, test } from "vitest"
import { deactivateAgent, isPasswordOf } from "#app/models/people/account.server.ts"
import { acceptInvitation, invite, invited } from "#app/models/people/invitation.server.ts"
import { db } from "#db/connection.server.ts"
import { passwordLinks } from "#db/tables/sign-in.ts"
import { bo, cy, later, noon } from "#test/fixtures/desk.ts"

const password = "vier Pferde im Regen"

test("an invitation sets the password of the person it is for, once", async () => {
  const token = (await invite(bo.id, noon)) ?? ""
  expect(await invited(token, later(60))).toEqual({ id: bo.id, name: bo.name, email: bo.email })
  expect(await acceptInvitation(token, password, later(60))).toBe("accepted")
  expect(await isPasswordOf(bo.id, password)).toBe(true)
  expect(await acceptInvitation(token, "fünf Esel im Schnee", later(61))).toBeNull()
})

test("an invitation lives three days", async () => {
  const token = (await invite(bo.id, noon)) ?? ""
  expect(await invited(token, later(72 * 60 - 1))).not.toBeNull()
  expect(await acceptInvitation(token, password, later(72 * 60))).toBeNull()
})

test("inviting again ends the earlier invitation", async () => {
  const before = (await invite(bo.id, noon)) ?? ""
  await invite(bo.id, noon)
  expect(await invited(before, noon)).toBeNull()
})

test("a weak password uses nothing up", async () => {
  const token = (await invite(bo.id, noon)) ?? ""
  expect(await acceptInvitation(token, "short", noon)).toEqual({ refused: "A password has at least 12 characters" })
  expect(await acceptInvitation(token, password, noon)).toBe("accepted")
})

test("two presses at the same moment use it once", async () => {
  const token = (await invite(bo.id, noon)) ?? ""
  const done = await Promise.all([1, 2, 3].map((n) => acceptInvitation(token, `${password} ${n}`, noon)))
  expect(done.filter((one) => one === "accepted")).toHaveLength(1)
})

test.each(["", " ", "%", "_", "null", "undefined", "[]", "{}", "0", "\u0000"])("%j is no invitation", async (token) => {
  await invite(bo.id, noon)
  expect([await invited(token, noon), await acceptInvitation(token, password, noon)]).toEqual([null, null])
})

test("the invitation of one says nothing about another, and nobody who left has one", async () => {
  const token = (await invite(bo.id, noon)) ?? ""
  await invite(cy.id, noon)
  await deactivateAgent(bo.id, noon)
  expect(await invited(token, noon)).toBeNull()
  expect(await invite(bo.id, noon)).toBeNull()
  expect(await invite(999, noon)).toBeNull()
})

test("the link itself is nowhere in the database", async () => {
  const token = (await invite(bo.id, noon)) ?? ""
  expect(JSON.stringify(await db.select().from(passwordLinks))).not.toContain(token)
})
