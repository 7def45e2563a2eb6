import { sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { closeCase } from "#app/models/cases/case.server.ts"
import { changeSetting } from "#app/models/people/settings.server.ts"
import { db } from "#db/connection.server.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { mailboxes } from "#db/tables/people.ts"
import { ann, dana, help, later, noon } from "#test/fixtures/desk.ts"
import { arrive, letter, proven, storyOf } from "#test/support/arrive.ts"
import { opened } from "#test/support/mail.ts"
import { mailNow, messageNow, replied } from "#test/support/replies.ts"
import { viewer } from "#test/support/viewer.ts"

/** A case that was answered and closed; the lines by which an email answers it. */
async function answeredAndClosed() {
  const { caseNumber } = await arrive(letter())
  const { messageId } = await replied(caseNumber!, {}, later(1))
  await closeCase(viewer(ann), caseNumber!, later(2))
  const { rfcMessageId } = await messageNow(messageId)
  return { caseNumber: caseNumber!, answering: [`In-Reply-To: ${rfcMessageId}`, `References: ${rfcMessageId}`] }
}

const zendesk = ["Auto-Submitted: auto-generated", "X-Mailer: Zendesk Mailer", "X-Auto-Response-Suppress: All"]
const systems: Record<string, string[]> = {
  Zendesk: zendesk,
  Jira: ["Auto-Submitted: auto-generated", "Precedence: bulk", "X-JIRA-FingerPrint: 3d8d037ee072182d"],
  ServiceNow: ["X-ServiceNow-Generated: true", "Precedence: bulk"],
  "a rule of an inbox": ["X-MS-Exchange-Inbox-Rules-Loop: dana@customer.example", "X-Loop: x"],
  "a list": ["List-Id: <team.customer.example>", "Precedence: list"],
}

for (const [system, more] of Object.entries(systems))
  test(`a person who answers through ${system} reopens the case, and it waits on us`, async () => {
    const { caseNumber, answering } = await answeredAndClosed()
    const raw = letter({ subject: "Re: My order", text: "It never came.", more: [...answering, ...more] })
    const row = await arrive(raw, { at: later(3) })
    expect(row).toMatchObject({ fate: "joined", caseNumber })
    const { kase, last } = await storyOf(caseNumber)
    expect(kase).toMatchObject({ closedAt: null, waitingSince: later(3) })
    expect(last.machine).toBeNull()
  })

test("so does one with an empty return path", async () => {
  const { caseNumber, answering } = await answeredAndClosed()
  await arrive(letter({ subject: "Re: My order", text: "It never came.", more: answering }), { from: "", at: later(3) })
  expect((await storyOf(caseNumber)).kase).toMatchObject({ closedAt: null, waitingSince: later(3) })
})

test("what a machine sends back of our own words, and nothing else, stays quiet", async () => {
  const { caseNumber, answering } = await answeredAndClosed()
  const more = [...answering, ...zendesk]
  await arrive(letter({ subject: "Re: My order", text: "It is on its way.", more }), { at: later(3) })
  const { kase, last } = await storyOf(caseNumber)
  expect(kase).toMatchObject({ closedAt: later(2), waitingSince: null })
  expect(last.machine).toBe("auto")
})

test("our mail that a list sends on in its own name comes back as ours", async () => {
  const { caseNumber } = await arrive(letter())
  const { mailId } = await replied(caseNumber!, {}, later(1))
  const sent = (await mailNow(mailId)).rendered.toString("latin1")
  const from = "From: Help via Team <team@list.example>\r\nList-Id: <team.list.example>"
  const row = await arrive(Buffer.from(sent.replace(/^From: .*$/m, from), "latin1"), { from: "team@list.example" })
  expect(row.fate).toBe("own")
})

test("a thousand rounds with a desk that answers everything make one automatic mail, and are held", async () => {
  await changeSetting("mail.acknowledge", "on", noon)
  const fates = new Set<string | null>()
  const first = await arrive(letter({ subject: "Hello", more: zendesk }), { proven })
  for (let round = 0; round < 60; round++) {
    const more = [`In-Reply-To: ${first.rfcMessageId}`, ...zendesk]
    const at = later(round / 10)
    fates.add((await arrive(letter({ subject: "Re: Hello", text: `Round ${round}`, more }), { proven, at })).fate)
  }
  expect(await db.select().from(mailToSend).where(sql`kind = 'acknowledgement'`)).toEqual([])
  expect(fates).toEqual(new Set(["joined", "held"]))
})

const answerTo = async (raw: string) => {
  const { caseNumber, rfcMessageId } = await arrive(raw)
  const { mailId } = await replied(caseNumber!, {}, later(1))
  return { rfcMessageId, mail: await opened((await mailNow(mailId)).rendered) }
}

const firsts: Record<string, string[]> = {
  "a Google Group": ["List-Id: <help.desk.example>", "List-Post: <mailto:help@desk.example>", "Precedence: list"],
  "a bulk sender": ["Precedence: bulk"],
  "a form": ["Auto-Submitted: auto-generated", "X-Mailer: PHPMailer 6.1"],
  "a program that wants no absence notices": ["X-Auto-Response-Suppress: All"],
}

for (const [way, more] of Object.entries(firsts))
  test(`the first answer to a person who wrote through ${way} stands in its thread, quotes it and asks`, async () => {
    const { rfcMessageId, mail } = await answerTo(letter({ id: "<first@customer.example>", more }))
    expect(mail).toMatchObject({ subject: "Re: My order", inReplyTo: rfcMessageId })
    expect(mail.references).toContain(rfcMessageId)
    expect(mail.text).toContain("> Where is it?")
    expect(mail.happy).not.toBe("")
  })

test("a form the mailbox trusts is its customer's, and they are asked", async () => {
  await db
    .update(mailboxes)
    .set({ trustedForms: ["no-reply@site.example"] })
    .where(sql`id = ${help.id}`)
  const more = [`Reply-To: ${dana.address}`, "Auto-Submitted: auto-generated"]
  const { mail } = await answerTo(letter({ from: "no-reply@site.example", more }))
  expect(mail.happy).not.toBe("")
  expect(mail.text).toContain("> Where is it?")
})

test("the answer to a machine stands in its thread as well, and asks nobody", async () => {
  for (const raw of [
    letter({ from: "no-reply@shop.example", more: ["Auto-Submitted: auto-generated"] }),
    letter({ from: "hello@shop.example", more: ["List-Unsubscribe: <https://x.example>", "Feedback-ID: 1"] }),
  ]) {
    const { rfcMessageId, mail } = await answerTo(raw)
    expect(mail).toMatchObject({ subject: "Re: My order", inReplyTo: rfcMessageId, happy: "" })
    expect(mail.text).toContain("> Where is it?")
  }
})

test("Exchange's stand-in for an email it cannot convert is a case, never a bounce", async () => {
  const text =
    'The server couldn\'t retrieve the following message:\r\n\r\nSubject: "Undeliverable: order"\r\nFrom: "Dana"'
  const subject = "Retrieval using the IMAP4 protocol failed for the following message: 752"
  for (const from of [
    "Microsoft Exchange Server 2010",
    '"Microsoft Exchange Server" <>',
    "Postmaster <postmaster@x.example>",
  ]) {
    const row = await arrive(letter({ from, subject, text }), { via: "api", from: "" })
    expect(row.fate).toBe("opened")
    expect((await storyOf(row.caseNumber!)).kase.waitingSince).toEqual(noon)
  }
})
