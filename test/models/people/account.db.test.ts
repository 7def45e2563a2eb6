import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import {
  changeAgent,
  changeOwnWords,
  changePassword,
  deactivateAgent,
  isPasswordOf,
  reactivateAgent,
} from "#app/models/people/account.server.ts"
import { addAgent, agentByEmail, agentById, listAgents } from "#app/models/people/agent.server.ts"
import { mailboxIdsOf } from "#app/models/people/mailbox.server.ts"
import { endSession, provedAgain, sessionsOf } from "#app/models/people/own-sessions.server.ts"
import { sessionOf, viewerOf } from "#app/models/people/session.server.ts"
import { db } from "#db/connection.server.ts"
import { mailboxAgents } from "#db/tables/people.ts"
import { ann, billing, bo, cy, help, ida, later, noon } from "#test/fixtures/desk.ts"
import { requestAs } from "#test/support/signed-in.ts"

const gil = {
  email: "Gil@desk.example",
  name: "Gil Haas",
  role: "agent",
  loadLimit: 15,
  mailboxIds: [help.id],
  skills: [] as string[],
  mailboxLimits: [] as { mailboxId: number; limit: number | null }[],
} as const
const plain = { skills: [], mailboxLimits: [] }
const newcomer = { ...gil, mailboxIds: [help.id], password: "vier Pferde im Regen" }

test("a new person answers their mailboxes and signs in with the password they were given", async () => {
  const made = await addAgent(newcomer, noon)
  const id = "id" in made ? made.id : 0
  expect(await agentByEmail("gil@DESK.example")).toMatchObject({ id, role: "agent", loadLimit: 15 })
  expect(await mailboxIdsOf(id)).toEqual([help.id])
  expect(await isPasswordOf(id, "vier Pferde im Regen")).toBe(true)
  expect(await isPasswordOf(id, "vier Pferde im Schnee")).toBe(false)
})

test.each([
  [{ email: "bo@desk.example" }, "There is somebody with the address bo@desk.example already"],
  [{ email: "gil" }, "gil is not an email address"],
  [{ name: " " }, "A name is needed, customers see it under replies"],
  [{ loadLimit: 0 }, "A limit is a whole number from 1 to 100"],
  [{ loadLimit: 2.5 }, "A limit is a whole number from 1 to 100"],
  [{ loadLimit: Number.NaN }, "A limit is a whole number from 1 to 100"],
  [{ mailboxIds: [999] }, "One of those mailboxes does not exist"],
  [{ password: "short" }, "A password has at least 12 characters"],
])("a newcomer with %j is refused", async (wrong, refused) => {
  expect(await addAgent({ ...newcomer, ...wrong }, noon)).toEqual({ refused })
})

test("somebody invited has no password until they choose one", async () => {
  const made = await addAgent({ ...newcomer, password: null }, noon)
  expect(await isPasswordOf("id" in made ? made.id : 0, "")).toBe(false)
})

test("an admin changes role, limit and mailboxes; a limit of their own in one they keep stays", async () => {
  await db.update(mailboxAgents).set({ loadLimit: 4 }).where(eq(mailboxAgents.agentId, bo.id))
  const change = { ...plain, name: "Bo D.", role: "lead", loadLimit: 30, mailboxIds: [billing.id] } as const
  expect(await changeAgent(bo.id, { ...change, mailboxIds: [billing.id] })).toBe("changed")
  expect(await agentById(bo.id)).toMatchObject({ name: "Bo D.", role: "lead", loadLimit: 30 })
  expect(await db.select().from(mailboxAgents).where(eq(mailboxAgents.agentId, bo.id))).toEqual([
    { agentId: bo.id, mailboxId: billing.id, loadLimit: 4 },
  ])
  expect(await changeAgent(999, { ...change, mailboxIds: [] })).toBeNull()
})

test("a person has skills, and a limit of their own in a mailbox, which an empty field takes away", async () => {
  const change = { name: bo.name, role: "agent", loadLimit: 20, mailboxIds: [help.id, billing.id] } as const
  const own = async () =>
    db.select().from(mailboxAgents).where(eq(mailboxAgents.agentId, bo.id)).orderBy(mailboxAgents.mailboxId)
  await changeAgent(bo.id, {
    ...change,
    ...plain,
    skills: ["de"],
    mailboxLimits: [{ mailboxId: help.id, limit: 3 }],
    mailboxIds: [...change.mailboxIds],
  })
  expect(await agentById(bo.id)).toMatchObject({ skills: ["de"] })
  expect((await own()).map(({ loadLimit }) => loadLimit)).toEqual([3, null])
  const many = { ...change, ...plain, mailboxIds: [...change.mailboxIds] }
  expect(await changeAgent(bo.id, { ...many, mailboxLimits: [{ mailboxId: help.id, limit: 0 }] })).toEqual({
    refused: "A limit in one mailbox is a whole number from 1 to 100, or empty",
  })
  await changeAgent(bo.id, { ...many, mailboxLimits: [{ mailboxId: help.id, limit: null }] })
  expect((await own()).map(({ loadLimit }) => loadLimit)).toEqual([null, null])
})

test("the last admin can neither leave nor become something else", async () => {
  const asLead = { ...plain, name: "Ida Berg", role: "lead", loadLimit: 20, mailboxIds: [] } as const
  expect(await changeAgent(ida.id, { ...asLead, mailboxIds: [] })).toHaveProperty("refused")
  expect(await deactivateAgent(ida.id, noon)).toHaveProperty("refused")
})

test("two admins who make each other leads at the same moment leave one admin", async () => {
  await changeAgent(ann.id, { ...plain, name: ann.name, role: "admin", loadLimit: 20, mailboxIds: [] })
  const demote = (id: number) => changeAgent(id, { ...plain, name: "X", role: "lead", loadLimit: 20, mailboxIds: [] })
  const done = await Promise.all([demote(ann.id), demote(ida.id)])
  expect(done.filter((one) => one === "changed")).toHaveLength(1)
  expect((await listAgents()).filter(({ role }) => role === "admin")).toHaveLength(1)
})

test("somebody who left stands last in the list and can come back", async () => {
  await deactivateAgent(ann.id, noon)
  expect((await listAgents()).at(-1)).toMatchObject({
    id: ann.id,
    deactivatedAt: noon,
    mailboxIds: [help.id, billing.id],
  })
  expect(await reactivateAgent(ann.id)).toBe("reactivated")
  expect((await agentById(ann.id))?.deactivatedAt).toBeNull()
  expect([await deactivateAgent(999, noon), await reactivateAgent(999)]).toEqual([null, null])
})

test("a new password ends the other sessions of that person and nobody else's", async () => {
  const [here, elsewhere, others] = [await requestAs(bo, "/"), await requestAs(bo, "/"), await requestAs(cy, "/")]
  const session = await sessionOf(here)
  expect(await changePassword(bo.id, "fünf Esel im Schnee", session!.tokenHash)).toBe("changed")
  expect(await isPasswordOf(bo.id, "fünf Esel im Schnee")).toBe(true)
  expect([await viewerOf(here), await viewerOf(elsewhere), await viewerOf(others)]).toEqual([
    expect.anything(),
    null,
    expect.anything(),
  ])
})

test("a weak new password changes nothing", async () => {
  expect(await changePassword(bo.id, "password1234", "")).toEqual({
    refused: "That password is too easy to guess",
  })
})

test("one's own name and signature are one's own to change, the name never to nothing", async () => {
  expect(await changeOwnWords(bo.id, { name: "Bo", signature: "Bo from Acme" })).toBe("changed")
  expect(await agentById(bo.id)).toMatchObject({ name: "Bo", signature: "Bo from Acme" })
  expect(await changeOwnWords(bo.id, { name: " ", signature: "" })).toHaveProperty("refused")
})

test("a person sees the browsers they are signed in with and can end one, not those of others", async () => {
  const [here, elsewhere] = [await requestAs(bo, "/"), await requestAs(bo, "/")]
  const session = await sessionOf(here)
  const mine = await sessionsOf(bo.id, session!.tokenHash, deskNow())
  const other = mine.find(({ isThis }) => !isThis)!
  expect(mine.map(({ isThis }) => isThis).sort()).toEqual([false, true])
  expect(await endSession(cy.id, other.id)).toBeNull()
  expect(await endSession(bo.id, other.id)).toBe("ended")
  expect([await viewerOf(here), await viewerOf(elsewhere)]).toEqual([expect.anything(), null])
})

test("typing the password again opens what matters for another ten minutes", async () => {
  const request = await requestAs(ida, "/", { now: later(-30, deskNow()) })
  const before = await sessionOf(request)
  await provedAgain(before!.tokenHash, deskNow())
  expect([before?.isFresh, (await sessionOf(request))?.isFresh]).toEqual([false, true])
})
