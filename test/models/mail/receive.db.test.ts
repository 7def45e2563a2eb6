import { eq, sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { readFile } from "#app/models/cases/attachment.server.ts"
import { closeCase } from "#app/models/cases/case.server.ts"
import { type Arrival, keep } from "#app/models/mail/inbox.server.ts"
import { receiveNext, retryMail } from "#app/models/mail/receive.server.ts"
import { db } from "#db/connection.server.ts"
import { attachments, cases, messages } from "#db/tables/cases.ts"
import { mailReceived } from "#db/tables/mail.ts"
import { mailboxes } from "#db/tables/people.ts"
import { ann, billing, bo, dana, eli, fay, help, later, noon } from "#test/fixtures/desk.ts"
import { arrive, letter, rowNow, storyOf } from "#test/support/arrive.ts"
import { replied } from "#test/support/replies.ts"
import { statementsOf } from "#test/support/statements.ts"
import { viewer } from "#test/support/viewer.ts"

const plain: Arrival = {
  via: "smtp",
  envelopeFrom: dana.address,
  envelopeTo: [help.address],
  remote: "",
  raw: Buffer.from(letter()),
  asClosed: false,
}

const work = async (name: string) => {
  while (await receiveNext(name, () => noon));
}

test("a new mail opens a case, in the hands of somebody, with the reason", async () => {
  const row = await arrive(letter({ subject: "My order", text: "Where is it?\n\n-- \nDana" }))
  expect(row).toMatchObject({ fate: "opened", from: dana.address, to: help.address, subject: "My order" })
  expect(row.because).toBe("New mail to help@desk.example.")
  const { kase, last, parties, given } = await storyOf(row.caseNumber!)
  expect(kase).toMatchObject({ mailboxId: help.id, customerId: dana.id, subject: "My order", waitingSince: noon })
  expect(kase.agentId).not.toBeNull()
  expect(given[0]?.reason).not.toBe("")
  expect(last).toMatchObject({ kind: "email", newText: "Where is it?", mailId: row.id, machine: null, at: noon })
  expect(last.text).toContain("Dana")
  expect(parties).toMatchObject([{ address: dana.address, standing: "requester" }])
})

test("the time of a message is when we received it, whatever its sender's clock says", async () => {
  const row = await arrive(letter({ more: ["Date: Mon, 1 Jan 2035 00:00:00 +0000"] }), { at: later(3) })
  expect((await storyOf(row.caseNumber!)).last.at).toEqual(later(3))
})

test("somebody new becomes a customer", async () => {
  const row = await arrive(letter({ from: "Gus Lind <gus@new.example>" }))
  const { kase, parties } = await storyOf(row.caseNumber!)
  expect(kase.customerId).toBeGreaterThan(fay.id)
  expect(parties[0]).toMatchObject({ address: "gus@new.example", name: "Gus Lind", standing: "requester" })
})

test("those in copy of the opening mail take part, ourselves and robots not", async () => {
  const cc = `Eli <${eli.address}>, billing@desk.example, no-reply@shop.example, help+x@desk.example`
  const row = await arrive(letter({ more: [`Cc: ${cc}`] }))
  const { parties } = await storyOf(row.caseNumber!)
  expect(parties.map(({ address, standing }) => [address, standing])).toEqual([
    [dana.address, "requester"],
    [eli.address, "accepted"],
  ])
})

test("attachments are stored before the message that shows them", async () => {
  const body = [
    'Content-Type: multipart/mixed; boundary="b"',
    "",
    "--b\r\n\r\nSee attached.\r\n--b",
    'Content-Type: text/csv; name="a.csv"',
    'Content-Disposition: attachment; filename="orders.csv"',
    "",
    "1,2\r\n--b--",
  ]
  const row = await arrive(letter().replace("\r\n\r\nWhere is it?", `\r\n${body.join("\r\n")}`))
  const { last } = await storyOf(row.caseNumber!)
  const [file] = await db.select().from(attachments).where(eq(attachments.messageId, last.id))
  expect(file).toMatchObject({ filename: "orders.csv", contentType: "text/csv", size: 3, inline: false })
  expect((await readFile(file!.sha256)).toString()).toBe("1,2")
})

test("the customer's answer joins its case and makes it wait again", async () => {
  const opened = await arrive(letter({ id: "<q1@customer.example>" }))
  const { messageId } = await replied(opened.caseNumber!, {}, later(5))
  const [ours] = await db.select().from(messages).where(eq(messages.id, messageId))
  const answer = await arrive(letter({ text: "Thanks!", more: [`In-Reply-To: ${ours!.rfcMessageId}`] }), {
    at: later(9),
  })
  expect(answer).toMatchObject({ fate: "joined", caseNumber: opened.caseNumber })
  expect(answer.because).toBe("Joined because it answers our message.")
  const { kase, last } = await storyOf(opened.caseNumber!)
  expect(kase.waitingSince).toEqual(later(9))
  expect(last).toMatchObject({ newText: "Thanks!", unverified: false, joinedBecause: answer.because })
})

test("an answer to the customer's own earlier mail joins too", async () => {
  const opened = await arrive(letter({ id: "<q2@customer.example>" }))
  const more = await arrive(letter({ more: ["References: <x@y.example> <q2@customer.example>"] }))
  expect(more).toMatchObject({ fate: "joined", caseNumber: opened.caseNumber })
})

test("an answer reopens a closed case, and one nobody has is given to somebody", async () => {
  const opened = await arrive(letter({ id: "<q3@customer.example>" }))
  await closeCase(viewer(ann), opened.caseNumber!, later(1))
  await db.update(cases).set({ agentId: null }).where(eq(cases.number, opened.caseNumber!))
  await arrive(letter({ more: ["In-Reply-To: <q3@customer.example>"] }), { at: later(60) })
  const { kase } = await storyOf(opened.caseNumber!)
  expect(kase).toMatchObject({ closedAt: null, waitingSince: later(60) })
  expect(kase.agentId).not.toBeNull()
})

test("a quote of our mail brings no rating link into the case", async () => {
  const link = `https://desk.example/r/${"a".repeat(26)}/happy`
  const page = `<p>Thanks</p><blockquote><a href="${link}">Happy</a></blockquote>`
  const plainOne = await arrive(letter({ text: `Thanks\n> Happy: ${link}` }))
  const inHtml = await arrive(letter({ text: page, more: ["Content-Type: text/html"] }))
  for (const { caseNumber } of [plainOne, inHtml])
    expect(JSON.stringify((await storyOf(caseNumber!)).messages)).not.toContain("a".repeat(26))
})

test("a stranger who knows an id opens a case of their own, with a hint", async () => {
  const opened = await arrive(letter({ id: "<q4@customer.example>" }))
  const { messageId } = await replied(opened.caseNumber!)
  const [ours] = await db.select().from(messages).where(eq(messages.id, messageId))
  const row = await arrive(letter({ from: "eve@evil.example", more: [`In-Reply-To: ${ours!.rfcMessageId}`] }))
  expect(row.fate).toBe("opened")
  expect(row.caseNumber).not.toBe(opened.caseNumber)
  expect(row.because).toContain(`Possibly belongs to case ${opened.caseNumber}`)
})

test("mail of Jira about one issue is one case, though each names an id nobody ever sent", async () => {
  const issue = (serial: number, from = "Jira <jira@customer.example>") => {
    const root = "JIRA.10123.1388500000000"
    const more = [`In-Reply-To: <${root}@Atlassian.JIRA>`, `References: <${root}@Atlassian.JIRA>`]
    return letter({
      from,
      subject: "[JIRA] (ABC-1) It broke",
      id: `<${root}.${serial}.1388500000001@Atlassian.JIRA>`,
      more,
    })
  }
  const { caseNumber } = await arrive(issue(1))
  expect(await arrive(issue(2))).toMatchObject({ caseNumber, fate: "joined" })
  const stranger = await arrive(issue(3, "Eve <eve@elsewhere.example>"))
  expect(stranger.caseNumber).not.toBe(caseNumber)
  const other = issue(4).replaceAll("JIRA.10123", "JIRA.10124")
  expect((await arrive(other)).caseNumber).not.toBe(caseNumber)
})

test("mails of Jira about one issue that come at once are one case", async () => {
  const root = "JIRA.36713.1505335133000"
  const lines = [
    `In-Reply-To: <${root}@Atlassian.JIRA>`,
    `References: <${root}@Atlassian.JIRA> <JIRA.36713.1505335133970@21551f497344>`,
    "X-JIRA-FingerPrint: 3d8d037ee072182d2a199910821ff734",
    "Auto-Submitted: auto-generated",
    "Precedence: bulk",
  ]
  for (let n = 0; n < 12; n++) {
    const id = `<${root}.cca3ba12-fa93-4ca9-be74-9051480.${1505343994602 + n}@Atlassian.JIRA>`
    const raw = letter({ from: "Jira <jira@customer.example>", subject: "SEC-1732 It broke", id, more: lines })
    await keep({ ...plain, raw: Buffer.from(raw) }, noon)
  }
  await Promise.all(["a", "b", "c", "d"].map(work))
  expect(await db.select().from(cases)).toHaveLength(1)
})

test("a stranger with the reply address is heard, unverified, and moves nothing", async () => {
  const opened = await arrive(letter())
  const { number } = (await storyOf(opened.caseNumber!)).kase
  const { mailId } = await replied(number, {}, later(1))
  const [sent] = await db.execute<{ rendered: Buffer }>(sql`select rendered from mail_to_send where id = ${mailId}`)
  const to = /^Reply-To: .*?<?(help\+c[^>\s]+)>?/im.exec(sent!.rendered.toString())![1]!
  const row = await arrive(letter({ from: "eve@evil.example", more: ["Cc: mallory@evil.example"] }), { to: [to] })
  expect(row).toMatchObject({ fate: "joined", caseNumber: number })
  const { kase, last, parties } = await storyOf(number)
  expect(last.unverified).toBe(true)
  expect(kase.waitingSince).toBeNull()
  expect(parties.map(({ address, standing }) => [address, standing])).toEqual([
    [dana.address, "requester"],
    ["eve@evil.example", "pending"],
  ])
  const own = await arrive(letter({ text: "It is me" }), { to: [to] })
  expect(own).toMatchObject({
    fate: "joined",
    because: "Joined because it was sent to the reply address of this case.",
  })
})

test("forged tokens, forged ids of our form and subject tags join nothing", async () => {
  const opened = await arrive(letter())
  const number = opened.caseNumber!
  const token = `help+c${number.toString(32)}.aaaaaaaaaaaaaaaa@desk.example`
  for (const forged of [
    await arrive(letter({ subject: `Re: [#${number}] My order` })),
    await arrive(letter({ more: ["In-Reply-To: <d1.aaaaaaaaaaaaaaaa@desk.example>"] })),
    await arrive(letter({ more: [`References: <case.${number}@desk.example>`] })),
    await arrive(letter({ text: `> Ref: c${number.toString(32)}.aaaaaaaaaaaaaaaa` })),
    await arrive(letter(), { to: [token] }),
  ])
    expect(forged).toMatchObject({ fate: "opened" })
})

test("Reply-To makes nobody somebody else", async () => {
  const opened = await arrive(letter({ id: "<q5@customer.example>" }))
  const row = await arrive(
    letter({ from: "eve@evil.example", more: [`Reply-To: ${dana.address}`, "In-Reply-To: <q5@customer.example>"] }),
  )
  expect(row.caseNumber).not.toBe(opened.caseNumber)
  const { parties } = await storyOf(row.caseNumber!)
  expect(parties[0]?.address).toBe("eve@evil.example")
})

test("a contact form the mailbox trusts speaks for the customer in its Reply-To", async () => {
  await db
    .update(mailboxes)
    .set({ trustedForms: ["form@desk.example"] })
    .where(eq(mailboxes.id, help.id))
  const row = await arrive(letter({ from: "form@desk.example", more: [`Reply-To: Eli <${eli.address}>`] }))
  expect((await storyOf(row.caseNumber!)).kase.customerId).toBe(eli.id)
})

test("the same mail by two routes is one case, both rows say so", async () => {
  const raw = letter({ id: "<twice@customer.example>" })
  const first = await arrive(raw)
  const other = await arrive(`Received: by other.example\r\n${raw}`, { to: [billing.address] })
  expect(other).toMatchObject({ fate: "duplicate", caseNumber: first.caseNumber })
  expect(other.because).toContain(String(first.id))
})

test("one Message-ID with other words is another mail", async () => {
  const first = await arrive(letter({ id: "<reused@customer.example>", text: "One" }))
  const second = await arrive(letter({ id: "<reused@customer.example>", text: "Two" }))
  expect(second.fate).toBe("opened")
  expect(second.caseNumber).not.toBe(first.caseNumber)
})

test("twenty copies of one mail at once make one case", async () => {
  const raw = letter({ id: "<burst@customer.example>" })
  for (let i = 0; i < 20; i++)
    await keep({ ...plain, raw: Buffer.from(`Received: by hop${i}.example\r\n${raw}`) }, noon)
  await Promise.all(["a", "b", "c", "d"].map(work))
  expect(await db.select().from(cases)).toHaveLength(1)
  const fates = (await db.select().from(mailReceived)).map(({ fate }) => fate).sort()
  expect(fates).toEqual([...Array.from({ length: 19 }, () => "duplicate"), "opened"])
})

test("mail to two of our mailboxes stands in the first", async () => {
  const row = await arrive(letter({ to: `${billing.address}, ${help.address}` }), {
    to: [billing.address, help.address],
  })
  const { kase, parties } = await storyOf(row.caseNumber!)
  expect(kase.mailboxId).toBe(billing.id)
  expect(parties).toHaveLength(1)
})

test("mail to a mailbox that is closed by now goes to the first with a word about it", async () => {
  await db.update(mailboxes).set({ closedAt: noon }).where(eq(mailboxes.id, billing.id))
  const row = await arrive(letter({ to: billing.address }), { to: [billing.address] })
  expect(row.because).toContain("billing@desk.example, which is no mailbox here now")
  expect((await storyOf(row.caseNumber!)).kase.mailboxId).toBe(help.id)
})

test("a shop's automatic mail is a case like any, marked as a machine's", async () => {
  const row = await arrive(letter({ from: "no-reply@shop.example", more: ["Auto-Submitted: auto-generated"] }))
  expect(row.fate).toBe("opened")
  const { kase, last } = await storyOf(row.caseNumber!)
  expect(last.machine).toBe("auto")
  expect(kase).toMatchObject({ waitingSince: noon })
  expect(kase.agentId).not.toBeNull()
})

test("an out-of-office joins what it answers quietly, and rests without it", async () => {
  const opened = await arrive(letter({ id: "<q6@customer.example>" }))
  const { messageId } = await replied(opened.caseNumber!, {}, later(1))
  const [ours] = await db.select().from(messages).where(eq(messages.id, messageId))
  await closeCase(viewer(ann), opened.caseNumber!, later(2))
  const away = { subject: "Automatic reply: My order", text: "I am away" }
  const joined = await arrive(
    letter({ ...away, more: ["Auto-Submitted: auto-replied", `In-Reply-To: ${ours!.rfcMessageId}`] }),
    { from: "", at: later(3) },
  )
  expect(joined).toMatchObject({ fate: "auto", caseNumber: opened.caseNumber })
  const { kase, last } = await storyOf(opened.caseNumber!)
  expect(last).toMatchObject({ machine: "auto" })
  expect(kase).toMatchObject({ closedAt: later(2), waitingSince: null })
  const lost = await arrive(letter({ ...away, more: ["Auto-Submitted: auto-replied"] }), { from: "" })
  expect(lost).toMatchObject({ fate: "auto", caseNumber: null })
  expect(lost.because).toContain("auto-replied")
})

test("our own mail that comes back around opens nothing", async () => {
  const opened = await arrive(letter())
  const { mailId } = await replied(opened.caseNumber!)
  const [sent] = await db.execute<{ rendered: Buffer; envelope_from: string }>(
    sql`select rendered, envelope_from from mail_to_send where id = ${mailId}`,
  )
  const byId = await arrive(sent!.rendered, { from: "x@y.example", to: [billing.address] })
  const byPath = await arrive(letter({ from: "x@y.example" }), { from: sent!.envelope_from })
  expect([byId.fate, byPath.fate]).toEqual(["own", "own"])
  expect(await db.select().from(cases)).toHaveLength(1)
})

test("a mail without a sender is a case without a customer", async () => {
  const row = await arrive(letter().replace(/^From: .*\r\n/, ""), { from: "" })
  const { kase, parties } = await storyOf(row.caseNumber!)
  expect(kase.customerId).toBeNull()
  expect(parties).toEqual([])
})

test("letters PostgreSQL cannot keep are left out, the mail is kept", async () => {
  const raw = letter({
    subject: "=?utf-8?Q?nul=00l=ED=A0=80?=",
    text: "a\0b \u202e",
    more: ['Cc: "a\0" <x\0@y.example>'],
  })
  const row = await arrive(raw)
  expect(row.fate).toBe("opened")
  expect((await storyOf(row.caseNumber!)).last.text).toContain("ab")
})

test("history becomes closed cases of its own time, in nobody's hands", async () => {
  const row = await arrive(letter({ id: "<h1@customer.example>", more: [] }).replace("2026", "2011"), {
    via: "import",
    asClosed: true,
  })
  const then = new Date("2011-03-10T11:00:00Z")
  const { kase, given, last } = await storyOf(row.caseNumber!)
  expect(kase).toMatchObject({ closedAt: then, openedAt: then, waitingSince: null, agentId: null })
  expect(last.at).toEqual(then)
  expect(given).toEqual([])
  const answer = letter({ more: ["In-Reply-To: <h1@customer.example>"] }).replace("2026", "2012")
  await arrive(answer, { via: "import", asClosed: true })
  expect((await storyOf(row.caseNumber!)).kase).toMatchObject({ waitingSince: null, agentId: null })
  expect((await storyOf(row.caseNumber!)).kase.closedAt).toEqual(new Date("2012-03-10T11:00:00Z"))
})

test("a mail we stumble over waits longer each time, and in the end lies before a person", async () => {
  const { id } = await keep(plain, noon)
  await onMessages("raise exception 'not this one'", "new.subject = 'My order'", async () => {
    for (let attempt = 1; attempt <= 4; attempt++) {
      await receiveNext("test", () => noon)
      const tried = await rowNow(id)
      expect(tried).toMatchObject({ fate: null, attempts: attempt, leasedBy: null, lastError: "not this one" })
      const [{ pause } = { pause: 0 }] = await db.execute<{ pause: number }>(
        sql`select extract(epoch from due_at - now())::int as pause from mail_received where id = ${id}`,
      )
      expect(pause).toBeGreaterThan(2 ** attempt * 15 - 5)
      expect(await receiveNext("test", () => noon)).toBe(false)
      await db.update(mailReceived).set({ dueAt: sql`now() - interval '1 second'` }).where(eq(mailReceived.id, id))
    }
    await receiveNext("test", () => noon)
  })
  const row = await rowNow(id)
  expect(row).toMatchObject({ fate: "failed", because: "Could not be read: not this one" })
  const { kase, last } = await storyOf(row.caseNumber!)
  expect(kase).toMatchObject({ subject: "Message could not be read", waitingSince: noon })
  expect(kase.agentId).not.toBeNull()
  const [original] = await db.select().from(attachments).where(eq(attachments.messageId, last.id))
  expect(original).toMatchObject({ filename: "original.eml", contentType: "message/rfc822" })
})

test("a mail that could not be read can be tried again, by a lead, and then speaks in its case", async () => {
  const { id } = await keep(plain, noon)
  await db.update(mailReceived).set({ attempts: 5 }).where(eq(mailReceived.id, id))
  await receiveNext("test", () => noon)
  const { caseNumber } = await rowNow(id)
  expect(await retryMail(viewer(bo), id, noon)).toBe("not allowed")
  expect(await retryMail(viewer(ann), id, noon)).toBe("retried")
  await receiveNext("test", () => later(9))
  expect(await rowNow(id)).toMatchObject({ fate: "joined", caseNumber, because: "Could be read on a later try." })
  expect((await storyOf(caseNumber!)).last.newText).toBe("Where is it?")
  expect(await retryMail(viewer(ann), id, noon)).toBeNull()
})

test("a mail that ended the process every time is not tried for ever", async () => {
  const { id } = await keep(plain, noon)
  await db.update(mailReceived).set({ attempts: 5 }).where(eq(mailReceived.id, id))
  await receiveNext("test", () => noon)
  expect((await rowNow(id)).fate).toBe("failed")
})

test("a worker whose lease went to another meanwhile leaves nothing behind", async () => {
  const { id } = await keep(plain, noon)
  await onMessages("update mail_received set leased_by = 'other'", "true", () => receiveNext("slow", () => noon))
  expect(await rowNow(id)).toMatchObject({ fate: null, lastError: null })
  expect(await db.select().from(cases)).toEqual([])
})

test("while nothing is due there is nothing to do", async () => {
  expect(await receiveNext("test", () => noon)).toBe(false)
})

/** With a trigger before every message that fits; taken away again whatever happens. */
async function onMessages(does: string, when: string, work: () => Promise<unknown>) {
  await db.execute(
    sql.raw(`create or replace function meddle() returns trigger language plpgsql as
    $$ begin ${does}; return new; end $$`),
  )
  await db.execute(
    sql.raw(`create trigger meddle before insert on messages for each row when (${when}) execute function meddle()`),
  )
  try {
    await work()
  } finally {
    await db.execute(sql`drop trigger meddle on messages`)
  }
}

test("a new mail takes few statements to be taken in and given to somebody, and no setting is asked for twice", async () => {
  await arrive(letter())
  const sent = await statementsOf(() => arrive(letter({ from: "Zed <zed@customer.example>" })))
  expect(sent.filter((statement) => statement.includes('from "settings"'))).toHaveLength(2)
  expect(sent.length).toBeLessThanOrEqual(33)
})
