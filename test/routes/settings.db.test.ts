import type { ActionFunctionArgs } from "@remix-run/node"
import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import { agentByEmail, agentById } from "#app/models/people/agent.server.ts"
import { listTokens, makeToken } from "#app/models/people/api-token.server.ts"
import { listMailboxes, mailboxIdsOf } from "#app/models/people/mailbox.server.ts"
import { viewerOf } from "#app/models/people/session.server.ts"
import { setting } from "#app/models/people/settings.server.ts"
import * as deactivation from "#app/routes/agents.$agentId.deactivation.ts"
import * as invitationOf from "#app/routes/agents.$agentId.invitation.tsx"
import * as reactivation from "#app/routes/agents.$agentId.reactivation.ts"
import * as invitation from "#app/routes/invitation.$token.tsx"
import * as desk from "#app/routes/settings.desk.tsx"
import * as mailboxes from "#app/routes/settings.mailboxes._index.tsx"
import * as mailbox from "#app/routes/settings.mailboxes.$mailboxId.tsx"
import * as people from "#app/routes/settings.people._index.tsx"
import * as person from "#app/routes/settings.people.$agentId.tsx"
import * as newPerson from "#app/routes/settings.people.new.tsx"
import * as tokens from "#app/routes/settings.tokens._index.tsx"
import * as revocation from "#app/routes/settings.tokens.revocation.ts"
import * as settings from "#app/routes/settings.tsx"
import { db } from "#db/connection.server.ts"
import { agents } from "#db/tables/people.ts"
import { ann, billing, bo, cy, help, ida, later, noon } from "#test/fixtures/desk.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

type Form = Record<string, string | string[]>
type Who = { id: number } | null

const args = (request: Request, params: Record<string, string> = {}) =>
  ({ request, params, context: {} }) as ActionFunctionArgs
const press = async (who: Who, form: Form, params = {}) => args(await requestAs(who, "/settings", { form }), params)
const visit = async (who: Who, params = {}) => args(await requestAs(who, "/settings"), params)
const bodyOf = async (answer: Promise<unknown> | unknown) => ((await answer) as Response).json()

const gil = {
  email: "gil@desk.example",
  name: "Gil Haas",
  role: "lead",
  limit: "15",
  mailbox: [String(help.id)],
  password: "",
}

test("every page and press of the settings is for admins", async () => {
  const token = { id: "1" }
  for (const who of [bo, ann, null]) {
    const status = who ? 403 : 302
    for (const page of [settings, people, newPerson, person, mailboxes, mailbox, desk, tokens, invitationOf])
      expect((await thrown(page.loader(await visit(who, { agentId: "3", mailboxId: "1" })))).status).toBe(status)
    for (const page of [
      newPerson,
      person,
      mailboxes,
      mailbox,
      desk,
      tokens,
      revocation,
      deactivation,
      reactivation,
      invitationOf,
    ])
      expect(
        (await thrown(page.action(await press(who, { ...gil, ...token }, { agentId: "3", mailboxId: "1" })))).status,
      ).toBe(status)
  }
  expect([await agentByEmail(gil.email), (await agentById(bo.id))?.role, await listTokens()]).toEqual([
    null,
    "agent",
    [],
  ])
})

test("people, and tokens, ask for the password again after ten minutes", async () => {
  const stale = (form?: Form) =>
    requestAs(ida, "/settings/people/new", { now: later(-11, deskNow()), ...(form ? { form } : {}) })
  for (const page of [newPerson, person, tokens])
    expect((await thrown(page.loader(args(await stale(), { agentId: "3" })))).headers.get("location")).toBe(
      "/me/proof?to=%2Fsettings%2Fpeople%2Fnew",
    )
  for (const page of [newPerson, person, tokens, revocation, deactivation, reactivation, invitationOf])
    expect((await thrown(page.action(args(await stale(gil), { agentId: "3" })))).status).toBe(302)
  expect(await agentByEmail(gil.email)).toBeNull()
})

test("the list shows everybody with role, limit and mailboxes, and no hash of anything", async () => {
  const body = await bodyOf(people.loader(await visit(ida)))
  expect(body.people).toHaveLength(4)
  expect(body.people).toContainEqual({
    id: cy.id,
    name: cy.name,
    email: cy.email,
    role: "agent",
    loadLimit: 20,
    isActive: true,
    mailboxes: ["Help"],
  })
})

test("somebody added without a password gets a link that lets them choose one, once", async () => {
  const { added } = await bodyOf(newPerson.action(await press(ida, gil)))
  expect(added.link).toMatch(/^http:\/\/localhost:3000\/invitation\/[\w-]{43}$/)
  expect(await agentByEmail(gil.email)).toMatchObject({ role: "lead", loadLimit: 15 })
  const token = added.link.split("/").at(-1)
  expect(await bodyOf(invitation.loader(await visit(null, { token })))).toMatchObject({ name: "Gil Haas" })
  const choose = async (password: string) => invitation.action(await press(null, { password }, { token }))
  expect((await choose("short")).status).toBe(422)
  expect((await choose("vier Pferde im Regen")).headers.get("location")).toBe("/sign-in?welcome")
  expect((await thrown(choose("vier Pferde im Regen"))).status).toBe(404)
  expect((await thrown(invitation.loader(await visit(null, { token })))).status).toBe(404)
})

test("somebody added with a password needs no link", async () => {
  const { added } = await bodyOf(newPerson.action(await press(ida, { ...gil, password: "vier Pferde im Regen" })))
  expect(added.link).toBeNull()
})

test("what is wrong with a newcomer is said, and what was typed comes back", async () => {
  const answer = await bodyOf(newPerson.action(await press(ida, { ...gil, email: bo.email, limit: "many" })))
  expect(answer).toMatchObject({ added: null, refused: "A limit is a whole number from 1 to 100", email: bo.email })
})

test("nothing but what the form asks for changes in a person", async () => {
  const [before] = await db.select().from(agents).where(eq(agents.id, bo.id))
  const sneaky = {
    ...gil,
    passwordHash: "x",
    password_hash: "x",
    email: "evil@desk.example",
    id: "1",
    deactivatedAt: "now",
  }
  await person.action(await press(ida, sneaky, { agentId: String(bo.id) }))
  const [after] = await db.select().from(agents).where(eq(agents.id, bo.id))
  expect(after).toEqual({ ...before, name: "Gil Haas", role: "lead", loadLimit: 15 })
  expect(await mailboxIdsOf(bo.id)).toEqual([help.id])
})

test.each(["999", "0", "-1", "1e3", "x", "1; drop table agents"])("there is nobody at %j", async (agentId) => {
  expect((await thrown(person.loader(await visit(ida, { agentId })))).status).toBe(404)
  for (const page of [person, deactivation, reactivation, invitationOf])
    expect((await thrown(page.action(await press(ida, gil, { agentId })))).status).toBe(404)
})

test("whoever leaves is signed out at once, and may be taken back", async () => {
  const theirs = await requestAs(bo, "/")
  const left = await deactivation.action(await press(ida, {}, { agentId: String(bo.id) }))
  expect([left.status, await viewerOf(theirs)]).toEqual([302, null])
  await reactivation.action(await press(ida, {}, { agentId: String(bo.id) }))
  expect(await viewerOf(await requestAs(bo, "/"))).not.toBeNull()
})

test("the last admin cannot be sent away", async () => {
  const refused = await thrown(deactivation.action(await press(ida, {}, { agentId: String(ida.id) })))
  expect([refused.status, await refused.text()]).toEqual([422, "The last admin stays: make another first."])
})

test("a new link for somebody is shown once, on the answer to the press", async () => {
  const made = await bodyOf(invitationOf.action(await press(ida, {}, { agentId: String(cy.id) })))
  expect(made).toMatchObject({ name: cy.name, link: expect.stringContaining("/invitation/") })
  expect(await bodyOf(invitationOf.loader(await visit(ida, { agentId: String(cy.id) })))).toBeNull()
})

test("a mailbox is added, renamed, and answered by others", async () => {
  await mailboxes.action(await press(ida, { address: "sales@desk.example", name: "Sales", agent: [String(bo.id)] }))
  await mailbox.action(
    await press(ida, { name: "Invoices", agent: [String(cy.id)] }, { mailboxId: String(billing.id) }),
  )
  expect(await listMailboxes()).toMatchObject([
    { name: "Help" },
    { name: "Invoices", agents: [{ id: cy.id }] },
    { name: "Sales", agents: [{ id: bo.id }] },
  ])
  const twice = await bodyOf(mailboxes.action(await press(ida, { address: "SALES@desk.example", name: "" })))
  expect(twice.refused).toBe("There is a mailbox sales@desk.example already")
})

const told = {
  "desk.name": "Acme Support",
  "desk.timeZone": "Europe/Berlin",
  "desk.businessWeek": "mon-thu 9:00-17:00, fri 9:00-15:00",
  "replies.undoSeconds": "20",
  "ratings.settleSeconds": "60",
}

test("the desk is told its name, zone, hours and waits; a box not ticked is off", async () => {
  expect(await bodyOf(desk.action(await press(ida, told)))).toMatchObject({ refused: null })
  expect([await setting("desk.name"), await setting("ratings.lineOn"), await setting("replies.undoSeconds")]).toEqual([
    "Acme Support",
    false,
    20,
  ])
  expect((await bodyOf(desk.loader(await visit(ida)))).text).toEqual({
    ...told,
    "desk.businessWeek": "mon-thu 09:00-17:00, fri 09:00-15:00",
    "ratings.lineOn": "off",
  })
})

test("one wrong value of the desk changes none, and is said beside its field", async () => {
  const answer = await bodyOf(desk.action(await press(ida, { ...told, "desk.timeZone": "Berlin" })))
  expect(answer.refused).toEqual({
    key: "desk.timeZone",
    words: "must be a time zone such as Europe/Berlin or UTC",
  })
  expect(await setting("desk.name")).toBe("Support")
})

test("only what the page shows can be set by it", async () => {
  await desk.action(await press(ida, { ...told, "clock.offsetSeconds": "9999", "web.baseUrl": "http://evil.example" }))
  expect([await setting("clock.offsetSeconds"), await setting("web.baseUrl")]).toEqual([0, "http://localhost:3000"])
})

test("a token is shown on the answer to its making, and never again", async () => {
  const { made } = await bodyOf(tokens.action(await press(ida, { name: "Warehouse", write: "on" })))
  expect(made.token).toMatch(/^upturn_[\w-]{43}$/)
  expect(await listTokens()).toMatchObject([{ name: "Warehouse", scopes: ["write"], owner: "Ida Berg" }])
  expect(JSON.stringify(await bodyOf(tokens.loader(await visit(ida))))).not.toContain(made.token)
  expect((await bodyOf(tokens.action(await press(ida, { name: " " })))).error).toBe("Say what it is for")
})

test("a token is made for some mailboxes and a time; what cannot be is said beside it", async () => {
  const made = (more: Record<string, string | string[]>) => press(ida, { name: "Shop", ...more })
  await tokens.action(await made({ read: "on", metrics: "on", mailbox: String(help.id), expires: "90d" }))
  const { tokens: shown } = await bodyOf(tokens.loader(await visit(ida)))
  expect(shown).toMatchObject([
    { scopes: ["read", "metrics"], mailboxes: ["Help"], owner: "Ida Berg", lastUsedAt: null, isOver: false },
  ])
  const days = (Date.parse(shown[0].expiresAt) - Date.parse(shown[0].createdAt)) / 86_400_000
  expect(Math.round(days)).toBe(90)
  const refusals = [{}, { read: "on", expires: "soon" }, { read: "on", mailbox: "999" }]
  for (const more of refusals) expect((await thrown(tokens.action(await made(more)))).status).toBe(422)
  expect(await listTokens()).toHaveLength(1)
})

test("a token is revoked by its number; a number of none changes nothing", async () => {
  await makeToken("Warehouse", ["read"], noon)
  const [row] = await listTokens()
  await revocation.action(await press(ida, { id: "x" }))
  expect(await listTokens()).toHaveLength(1)
  await revocation.action(await press(ida, { id: String(row!.id) }))
  expect(await listTokens()).toEqual([])
})
