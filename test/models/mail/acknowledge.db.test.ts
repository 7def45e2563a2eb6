import { eq, sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { tellAdmins } from "#app/models/mail/notice.server.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { changeSetting } from "#app/models/people/settings.server.ts"
import { db } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { mailboxes } from "#db/tables/people.ts"
import { billing, dana, help, ida, later, noon } from "#test/fixtures/desk.ts"
import { arrive, letter, proven, refuted } from "#test/support/arrive.ts"
import { startSink } from "#test/support/mail-sink.ts"
import { recipientsNow } from "#test/support/replies.ts"
import { patience, sized } from "#test/support/sizes.ts"

const switchOn = () => changeSetting("mail.acknowledge", "on", noon)
const automatic = () =>
  db.select().from(mailToSend).where(sql`kind in ('acknowledgement', 'notice')`).orderBy(mailToSend.id)

test("a proven sender's new case is acknowledged in the desk's words, with nothing of the mail in them", async () => {
  await switchOn()
  const row = await arrive(letter({ subject: "BUY NOW", text: "spam words" }), { proven })
  const [mail] = await automatic()
  expect(mail).toMatchObject({
    kind: "acknowledgement",
    caseNumber: row.caseNumber,
    envelopeFrom: "",
    mailboxId: help.id,
  })
  const text = mail?.rendered.toString() ?? ""
  expect(text).not.toMatch(/BUY NOW|spam words/)
  expect(text).toMatch(/^Auto-Submitted: auto-replied\r$/m)
  expect(text).toMatch(/^X-Auto-Response-Suppress: All\r$/m)
  expect(text).toContain(`In-Reply-To: ${row.rfcMessageId}`)
  expect(text).toContain(String(row.caseNumber))
  expect((await recipientsNow(mail?.id ?? 0)).map(({ address }) => address)).toEqual([dana.address])
})

test("it leaves with an empty sender, as a mail server takes it", async () => {
  await switchOn()
  await arrive(letter(), { proven })
  const sink = await startSink()
  while (await deliverNext("test", () => later(1), { smtpUrl: sink.url }));
  expect(sink.mails.map(({ from, to }) => [from, to])).toEqual([["", [dana.address]]])
  await sink.close()
})

test("it is off until somebody switches it on", async () => {
  await arrive(letter(), { proven })
  expect(await automatic()).toEqual([])
})

test("one address is acknowledged once a day, and in a joined case never", async () => {
  await switchOn()
  const first = await arrive(letter({ subject: "One" }), { proven })
  await arrive(letter({ more: [`In-Reply-To: ${first.rfcMessageId}`] }), { proven, at: later(5) })
  await arrive(letter({ subject: "Two" }), { proven, at: later(60 * 23) })
  expect(await automatic()).toHaveLength(1)
  await arrive(letter({ subject: "Three" }), { proven, at: later(60 * 25) })
  expect(await automatic()).toHaveLength(2)
})

const victims = sized({ push: 60, night: 10_000 })

test(
  `${victims} forged victims get not one automatic answer (T6)`,
  async () => {
    await switchOn()
    for (let n = 0; n < victims; n++)
      await arrive(letter({ from: `victim${n}@bank${n % 40}.example` }), n % 2 ? {} : { proven: refuted })
    expect(await automatic()).toEqual([])
  },
  patience(60_000),
)

test("one domain gets twenty an hour at the most, even when it is proven", async () => {
  await switchOn()
  for (let n = 0; n < 30; n++)
    await arrive(letter({ from: `c${n}@customer.example`, subject: `Matter ${n}` }), { proven, at: later(1) })
  expect(await automatic()).toHaveLength(20)
})

test("a program that changes its address each time gets three answers, not thirty (a CRM's loop)", async () => {
  await switchOn()
  for (let n = 0; n < 30; n++)
    await arrive(letter({ from: `ticket@crm${n}.example`, subject: "Ticket closed" }), { proven })
  expect((await automatic()).length).toBeLessThanOrEqual(3)
})

const rounds = sized({ push: 200, night: 10_000 })

test(
  `${rounds} rounds with an autoresponder make one automatic mail of ours (M7, P8)`,
  async () => {
    await switchOn()
    let subject = "Hello"
    let references = ""
    for (let round = 0; round < rounds; round++) {
      // A responder as bad as they come: no sign in its header that a machine wrote it, proven, and a new case each time.
      await arrive(letter({ subject, more: references ? [`X-Was: ${references}`] : [] }), {
        proven,
        at: later(round / 10),
      })
      const [last] = (await automatic()).slice(-1)
      subject = `Re: ${last?.subject ?? subject} ${round}`
      references = last?.rfcMessageId ?? ""
      if (round % 100 === 0) expect((await automatic()).length).toBeLessThanOrEqual(1)
    }
    expect(await automatic()).toHaveLength(1)
  },
  patience(120_000),
)

test("what one desk sends automatically, another never answers (M7)", async () => {
  await switchOn()
  await arrive(letter(), { proven })
  const [mail] = await automatic()
  const other = (mail?.rendered.toString() ?? "").replaceAll("desk.example", "other.example")
  const row = await arrive(other.replace(/^To: .*$/m, `To: ${billing.address}`), {
    from: "",
    to: [billing.address],
    proven,
  })
  expect(row.fate).toBe("auto")
  expect(await automatic()).toHaveLength(1)
})

test("admins are told of a matter once a day", async () => {
  const notice = { key: "x", subject: "Look here", text: "Something is wrong.\n\nDo this." }
  for (const minutes of [0, 5, 60]) await db.transaction((tx) => tellAdmins(tx, notice, later(minutes)))
  const [mail, ...more] = await automatic()
  expect(more).toEqual([])
  expect((await recipientsNow(mail?.id ?? 0)).map(({ address }) => address)).toEqual([ida.email])
  expect(mail?.rendered.toString()).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  await db.transaction((tx) => tellAdmins(tx, notice, later(60 * 24)))
  expect(await automatic()).toHaveLength(2)
  expect(await db.select().from(mailToSend).where(eq(mailToSend.kind, "notice"))).toHaveLength(2)
})

test("a notice leaves by the first mailbox that is not paused, or waits when all are", async () => {
  const paused = { pausedAt: noon, pausedBecause: "535 no" }
  await db.update(mailboxes).set(paused).where(eq(mailboxes.id, help.id))
  const tell = (key: string) => db.transaction((tx) => tellAdmins(tx, { key, subject: "Look", text: "Here" }, noon))
  await tell("one")
  await db.update(mailboxes).set(paused)
  await tell("two")
  expect((await automatic()).map(({ mailboxId }) => mailboxId)).toEqual([billing.id, help.id])
})

test("somebody who writes more than people do into one case is held, and reopens nothing", async () => {
  await changeSetting("mail.holdAfter", "5", noon)
  const first = await arrive(letter())
  const fates: (string | null)[] = []
  for (let n = 0; n < 7; n++)
    fates.push(
      (await arrive(letter({ text: `again ${n}`, more: [`In-Reply-To: ${first.rfcMessageId}`] }), { at: later(n) }))
        .fate,
    )
  expect(fates).toEqual(["joined", "joined", "joined", "joined", "held", "held", "held"])
  const reasons = await db.select({ heldFor: messages.heldFor }).from(messages).where(eq(messages.unverified, true))
  expect(reasons).toEqual(Array.from({ length: 3 }, () => ({ heldFor: "volume" })))
  const slow = await arrive(letter({ text: "much later", more: [`In-Reply-To: ${first.rfcMessageId}`] }), {
    at: later(60),
  })
  expect(slow.fate).toBe("joined")
})

test("somebody who opens case after case is gathered in the newest, where the desk wants that", async () => {
  await changeSetting("mail.floodCases", "5", noon)
  const rows = []
  for (let n = 0; n < 8; n++)
    rows.push(await arrive(letter({ subject: `Alert ${n}`, text: `${n}` }), { at: later(n / 10) }))
  expect(rows.map(({ fate }) => fate)).toEqual([...Array(5).fill("opened"), ...Array(3).fill("joined")])
  expect(new Set(rows.slice(4).map(({ caseNumber }) => caseNumber)).size).toBe(1)
})
