import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import {
  addMailbox,
  asksForOf,
  changeMailbox,
  listMailboxes,
  mailboxById,
  mailboxOf,
} from "#app/models/people/mailbox.server.ts"
import { db } from "#db/connection.server.ts"
import { mailboxAgents, mailboxes } from "#db/tables/people.ts"
import { ann, billing, bo, cy, help, noon } from "#test/fixtures/desk.ts"

const answering = async (id: number) =>
  (await db.select().from(mailboxAgents).where(eq(mailboxAgents.mailboxId, id))).map(({ agentId }) => agentId).sort()

test("a recipient means a mailbox whatever its case, with or without a tag", async () => {
  expect(await mailboxOf("HELP@desk.Example")).toEqual({ ...help, tag: null })
  expect(await mailboxOf("help+c12.aBc@desk.example")).toEqual({ ...help, tag: "c12.aBc" })
})

test.each([
  "nobody@desk.example",
  "help@elsewhere.example",
  "help",
  "",
  "help@desk.example@evil.example",
  "+x@desk.example",
])("%j is none of our mailboxes", async (recipient) => expect(await mailboxOf(recipient)).toBeNull())

test("a closed mailbox takes no mail, and is still known by its number", async () => {
  await db.update(mailboxes).set({ closedAt: noon }).where(eq(mailboxes.id, billing.id))
  expect(await mailboxOf(billing.address)).toBeNull()
  expect(await mailboxById(billing.id)).toEqual(billing)
})

test("an address that has a plus of its own comes before the mailbox it would be a tag of", async () => {
  const made = await addMailbox({ address: "help+eu@desk.example", name: "Europe", agentIds: [] }, noon)
  expect(await mailboxOf("help+eu@desk.example")).toMatchObject({ ...made, tag: null })
  expect(await mailboxOf("help+us@desk.example")).toMatchObject({ id: help.id, tag: "us" })
})

test("a new mailbox is named after its address and answered by whom it says", async () => {
  const made = await addMailbox({ address: " Orders@Desk.example ", name: "", agentIds: [bo.id] }, noon)
  expect(await mailboxOf("orders@desk.example")).toMatchObject({ ...made, name: "Orders" })
  expect((await listMailboxes()).find(({ name }) => name === "Orders")?.agents).toEqual([{ id: bo.id, name: bo.name }])
})

test("an address twice, or none at all, makes no mailbox", async () => {
  expect(await addMailbox({ address: "Help@desk.example", name: "", agentIds: [] }, noon)).toEqual({
    refused: "There is a mailbox help@desk.example already",
  })
  expect(await addMailbox({ address: "help", name: "", agentIds: [] }, noon)).toEqual({
    refused: "help is not an email address",
  })
})

test("changing who answers keeps the limits of those who stay", async () => {
  await db.update(mailboxAgents).set({ loadLimit: 3 }).where(eq(mailboxAgents.agentId, ann.id))
  expect(await changeMailbox(billing.id, { name: "Invoices", agentIds: [ann.id, cy.id], asksFor: ["de"] })).toBe(
    "changed",
  )
  expect(await asksForOf(billing.id)).toEqual(["de"])
  expect(await answering(billing.id)).toEqual([ann.id, cy.id])
  const [kept] = await db.select().from(mailboxAgents).where(eq(mailboxAgents.agentId, ann.id))
  expect(kept?.loadLimit).toBe(3)
  expect(await changeMailbox(999, { name: "", agentIds: [], asksFor: [] })).toBeNull()
})
