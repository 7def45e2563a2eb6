import { eq } from "drizzle-orm"
import { expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import { attach, keepFile } from "#app/models/cases/attachment.server.ts"
import { appendMessage } from "#app/models/cases/message.server.ts"
import { makeToken } from "#app/models/people/api-token.server.ts"
import { settleDue } from "#app/models/ratings/rating.server.ts"
import { assignCase } from "#app/models/sharing/assignment.server.ts"
import { takeCase } from "#app/models/sharing/hand-over.server.ts"
import { loader as attachmentByToken } from "#app/routes/api.v1.attachments.$attachmentId.ts"
import { loader as attachment } from "#app/routes/attachments.$attachmentId.ts"
import { loader as list } from "#app/routes/cases._index.tsx"
import { action as assignment } from "#app/routes/cases.$number.assignment.ts"
import { action as closure } from "#app/routes/cases.$number.closure.ts"
import { action as draft } from "#app/routes/cases.$number.draft.ts"
import { action as notes } from "#app/routes/cases.$number.notes.ts"
import { action as release } from "#app/routes/cases.$number.release.ts"
import { action as reopening } from "#app/routes/cases.$number.reopening.ts"
import { action as snooze } from "#app/routes/cases.$number.snooze.ts"
import { action as spam } from "#app/routes/cases.$number.spam.ts"
import { action as taking } from "#app/routes/cases.$number.taking.ts"
import { loader as page } from "#app/routes/cases.$number.tsx"
import { action as voiding } from "#app/routes/cases.$number.void.ts"
import { loader as next } from "#app/routes/cases.$number_.next.tsx"
import { loader as frame } from "#app/routes/messages.$messageId.frame.ts"
import { db } from "#db/connection.server.ts"
import { attachments, cases, drafts, notes as noteRows } from "#db/tables/cases.ts"
import { agents } from "#db/tables/people.ts"
import { ratings } from "#db/tables/ratings.ts"
import { asked, seconds, someone } from "#test/fixtures/asked.ts"
import { ann, billing, bo, cy, dana, eli, help, noon } from "#test/fixtures/desk.ts"
import { caseOf, fromCustomer } from "#test/support/cases.ts"
import { caseNow } from "#test/support/replies.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"
import { viewer } from "#test/support/viewer.ts"

type Door = (args: never) => Promise<unknown>
type Who = { id: number }

async function visit(door: Door, who: Who, path: string, params: Record<string, string> = {}) {
  return (await door({ request: await requestAs(who, path), params, context: {} } as never)) as Response
}

async function press(door: Door, who: Who, number: number, form: Record<string, string | string[]> = {}) {
  const request = await requestAs(who, `/cases/${number}`, { form: { pressed: "1", ...form } })
  return (await door({ request, params: { number: String(number) }, context: {} } as never)) as Response
}

const where = (answer: Response) => answer.headers.get("location")
const subjects = async (answer: Response) =>
  ((await answer.json()) as { rows: { subject: string }[] }).rows.map(({ subject }) => subject)

test("without a view one sees what waits on oneself, with q everything one may see", async () => {
  const mine = await caseOf("zebra", noon, dana, help.id, "Mine")
  await caseOf("zebra", noon, eli, help.id, "Nobody's")
  await takeCase(viewer(bo), mine, noon)
  expect(await subjects(await visit(list, bo, "/cases"))).toEqual(["Mine"])
  expect(await subjects(await visit(list, bo, "/cases?view=unassigned"))).toEqual(["Nobody's"])
  expect((await subjects(await visit(list, bo, "/cases?q=zebra"))).toSorted()).toEqual(["Mine", "Nobody's"])
  expect(await subjects(await visit(list, bo, "/cases?view=nonsense&mailbox=x"))).toEqual(["Mine"])
})

test("whoever is not signed in comes back to where they were going", async () => {
  const request = new Request("http://localhost:3000/cases?view=closed")
  const answer = await thrown(list({ request, params: {}, context: {} } as never))
  expect(where(answer)).toBe("/sign-in?to=%2Fcases%3Fview%3Dclosed")
})

test("the page of a case has what was said, why it is with whom, and the customer", async () => {
  const number = await caseOf("Where is it?")
  await db.transaction((tx) => assignCase(tx, number, noon))
  const shown = await (await visit(page, ann, `/cases/${number}`, { number: String(number) })).json()
  expect(shown).toMatchObject({
    kase: { number, state: "waiting-on-us", mailbox: { name: help.name } },
    messages: [{ kind: "email", newText: "Where is it?", delivery: null, rating: null }],
    customer: { name: dana.name, addresses: [{ address: dana.address }] },
    participants: [{ address: dana.address, standing: "requester" }],
  })
  expect(shown.assignments).toMatchObject([
    {
      line: "Given to Ann: 0 of 20, equal to others, the first by number.",
      stood: [
        { name: ann.name, isChosen: true, words: "was given it: equal to others, the first by number" },
        { name: bo.name, isChosen: false, words: "had room, but came later by number, equal in all else" },
        { name: cy.name, isChosen: false },
      ],
    },
  ])
})

test("a case of another's mailbox looks like none at all", async () => {
  const number = await caseOf("Secret", noon, dana, billing.id)
  for (const text of [String(number), "999", "0", "-1", "1e9", "x", "1 or 1=1"])
    expect((await thrown(visit(page, cy, `/cases/${text}`, { number: text }))).status).toBe(404)
  expect((await thrown(press(closure, cy, number))).status).toBe(404)
  expect((await thrown(press(notes, cy, number, { body: "Hi" }))).status).toBe(404)
  expect((await thrown(press(taking, cy, number))).status).toBe(404)
  expect((await press(draft, cy, number, { body: "Hi" })).status).toBe(404)
  expect((await caseNow(number)).closedAt).toBeNull()
})

test("next leads through the view one came from, and begins again at its end", async () => {
  const [first, second] = [await caseOf("a", noon), await caseOf("b", new Date(noon.getTime() + 1000))]
  const next = async (number: number) =>
    (await (await visit(page, bo, `/cases/${number}?view=everyone`, { number: String(number) })).json()).neighbours
  expect(await next(first)).toMatchObject({ previous: null, next: second })
  expect(await next(second)).toMatchObject({ previous: first, next: first })
})

test("close, reopen, snooze and spam go back to the case", async () => {
  const number = await caseOf("Where?")
  expect(where(await press(closure, bo, number))).toBe(`/cases/${number}`)
  expect((await caseNow(number)).closedAt).not.toBeNull()
  await press(reopening, bo, number)
  expect((await caseNow(number)).closedAt).toBeNull()
  const later = new Date(deskNow().getTime() + 3_600_000)
  await press(snooze, bo, number, { snoozeUntil: later.toISOString() })
  expect((await caseNow(number)).snoozedUntil?.getTime()).toBe(later.getTime())
  await press(snooze, bo, number, { snoozeUntil: "" })
  expect((await caseNow(number)).snoozedUntil).toBeNull()
  await press(spam, bo, number, { spam: "yes" })
  expect((await caseNow(number)).spamAt).not.toBeNull()
  expect(where(await press(closure, bo, number))).toBe(`/cases/${number}?said=not-now`)
})

test.each(["yesterday", "2020-01-01T00:00:00Z", "9999999999999"])("a case cannot come back %s", async (snoozeUntil) => {
  const number = await caseOf("Where?")
  expect(where(await press(snooze, bo, number, { snoozeUntil }))).toBe(`/cases/${number}?said=pick-a-time`)
})

test("of two who take a case one has it, and the other is told", async () => {
  const number = await caseOf("Where?")
  const answers = await Promise.all([press(taking, bo, number), press(taking, cy, number)])
  expect(answers.map(where).toSorted()).toEqual([`/cases/${number}`, `/cases/${number}?said=somebody-else`])
})

test("a case is handed over only by whoever saw who has it", async () => {
  const number = await caseOf("Where?")
  await press(taking, bo, number)
  const [toCy, stale] = [
    { agent: String(cy.id), expected: String(bo.id) },
    { agent: String(ann.id), expected: "" },
  ]
  expect(where(await press(assignment, ann, number, stale))).toBe(`/cases/${number}?said=somebody-else`)
  await press(assignment, ann, number, toCy)
  expect((await caseNow(number)).agentId).toBe(cy.id)
  await press(release, cy, number)
  expect((await caseNow(number)).agentId).toBeNull()
})

test("whom a case can be handed to is shown with how they stand, and what is gone past is said by the case", async () => {
  await db.update(agents).set({ loadLimit: 1 }).where(eq(agents.id, cy.id))
  await db
    .update(agents)
    .set({ switchedTo: "off", skills: ["fr"] })
    .where(eq(agents.id, bo.id))
  const [held, number] = [await caseOf("First"), await caseOf("Second")]
  await db
    .update(cases)
    .set({ asksFor: ["fr"] })
    .where(eq(cases.number, number))
  await takeCase(viewer(cy), held, noon)
  const shown = async () => (await visit(page, ann, `/cases/${number}`, { number: String(number) })).json()
  expect((await shown()).colleagues).toMatchObject([
    { name: ann.name, standing: ["0 of 20", "present", "without fr"], past: ["without fr"] },
    { name: bo.name, standing: ["0 of 20", "off"], past: ["while off"] },
    { name: cy.name, standing: ["1 of 1", "present", "past their limit of 1", "without fr"] },
  ])
  await press(assignment, ann, number, { agent: String(cy.id), expected: "" })
  const after = await shown()
  expect(after.assignments.at(-1).line).toBe(
    "Ann Lee handed it over to Cy Novak, past their limit of 1 and without fr.",
  )
  expect(after.assignments.at(-1).stood[0]).toMatchObject({ name: cy.name, isChosen: true, words: "was handed it" })
})

test("those who do not answer the mailbox are not offered its case", async () => {
  const number = await caseOf("Where?", noon, dana, billing.id)
  const shown = await (await visit(page, ann, `/cases/${number}`, { number: String(number) })).json()
  expect(shown.colleagues.map(({ name }: { name: string }) => name)).toEqual([ann.name, bo.name])
})

test("who would get it now is shown with everybody's standing, and nothing is given", async () => {
  const number = await caseOf("Where?")
  await db.update(agents).set({ loadLimit: 1 }).where(eq(agents.id, ann.id))
  await takeCase(viewer(ann), await caseOf("Another"), noon)
  const shown = await (await visit(next, cy, `/cases/${number}/next`, { number: String(number) })).json()
  expect(shown).toMatchObject({
    verdict: "Bo Diaz would get it: 0 of 20, equal to others, the first by number.",
    changes: [],
    holder: null,
    stood: [{ name: bo.name, isChosen: true }, { name: cy.name }, { name: ann.name, words: "is full at 1 of 1" }],
  })
  expect((await caseNow(number)).agentId).toBeNull()
})

test("where nobody would get it the page says what would have to change", async () => {
  const number = await caseOf("Where?", noon, dana, billing.id)
  await db.update(agents).set({ switchedTo: "off" }).where(eq(agents.id, ann.id))
  await db.update(agents).set({ loadLimit: 1 }).where(eq(agents.id, bo.id))
  await takeCase(viewer(bo), await caseOf("Another"), noon)
  const shown = await (await visit(next, bo, `/cases/${number}/next`, { number: String(number) })).json()
  expect(shown.verdict).toBe("Nobody would get it now. It would wait in the pool.")
  expect(shown.changes).toEqual([
    "Ann Lee is off, until they or a lead switch them to present.",
    "Bo Diaz is full at 1 of 1: one case answered or closed makes room, or a higher limit.",
    "Cy Novak does not answer this mailbox: an admin can add them.",
  ])
})

test("who would get a case of another's mailbox is nobody's business", async () => {
  const number = await caseOf("Secret", noon, dana, billing.id)
  for (const text of [String(number), "999", "x"])
    expect((await thrown(visit(next, cy, `/cases/${text}/next`, { number: text }))).status).toBe(404)
})

test("nobody is handed a case of a mailbox they do not answer", async () => {
  const number = await caseOf("Where?", noon, dana, billing.id)
  const answer = await press(assignment, ann, number, { agent: String(cy.id), expected: "" })
  expect(where(answer)).toBe(`/cases/${number}?said=not-there`)
})

test("a lead voids a rating with a reason, nobody else and never without one", async () => {
  const { caseNumber, requestId, token } = await asked()
  await someone().presses(token, "frown", seconds(60))
  await settleDue(seconds(600))
  const form = { request: String(requestId), because: "They told us it was a slip" }
  const voided = async () => (await db.select().from(ratings)).map((row) => row.voidedBecause)
  expect(where(await press(voiding, bo, caseNumber, form))).toBe(`/cases/${caseNumber}?said=not-now`)
  expect(where(await press(voiding, ann, caseNumber, { ...form, because: " " }))).toBe(
    `/cases/${caseNumber}?said=no-reason`,
  )
  expect(await voided()).toEqual([null])
  expect(where(await press(voiding, ann, caseNumber, form))).toBe(`/cases/${caseNumber}`)
  expect(await voided()).toEqual([form.because])
})

test("a note is left, an empty one is not", async () => {
  const number = await caseOf("Where?")
  expect(where(await press(notes, bo, number, { body: "  " }))).toBe(`/cases/${number}?said=empty`)
  await press(notes, bo, number, { body: "Be kind" })
  expect(await db.select({ body: noteRows.body }).from(noteRows)).toEqual([{ body: "Be kind" }])
})

test("a press goes back to where it was made, never elsewhere", async () => {
  const number = await caseOf("Where?")
  expect(where(await press(closure, bo, number, { back: "/cases?view=mine" }))).toBe("/cases?view=mine")
  expect(where(await press(reopening, bo, number, { back: "//evil.example" }))).toBe("/")
})

test("a draft is kept as it is written, with the copies that are addresses", async () => {
  const number = await caseOf("Where?")
  expect((await press(draft, bo, number, { body: "Half a", cc: ["eli@customer.example, nonsense", ""] })).status).toBe(
    200,
  )
  expect(await db.select().from(drafts)).toMatchObject([
    { agentId: bo.id, body: "Half a", cc: [{ address: "eli@customer.example" }] },
  ])
  await press(draft, bo, number, { body: " " })
  expect(await db.select().from(drafts)).toEqual([])
})

async function withHtml(html: string, mailboxId: number = help.id) {
  const number = await caseOf("Hello", noon, dana, mailboxId)
  const id = await db.transaction((tx) => appendMessage(tx, { ...fromCustomer(number, "Hello", noon), html }, noon))
  return { number, id }
}

test("HTML mail is shown clean, under a policy that stops what cleaning missed", async () => {
  const { id } = await withHtml(`<p onclick="x()">Hello<script>alert(1)</script></p>`)
  const answer = await visit(frame, bo, `/messages/${id}/frame`, { messageId: String(id) })
  expect(await answer.text()).toMatch(/<p>Hello<\/p><\/body>/)
  const policy = answer.headers.get("content-security-policy")
  expect(policy).toContain("sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox;")
  expect(policy).toContain("default-src 'none'; img-src data: localhost:3000/attachments/;")
  expect(policy).not.toMatch(/allow-scripts|script-src|https:/)
})

test("pictures from elsewhere are let in only when asked for", async () => {
  const { id } = await withHtml(`<img src="http://tracker.example/a.gif"><p>Hello</p>`)
  const params = { messageId: String(id) }
  const before = await visit(frame, bo, `/messages/${id}/frame`, params)
  expect(await before.text()).toMatch(/One image[\s\S]*Show images/)
  const after = await visit(frame, bo, `/messages/${id}/frame?images`, params)
  expect(after.headers.get("content-security-policy")).toMatch(/img-src [^;]* https:;/)
  expect(await after.text()).toContain(`src="https://tracker.example/a.gif"`)
})

test("the frame of a message in another's mailbox, or of one without HTML, is not there", async () => {
  const { id } = await withHtml("<p>Secret</p>", billing.id)
  expect((await thrown(visit(frame, cy, `/messages/${id}/frame`, { messageId: String(id) }))).status).toBe(404)
  const number = await caseOf("Plain")
  const plain = String((await caseNow(number)).lastMessageId)
  expect((await thrown(visit(frame, bo, `/messages/${plain}/frame`, { messageId: plain }))).status).toBe(404)
})

const html = Buffer.from("<!doctype html><script>alert(1)</script>")
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])

async function withFile(bytes: Buffer, contentType: string, mailboxId: number = help.id) {
  const { number, id } = await withHtml("<p>See file</p>", mailboxId)
  const kept = await keepFile(bytes)
  const row = {
    messageId: id,
    caseNumber: number,
    ...kept,
    filename: "a.png",
    contentType,
    inline: false,
    contentId: null,
  }
  await db.transaction((tx) => attach(tx, [row], noon))
  const [made] = await db.select({ id: attachments.id }).from(attachments)
  return String(made?.id)
}

test("a file that lies about its kind is only ever saved", async () => {
  const attachmentId = await withFile(html, "image/png")
  for (const query of ["", "?inline"]) {
    const answer = await visit(attachment, bo, `/attachments/${attachmentId}${query}`, { attachmentId })
    expect(answer.headers.get("content-type")).toBe("application/octet-stream")
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment;/)
    expect(answer.headers.get("content-security-policy")).toBe("sandbox; default-src 'none'")
  }
})

test("a real picture is shown inside the page, and saved otherwise", async () => {
  const attachmentId = await withFile(png, "text/html")
  const shown = await visit(attachment, bo, `/attachments/${attachmentId}?inline`, { attachmentId })
  expect(shown.headers.get("content-type")).toBe("image/png")
  expect(Buffer.from(await shown.arrayBuffer())).toEqual(png)
  const saved = await visit(attachment, bo, `/attachments/${attachmentId}`, { attachmentId })
  expect(saved.headers.get("content-type")).toBe("application/octet-stream")
})

test("a file of another's mailbox is not there, whoever asks how", async () => {
  const attachmentId = await withFile(png, "image/png", billing.id)
  expect((await thrown(visit(attachment, cy, `/attachments/${attachmentId}`, { attachmentId }))).status).toBe(404)
  const stranger = new Request(`http://localhost:3000/attachments/${attachmentId}`)
  const answer = await thrown(attachment({ request: stranger, params: { attachmentId }, context: {} } as never))
  expect(answer.status).toBe(302)
})

test("a program fetches a file with its token and never inline", async () => {
  const attachmentId = await withFile(png, "image/png")
  const token = await makeToken("robot", ["read"], noon)
  const ask = (id: string) =>
    attachmentByToken({
      request: new Request(`http://d/api/v1/attachments/${id}?inline`, {
        headers: { Authorization: `Bearer ${token}` },
      }),
      params: { attachmentId: id },
      context: {},
    } as never)
  expect((await ask(attachmentId)).headers.get("content-disposition")).toMatch(/^attachment;/)
  expect((await ask("999")).status).toBe(404)
})

test("a mailbox's list goes along to its cases, on to the next and through whatever is done there", async () => {
  const times = [0, 1, 2, 3].map((seconds) => new Date(noon.getTime() + seconds * 1000))
  const [first, other, second, third] = [
    await caseOf("a", times[0], dana, billing.id),
    await caseOf("b", times[1], dana, help.id),
    await caseOf("c", times[2], dana, billing.id),
    await caseOf("d", times[3], dana, billing.id),
  ]
  const search = `view=everyone&mailbox=${billing.id}`
  const shown = async (number: number, more = "") =>
    (await visit(page, bo, `/cases/${number}?${search}${more}`, { number: String(number) })).json()
  expect(await shown(first)).toMatchObject({ list: search, listName: "Billing", neighbours: { next: second } })
  expect(await shown(other)).toMatchObject({ neighbours: { previous: null, next: first } })
  const closed = async (number: number) => {
    const request = await requestAs(bo, `/cases/${number}/closure?${search}&after=${first}`, { form: { pressed: "1" } })
    return (await closure({ request, params: { number: String(number) }, context: {} } as never)) as Response
  }
  expect(where(await closed(second))).toBe(`/cases/${second}?${search}&after=${first}`)
  expect((await shown(second, `&after=${first}`)).neighbours).toMatchObject({ previous: first, next: third })
})

test("a list is called what it is", async () => {
  const called = async (search: string) => (await (await visit(list, bo, `/cases?${search}`)).json()).name
  expect(await called("view=everyone")).toBe("Everyone's")
  expect(await called(`view=everyone&mailbox=${billing.id}`)).toBe("Billing")
  expect(await called(`view=closed&mailbox=${billing.id}`)).toBe("Closed in Billing")
  expect(await called(`view=everyone&agent=${ann.id}`)).toBe("With Ann Lee")
  expect(await called(`q=zebra&mailbox=${billing.id}`)).toBe("Cases with “zebra” in Billing")
})
