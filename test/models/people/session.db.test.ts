import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import { deactivateAgent } from "#app/models/people/account.server.ts"
import {
  requireAdmin,
  requireFreshAdmin,
  requireLead,
  requireViewer,
  signOut,
  viewerOf,
} from "#app/models/people/session.server.ts"
import { db } from "#db/connection.server.ts"
import { sessions } from "#db/tables/sign-in.ts"
import { ann, billing, bo, cy, help, ida, later } from "#test/fixtures/desk.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

test("an agent sees the mailboxes they answer, a lead and an admin see all", async () => {
  expect(await viewerOf(await requestAs(cy, "/"))).toEqual({ ...cy, mailboxIds: [help.id] })
  expect(await viewerOf(await requestAs(ann, "/"))).toEqual({ ...ann, mailboxIds: [help.id, billing.id] })
  expect(await viewerOf(await requestAs(ida, "/"))).toEqual({ ...ida, mailboxIds: [help.id, billing.id] })
})

test("without a session one is asked to sign in and comes back to the page", async () => {
  const answer = await thrown(requireViewer(await requestAs(null, "/cases/12?tab=notes&_data=routes%2Fcases")))
  expect(answer.headers.get("location")).toBe("/sign-in?to=%2Fcases%2F12%3Ftab%3Dnotes")
})

test("a press without a session leads back to the page it was made on, never to another site", async () => {
  const referer = async (page: string) =>
    thrown(requireViewer(await requestAs(null, "/cases/12/closure", { form: {}, headers: { referer: page } })))
  expect((await referer("http://localhost:3000/cases/12")).headers.get("location")).toBe("/sign-in?to=%2Fcases%2F12")
  expect((await referer("http://evil.example/x")).headers.get("location")).toBe("/sign-in")
})

test("what is for leads or admins is refused to those below", async () => {
  expect((await requireLead(await requestAs(ann, "/load"))).name).toBe(ann.name)
  expect((await thrown(requireLead(await requestAs(bo, "/load")))).status).toBe(403)
  expect((await thrown(requireAdmin(await requestAs(ann, "/settings")))).status).toBe(403)
})

test("seven idle days or thirty in all end a session", async () => {
  const request = await requestAs(bo, "/", { now: later(-8 * 24 * 60, deskNow()) })
  expect(await viewerOf(request)).toBeNull()
  await db.update(sessions).set({ seenAt: deskNow() })
  expect(await viewerOf(request)).not.toBeNull()
  await db.update(sessions).set({ createdAt: later(-31 * 24 * 60, deskNow()) })
  expect(await viewerOf(request)).toBeNull()
})

test("using it keeps a session alive", async () => {
  const request = await requestAs(bo, "/", { now: later(-6 * 24 * 60, deskNow()) })
  await viewerOf(request)
  const [row] = await db.select().from(sessions)
  expect(deskNow().getTime() - row!.seenAt.getTime()).toBeLessThan(60_000)
})

test("somebody deactivated is signed out at once", async () => {
  const request = await requestAs(bo, "/")
  await deactivateAgent(bo.id, deskNow())
  expect(await viewerOf(request)).toBeNull()
  expect(await db.select().from(sessions).where(eq(sessions.agentId, bo.id))).toEqual([])
})

test("signing out ends the session and tells the browser to forget", async () => {
  const request = await requestAs(bo, "/sign-out", { form: {} })
  const headers = await signOut(request)
  expect(headers.get("set-cookie")).toContain("desk=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
  expect(headers.get("clear-site-data")).toBe('"cache", "storage"')
  expect(await viewerOf(request)).toBeNull()
})

test("ten minutes after the password was typed an admin is asked for it again", async () => {
  expect((await requireFreshAdmin(await requestAs(ida, "/settings/people"))).name).toBe(ida.name)
  const stale = await requestAs(ida, "/settings/people", { now: later(-11, deskNow()) })
  expect((await thrown(requireFreshAdmin(stale))).headers.get("location")).toBe("/me/proof?to=%2Fsettings%2Fpeople")
})

test("the token itself is nowhere in the database", async () => {
  const request = await requestAs(bo, "/")
  const token = request.headers.get("cookie")!.split("=")[1]!
  expect(JSON.stringify(await db.select().from(sessions))).not.toContain(token)
})
