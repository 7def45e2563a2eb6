import type { ActionFunctionArgs } from "@remix-run/node"
import { count, eq } from "drizzle-orm"
import { beforeEach, expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import { hashPassword } from "#app/models/people/password.server.ts"
import { setting } from "#app/models/people/settings.server.ts"
import * as proof from "#app/routes/me.proof.tsx"
import * as desk from "#app/routes/settings.desk.tsx"
import * as mail from "#app/routes/settings.mail.tsx"
import * as outgoing from "#app/routes/settings.outgoing.$mailboxId.tsx"
import { db } from "#db/connection.server.ts"
import { agents, mailboxes } from "#db/tables/people.ts"
import { apiTokens, keptForms } from "#db/tables/sign-in.ts"
import { smtpAccounts } from "#db/tables/ways.ts"
import { bo, ida, later } from "#test/fixtures/desk.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

/** Presses of the settings that ask for no password, each because nobody could stay by it. */
const exempt = new Map([
  ["settings.sharing.tsx", "who is given how much work, and that again after the next press"],
  ["settings.holidays._index.tsx", "days on which the desk is closed"],
  ["settings.holidays.import.tsx", "days on which the desk is closed"],
  ["settings.holidays.removal.ts", "days on which the desk is closed"],
])

type Module = { action?: (args: ActionFunctionArgs) => Promise<unknown> }
const modules = import.meta.glob<Module>("/app/routes/{settings,agents}.*")
const nameOf = (path: string) => path.split("/").at(-1) ?? ""

const password = "vier Pferde im Regen"
const stored = hashPassword(password)
const params = { agentId: String(bo.id), mailboxId: "1" }
const args = (request: Request) => ({ request, params, context: {} }) as ActionFunctionArgs
const longAgo = () => later(-11, deskNow())
const stale = (path: string, form: Record<string, string>, referer = "http://localhost:3000/settings/people") =>
  requestAs(ida, path, { form, now: longAgo(), headers: { referer } })

const cookieIn = (request: Request) => ({ cookie: request.headers.get("cookie") ?? "" })

/** The same browser sends another form. */
const again = (request: Request, path: string, form: Record<string, string>) =>
  new Request(`http://localhost:3000${path}`, {
    method: "POST",
    headers: cookieIn(request),
    body: new URLSearchParams(form),
  })

beforeEach(async () => {
  for (const { id } of [ida, bo])
    await db
      .update(agents)
      .set({ passwordHash: await stored })
      .where(eq(agents.id, id))
})

test("every press of the settings asks for the password again after ten minutes, or says here why not", async () => {
  const wrong: string[] = []
  for (const [path, load] of Object.entries(modules)) {
    const { action } = await load()
    if (!action || exempt.has(nameOf(path))) continue
    const answer = await action(args(await stale("/settings/x", { name: "x", act: "make" }))).catch((reason) => reason)
    const to = answer instanceof Response ? (answer.headers.get("location") ?? "") : ""
    if (!to.startsWith("/me/proof?")) wrong.push(nameOf(path))
  }
  expect(wrong).toEqual([])
  expect(Object.keys(modules).length).toBeGreaterThan(15)
  expect([...exempt.keys()].filter((name) => !modules[`/app/routes/${name}`])).toEqual([])
  expect(await db.select({ made: count() }).from(apiTokens)).toEqual([{ made: 0 }])
  expect(await db.select({ boxes: count() }).from(mailboxes)).toEqual([{ boxes: 2 }])
})

const typed = {
  host: "smtp.customer.example",
  port: "587",
  security: "starttls",
  method: "password",
  username: "help",
  password: "the relay's own secret",
}

test("what was sent is kept meanwhile, sealed, and done once the password is typed", async () => {
  const path = `/settings/outgoing/${params.mailboxId}`
  const request = await stale(path, typed)
  const detour = (await thrown(outgoing.action(args(request)))).headers.get("location") ?? ""
  expect(detour).not.toContain("secret")
  const [kept] = await db.select().from(keptForms)
  expect(kept?.sealed.toString("latin1")).not.toMatch(/secret|smtp\.customer/)
  const shown = await (
    await proof.loader(args(new Request(`http://localhost:3000${detour}`, { headers: cookieIn(request) })))
  ).text()
  expect(shown).not.toContain("secret")

  const keptForm = new URLSearchParams(detour.split("?")[1]).get("keptForm") ?? ""
  const wrong = (await proof.action(args(again(request, detour, { password: "x".repeat(12), keptForm })))) as Response
  expect(wrong.status).toBe(422)
  const proven = (await proof.action(args(again(request, detour, { password, keptForm })))) as Response
  expect([proven.status, proven.headers.get("location")]).toEqual([307, path])
  const done = await outgoing.action(args(again(request, path, { password, keptForm })))
  // Without BASE_URL nothing may leave; that it says so, with what was typed, shows that the form came through.
  expect(await (done as Response).json()).toMatchObject({ typed: { host: typed.host, username: "help" } })
  expect(await db.select().from(smtpAccounts)).toEqual([])
})

test("a kept form is done once, by the session that sent it, where it was sent", async () => {
  const form = { "desk.name": "Acme", "desk.timeZone": "UTC", "desk.businessWeek": "mon-fri 9:00-17:00" }
  const full = { ...form, "replies.undoSeconds": "10", "ratings.settleSeconds": "180" }
  const request = await stale("/settings/desk", full, "http://localhost:3000/settings/desk")
  const detour = (await thrown(desk.action(args(request)))).headers.get("location") ?? ""
  const keptForm = new URLSearchParams(detour.split("?")[1]).get("keptForm") ?? ""
  const other = await requestAs(ida, "/settings/desk", { form: { keptForm } })
  expect((await thrown(desk.action(args(other)))).status).toBe(302)
  await proof.action(args(again(request, detour, { password, keptForm })))
  expect((await thrown(mail.action(args(again(request, "/settings/mail", { keptForm }))))).status).toBe(302)
  expect(await setting("desk.name")).toBe("Support")
  await desk.action(args(again(request, "/settings/desk", { keptForm })))
  expect(await setting("desk.name")).toBe("Acme")
  expect((await thrown(desk.action(args(again(request, "/settings/desk", { keptForm }))))).status).toBe(302)
})

test("a press of somebody who is no admin is refused before anything is kept of it", async () => {
  const request = await requestAs(bo, "/settings/desk", { form: { "desk.name": "Mine" }, now: longAgo() })
  expect((await thrown(desk.action(args(request)))).status).toBe(403)
  expect(await db.select().from(keptForms)).toEqual([])
})
