import type { ActionFunctionArgs } from "@remix-run/node"
import { expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import { hoursOf } from "#app/models/people/agent-hours.server.ts"
import { dayOf } from "#app/models/people/hours.ts"
import { asksForOf } from "#app/models/people/mailbox.server.ts"
import { loads } from "#app/models/sharing/load.server.ts"
import * as removal from "#app/routes/absences.$absenceId.removal.ts"
import * as absences from "#app/routes/load.$agentId.absences.tsx"
import * as presence from "#app/routes/load.$agentId.presence.tsx"
import * as week from "#app/routes/load.$agentId.week.tsx"
import * as me from "#app/routes/me._index.tsx"
import * as holidays from "#app/routes/settings.holidays._index.tsx"
import * as importing from "#app/routes/settings.holidays.import.tsx"
import * as holidayRemoval from "#app/routes/settings.holidays.removal.ts"
import * as mailbox from "#app/routes/settings.mailboxes.$mailboxId.tsx"
import * as person from "#app/routes/settings.people.$agentId.tsx"
import { ann, billing, bo, cy, help, ida } from "#test/fixtures/desk.ts"
import { cookieOf, requestAs, thrown } from "#test/support/signed-in.ts"

type Who = { id: number } | null
type Form = Record<string, string | string[]>

const args = (request: Request, params: Record<string, string>) =>
  ({ request, params, context: {} }) as ActionFunctionArgs
const press = async (who: Who, form: Form, params = {}) => args(await requestAs(who, "/load", { form }), params)
const visit = async (who: Who, params = {}, path = "/load") => args(await requestAs(who, path), params)
const of = ({ id }: { id: number }) => ({ agentId: String(id) })
const answerOf = async (answer: unknown) => {
  const response = (await answer) as Response
  const location = response.headers.get("location")
  return { status: response.status, location, body: location ? null : await response.json() }
}
const stateOf = async (id: number) => (await loads(deskNow())).find(({ agentId }) => agentId === id)?.presence
const next = (year = Number(dayOf(deskNow(), "UTC").slice(0, 4)) + 1) => `${year}-01-10`
const everyDay = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [`day${day}`, "0-24"]))
const awayDay = () => ({ first: next(), part: "day", back: "/me" })

test("hours are for leads, away days and the switch for oneself and leads", async () => {
  expect((await thrown(week.loader(await visit(bo, of(bo))))).status).toBe(403)
  expect((await thrown(week.action(await press(bo, everyDay, of(bo))))).status).toBe(403)
  for (const page of [absences, presence]) {
    expect((await thrown(page.loader(await visit(cy, of(bo))))).status).toBe(403)
    expect((await thrown(page.action(await press(cy, { ...awayDay(), state: "away" }, of(bo))))).status).toBe(403)
    expect((await thrown(page.loader(await visit(null, of(bo))))).status).toBe(302)
    expect(((await page.loader(await visit(bo, of(bo)))) as Response).status).toBe(200)
    expect((await thrown(page.loader(await visit(ann, { agentId: "999" })))).status).toBe(404)
  }
  expect((await hoursOf(bo.id, deskNow()))?.absences).toEqual([])
})

test("a week is saved and leads back to where it was typed, and to no other desk", async () => {
  const form = { ...everyDay, timeZone: "Europe/Berlin", back: "/settings/people/3" }
  expect(await answerOf(week.action(await press(ann, form, of(bo))))).toMatchObject({
    location: "/settings/people/3?saved=hours",
  })
  const { body } = await answerOf(week.loader(await visit(ann, of(bo))))
  expect(body.shown).toMatchObject({ ownZone: "Europe/Berlin", week: "mon-sun 00:00-24:00" })
  const evil = await answerOf(week.action(await press(ann, { ...form, back: "//evil.example" }, of(bo))))
  expect(evil.location).toBe("/?saved=hours")
})

test("a week that cannot be read comes back as it was typed", async () => {
  const { status, body } = await answerOf(week.action(await press(ann, { ...everyDay, day3: "always" }, of(bo))))
  expect([status, body.wrong.field, body.typed.days[2], body.typed.days[0]]).toEqual([422, "day3", "always", "0-24"])
})

test("my page shows my hours and away days, which I add and remove there", async () => {
  await week.action(await press(ann, everyDay, of(bo)))
  const added = await answerOf(absences.action(await press(bo, { ...awayDay(), note: "Sea" }, of(bo))))
  expect(added.location).toBe("/me?saved=away")
  const shown = async () => (await answerOf(me.loader(await visit(bo, {}, "/me")))).body
  const { hours, presence: now } = await shown()
  expect(hours).toMatchObject({ week: "mon-sun 00:00-24:00", absences: [{ note: "Sea" }] })
  expect(now).toMatchObject({ state: "present" })
  const params = { absenceId: String(hours.absences[0].id) }
  expect((await thrown(removal.action(await press(cy, { back: "/me" }, params)))).status).toBe(404)
  expect((await answerOf(removal.action(await press(bo, { back: "/me" }, params)))).location).toBe("/me?saved=removed")
  expect((await shown()).hours.absences).toEqual([])
})

test("a time away that cannot be is said beside its field, with what was typed", async () => {
  const typed = { ...awayDay(), last: "2001-01-01", note: "Sea" }
  const { status, body } = await answerOf(absences.action(await press(bo, typed, of(bo))))
  expect([status, body.wrong.field, body.typed.note, body.back]).toEqual([422, "last", "Sea", "/me"])
})

test("the switch takes until when, and says what is wrong with one that is past", async () => {
  const away = { state: "away", until: "30 min", back: "/cases" }
  expect((await answerOf(presence.action(await press(bo, away, of(bo))))).location).toBe("/cases")
  const until = Date.parse((await stateOf(bo.id))?.until ?? "") - deskNow().getTime()
  expect(until).toBeGreaterThan(29 * 60_000)
  expect(until).toBeLessThanOrEqual(30 * 60_000)
  const past = { ...away, until: "moment", moment: "2001-01-01T10:00" }
  const { status, body } = await answerOf(presence.action(await press(bo, past, of(bo))))
  expect([status, body.wrong, body.typed.moment]).toEqual([422, "That is past already: give a later time", past.moment])
  expect((await stateOf(bo.id))?.state).toBe("away")
})

test("holidays are for admins: added, listed and removed", async () => {
  const form = { first: next(), name: "Founders" }
  expect((await thrown(holidays.loader(await visit(ann)))).status).toBe(403)
  for (const page of [holidays, importing, holidayRemoval])
    expect((await thrown(page.action(await press(ann, form)))).status).toBe(403)
  expect((await answerOf(holidays.action(await press(ida, form)))).location).toBe("/settings/holidays?saved=away")
  expect((await answerOf(holidays.action(await press(ida, form)))).location).toBe("/settings/holidays?saved=known")
  expect((await answerOf(holidays.loader(await visit(ida)))).body.holidays).toEqual([{ day: next(), name: "Founders" }])
  const wrong = await answerOf(holidays.action(await press(ida, { ...form, first: "soon" })))
  expect([wrong.status, wrong.body.wrong, wrong.body.typed.name]).toEqual([422, "first", "Founders"])
  expect((await thrown(holidayRemoval.action(await press(ida, { day: "soon" })))).status).toBe(404)
  await holidayRemoval.action(await press(ida, { day: next() }))
  expect((await answerOf(holidays.loader(await visit(ida)))).body.holidays).toEqual([])
})

async function sent(text: string | null) {
  const body = new FormData()
  if (text !== null) body.set("file", new File([text], "holidays.ics"))
  const headers = { cookie: await cookieOf(ida) }
  const request = new Request("http://localhost:3000/settings/holidays/import", { method: "POST", body, headers })
  return answerOf(importing.action(args(request, {})))
}

test("a calendar file is imported with a report, and one that is none is refused in words", async () => {
  const event = `BEGIN:VEVENT\r\nDTSTART:${next().replaceAll("-", "")}\r\nSUMMARY:Founders\r\nEND:VEVENT`
  const { body } = await sent(`BEGIN:VCALENDAR\r\n${event}\r\nEND:VCALENDAR`)
  expect(body.imported).toEqual({ added: 1, known: 0, leftOut: [] })
  const nonsense = await sent("PNG")
  expect([nonsense.status, nonsense.body.refused]).toEqual([422, expect.stringMatching(/no calendar file/)])
  expect((await sent(null)).body.refused).toBe("Choose a calendar file (.ics) first")
})

test("a person's skills and limits of one mailbox, and what a mailbox asks for, are set by an admin", async () => {
  const form = { name: bo.name, role: "agent", limit: "20", mailbox: [String(help.id), String(billing.id)] }
  const params = of(bo)
  await person.action(await press(ida, { ...form, skills: "DE, refunds de", "limit-1": "4", "limit-2": "" }, params))
  const { body } = await answerOf(person.loader(await visit(ida, params)))
  expect(body.person).toMatchObject({
    skills: ["de", "refunds"],
    mailboxLimits: [
      { mailboxId: help.id, limit: 4 },
      { mailboxId: billing.id, limit: null },
    ],
  })
  const wrong = await answerOf(person.action(await press(ida, { ...form, skills: "", "limit-1": "many" }, params)))
  expect([wrong.status, wrong.body.refused]).toEqual([422, expect.stringMatching(/^A limit in one mailbox/)])
  await mailbox.action(await press(ida, { name: "Help", agent: [String(bo.id)], asksFor: "DE" }, { mailboxId: "1" }))
  expect(await asksForOf(help.id)).toEqual(["de"])
})
