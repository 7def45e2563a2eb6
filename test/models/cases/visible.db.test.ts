import { eq, sql } from "drizzle-orm"
import fc from "fast-check"
import { expect, test } from "vitest"
import { casePage } from "#app/case-page.server.ts"
import { attachmentFor } from "#app/models/cases/attachment.server.ts"
import { caseParticipants } from "#app/models/cases/case-people.server.ts"
import { customerOf, listCustomers } from "#app/models/cases/customers.server.ts"
import { mergeCase } from "#app/models/cases/merge.server.ts"
import { textFor } from "#app/models/cases/message-page.server.ts"
import { listCases } from "#app/models/cases/views.server.ts"
import { mayHear } from "#app/models/cases/visible.server.ts"
import { frownQueue, lastFlips } from "#app/models/frowns/queue.server.ts"
import { frownFor } from "#app/models/frowns/story.server.ts"
import { casesBehind } from "#app/models/happiness/cases-behind.server.ts"
import { caseRecord } from "#app/models/mail/case-record.server.ts"
import { ledgerPage } from "#app/models/mail/ledger.server.ts"
import { writeReply } from "#app/models/mail/reply.server.ts"
import { sentMail } from "#app/models/mail/sent.server.ts"
import { oneSentMail } from "#app/models/mail/sent-mail.server.ts"
import { heldMail } from "#app/models/mail/trays.server.ts"
import type { Viewer } from "#app/models/people/agent.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { mailRecipients, mailToSend } from "#db/tables/mail.ts"
import { billing, bo, help, ida, later, noon } from "#test/fixtures/desk.ts"
import { boxes, type FullCase, fullCase, shownIn, takeApart, thirdMailbox, wordOf } from "#test/fixtures/merged-desk.ts"
import { plainReply } from "#test/support/replies.ts"
import { sized } from "#test/support/sizes.ts"

const count = 8
const everyone: Viewer = { ...ida, mailboxIds: boxes }
const anything = { mailboxId: null, agentId: null, customerId: null, q: null, cursor: null }
const all = { ...anything, view: "all" } as const
const year = { ...anything, from: "2026-01-01", to: "2027-01-01", face: null, cause: null } as const

/** Which mailbox each case came to, which case goes into which in turn, and who asks. */
const desk = fc.record({
  at: fc.array(fc.constantFrom(...boxes), { minLength: count, maxLength: count }),
  merges: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 9 }),
  asks: fc.array(fc.subarray(boxes), { minLength: 3, maxLength: 3 }),
  role: fc.constantFrom("agent", "lead"),
})

/** The people of a case nobody here may read reach the last one through a middle one that they may read. */
const throughAMiddle = {
  ...{ at: [2, 1, 3, 1, 3, 1, 2, 3], asks: [[2, 3], [3], [1]], role: "agent" },
  merges: [
    [5, 2],
    [2, 7],
  ] satisfies [number, number][],
}

/** A case and those that went into it, by the facts alone. */
async function familiesOf(made: FullCase[]) {
  const rows = await db.select({ number: cases.number, into: cases.mergedInto }).from(cases)
  const into = new Map(rows.map((row) => [row.number, row.into]))
  const isIn = (number: number, root: number): boolean =>
    number === root || (into.get(number) != null && isIn(into.get(number) ?? 0, root))
  return (root: number) => made.filter(({ number }) => isIn(number, root))
}

/** Lists and single things beside the case itself: whatever they show is the viewer's to read. */
async function besides(viewer: Viewer, made: FullCase[]) {
  const each = <K extends keyof FullCase>(key: K, read: (id: FullCase[K]) => Promise<unknown>) =>
    Promise.all(made.map((one) => read(one[key])))
  const search = (q: string) => listCases(viewer, { ...all, q }, noon)
  return {
    list: await listCases(viewer, all, noon),
    found: await Promise.all(made.map(({ index }) => search(wordOf(index)))),
    unhappy: await search("rating:frown"),
    customers: await listCustomers(viewer, null),
    someCustomers: await listCustomers(viewer, "word"),
    customer: await each("customer", (id) => customerOf(viewer, id)),
    frame: await each("email", (id) => textFor(viewer, id)),
    files: await each("attachment", (id) => attachmentFor(viewer, id)),
    frowns: await frownQueue(viewer, { state: "all", cursor: null }, noon),
    story: await each("frown", (id) => frownFor(viewer, id, noon)),
    flips: await lastFlips(viewer),
    behindFaces: await casesBehind({ ...viewer, id: bo.id }, { ...year, show: "rated" }, noon),
    behindFrowns: await casesBehind({ ...viewer, id: bo.id }, { ...year, show: "frowns" }, noon),
    held: await heldMail(viewer, null),
    sent: await sentMail(viewer, "all", null, noon),
    oneSent: await each("sent", (id) => oneSentMail(viewer, id, noon)),
    ledger: await ledgerPage({ ...viewer, role: "admin" }, null, null),
  }
}

test("whatever is asked, and however cases were merged, one reads what one's mailboxes got and nothing else", async () => {
  await thirdMailbox()
  const made: FullCase[] = []
  for (let index = 0; index < count; index++) made.push(await fullCase(index, boxes[index % boxes.length] ?? 1))
  const property = fc.asyncProperty(desk, async ({ at, merges, asks, role }) => {
    await takeApart()
    for (const [index, mailboxId] of at.entries()) await settle(made[index], mailboxId)
    for (const [from, into] of merges)
      await mergeCase(everyone, made[from]?.number ?? 0, made[into]?.number ?? 0, later(60))
    const familyOf = await familiesOf(made)
    for (const mailboxIds of asks) {
      const viewer: Viewer = { ...bo, role: role === "lead" ? "lead" : "agent", mailboxIds }
      const mine = new Set(made.filter((one) => mailboxIds.includes(one.mailboxId)).map(({ index }) => index))
      for (const [surface, shown] of Object.entries(await besides(viewer, made)))
        expect([surface, [...shownIn(shown)].filter((index) => !mine.has(index))]).toEqual([surface, []])
      const asked = made[at.length % 3] as FullCase
      for (const one of [asked, made[(merges.length + 1) % count] as FullCase])
        await sameEverywhere(viewer, one, familyOf(one.number), mine)
    }
  })
  await fc.assert(property, {
    numRuns: sized({ push: 8, night: 150 }),
    endOnFailure: true,
    examples: [[throughAMiddle]],
  })
}, 120_000)

/** Page, API and their parts show the same of a case: its family, less what is not the viewer's. */
async function sameEverywhere(viewer: Viewer, one: FullCase, family: FullCase[], mine: Set<number>) {
  const page = await casePage(viewer, one.number, { view: "all", asText: null }, noon)
  const record = await caseRecord(viewer, one.number, noon)
  expect([page === null, record === null]).toEqual(Array(2).fill(!mine.has(one.index)))
  if (!page || !record) return
  const theirs = family.filter(({ index }) => mine.has(index)).map(({ index }) => index)
  const hidden = family.length - theirs.length
  const expected = new Set(theirs)
  expect(shownIn([page.messages, page.notes, page.participants])).toEqual(expected)
  expect(shownIn(record)).toEqual(expected)
  expect([...shownIn(page)].filter((index) => !mine.has(index))).toEqual([])
  expect([page.elsewhere, record.elsewhere]).toEqual(Array(2).fill({ messages: hidden * 3, notes: hidden }))
}

async function settle(one: FullCase | undefined, mailboxId: number) {
  if (!one) return
  one.mailboxId = mailboxId
  const { number } = one
  await db.execute(sql`update cases set mailbox_id = ${mailboxId} where number = ${number}`)
  await db.execute(sql`update mail_to_send set mailbox_id = ${mailboxId} where case_number = ${number}`)
  await db.execute(sql`update mail_received set mailbox_id = ${mailboxId} where case_number = ${number}`)
  await db.execute(sql`update rating_requests set mailbox_id = ${mailboxId} where case_number = ${number}`)
  await db.execute(sql`update frowns set mailbox_id = ${mailboxId} where case_number = ${number}`)
  await db.execute(sql`delete from participants where case_number = ${number} and standing <> 'requester'`)
}

test("an answer to two merged cases goes to the customer of the first and quotes nobody else, whoever writes it", async () => {
  const [shown, hidden] = [await fullCase(1, help.id), await fullCase(2, billing.id)]
  await mergeCase(everyone, hidden.number, shown.number, later(30))
  const cyAlone: Viewer = { ...bo, mailboxIds: [help.id] }
  expect((await caseParticipants(cyAlone, shown.number)).map(({ name }) => name)).toEqual([wordOf(1)])
  const sent = async (viewer: Viewer) => {
    const done = await writeReply(viewer, plainReply(shown.number, { agentId: bo.id }), later(40))
    if (typeof done === "string") throw new Error(done)
    const [mail] = await db.select().from(mailToSend).where(eq(mailToSend.id, done.mailId))
    const to = await db.select().from(mailRecipients).where(eq(mailRecipients.mailId, done.mailId))
    return [...shownIn([mail?.rendered.toString("latin1"), to])].sort()
  }
  expect(await sent(cyAlone)).toEqual([1])
  expect(await sent(everyone)).toEqual([1])
  expect((await caseParticipants(everyone, shown.number)).map(({ name, standing }) => [name, standing])).toEqual([
    [wordOf(1), "requester"],
    [wordOf(2), "pending"],
  ])
})

test("of what happens one hears if it is in one's mailboxes, or about the desk alone", () => {
  const viewer = { mailboxIds: [help.id] }
  const hears = (caseNumber: number | null, mailboxId: number | null) => mayHear(viewer, { caseNumber, mailboxId })
  expect([hears(1, help.id), hears(null, help.id), hears(null, null)]).toEqual([true, true, true])
  expect([hears(1, billing.id), hears(null, billing.id), hears(1, null)]).toEqual([false, false, false])
})
