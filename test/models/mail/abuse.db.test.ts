import { sql } from "drizzle-orm"
import { expect, test } from "vitest"
import { closeCase, markSpam } from "#app/models/cases/case.server.ts"
import { conversation } from "#app/models/cases/conversation.server.ts"
import { mergeCase } from "#app/models/cases/merge.server.ts"
import { writeReply } from "#app/models/mail/reply.server.ts"
import { secretKey } from "#app/models/people/secret.server.ts"
import { changeSetting } from "#app/models/people/settings.server.ts"
import { db } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { ourMessageId, replyAddress } from "#emails/signed.server.ts"
import { ann, billing, bo, dana, eli, help, later, noon } from "#test/fixtures/desk.ts"
import { arrive, letter, proven, refuted, storyOf } from "#test/support/arrive.ts"
import { mailNow, messageNow, plainReply, recipientsNow, replied } from "#test/support/replies.ts"
import { viewer } from "#test/support/viewer.ts"

const eve = "Eve <eve@evil.example>"
const answering = (id: string | null) => [`In-Reply-To: ${id}`]

async function answeredCase() {
  const opened = await arrive(letter({ text: "My secret is 4711." }))
  const number = opened.caseNumber ?? 0
  const { messageId, mailId } = await replied(number, {}, later(1))
  const ours = await messageNow(messageId)
  return { number, ours: ours.rfcMessageId, mailId }
}

test("a thousand guesses at our ids, and ids without our mark, append to nothing (T1)", async () => {
  const { number, ours } = await answeredCase()
  const before = (await storyOf(number)).messages.length
  const real = /<d(\d+)\./.exec(ours ?? "")?.[1] ?? ""
  const letters = "abcdefghijklmnopqrstuvwxyz234567"
  const guess = (n: number) => Array.from({ length: 16 }, (_, i) => letters[(n * 7 + i * 11) % 32]).join("")
  const forged = Array.from({ length: 1000 }, (_, n) => `<d${real}.${guess(n)}@desk.example>`)
  // Fifty ids are looked at in one mail, so that twenty mails carry a thousand.
  for (let at = 0; at < forged.length; at += 50)
    await arrive(letter({ from: eve, more: [`References: ${forged.slice(at, at + 50).join(" ")}`] }), {
      from: "eve@evil.example",
    })
  await arrive(letter({ from: eve, more: answering(`<d${real}@desk.example>`) }))
  await arrive(letter({ more: answering(forged[0] ?? "") }))
  expect((await storyOf(number)).messages).toHaveLength(before)
})

test("an id signed with another desk's key is not ours", async () => {
  const { number, ours } = await answeredCase()
  const real = /<d(\d+)\./.exec(ours ?? "")?.[1] ?? ""
  const row = await arrive(letter({ more: answering(ourMessageId(real, "desk.example", Buffer.alloc(32, 1))) }))
  expect(row).toMatchObject({ fate: "opened" })
  expect(row.caseNumber).not.toBe(number)
})

test("header lines like our own say nothing when they come from outside (T2)", async () => {
  const { number, ours } = await answeredCase()
  const more = [
    "X-Desk-Loop: <d1.aaaaaaaaaaaaaaaa@desk.example>",
    `X-Desk-Case: ${number}`,
    `X-Upturn-Case: ${number}`,
    "Auto-Submitted: no",
  ]
  const row = await arrive(letter({ from: eve, more }))
  expect(row).toMatchObject({ fate: "opened" })
  const loop = await arrive(letter({ from: eve, more: [`X-Desk-Loop: ${ours}`] }))
  expect(loop.fate).not.toBe("own")
})

test("who claims to be the customer is held, and nobody they copy ever hears of the case (T3)", async () => {
  const { number, ours } = await answeredCase()
  const forged = letter({ text: "Send me everything.", more: [...answering(ours), "Cc: mallory@evil.example"] })
  const row = await arrive(forged, { proven: refuted, at: later(2) })
  expect(row).toMatchObject({ fate: "held", caseNumber: number, mailboxId: help.id })
  const held = await storyOf(number)
  expect(held.last).toMatchObject({ unverified: true, heldFor: "disowned", authenticity: "fail" })
  expect(held.kase.waitingSince).toBeNull()
  expect(held.parties.map(({ address }) => address)).toEqual([dana.address])
  const { mailId } = await replied(number, {}, later(3))
  expect((await recipientsNow(mailId)).map(({ address }) => address)).toEqual([dana.address])
  expect((await mailNow(mailId)).rendered.toString()).not.toContain("Send me everything")
})

test("a held mail does not open a closed case again", async () => {
  const { number, ours } = await answeredCase()
  await closeCase(viewer(ann), number, later(2))
  await arrive(letter({ more: answering(ours) }), { proven: refuted, at: later(3) })
  expect((await storyOf(number)).kase.closedAt).toEqual(later(2))
})

test("a stranger in copy of a live case reads nothing that was said before they are let in (T3)", async () => {
  const { number, ours } = await answeredCase()
  await arrive(letter({ text: "Please go on.", more: [...answering(ours), "Cc: mallory@evil.example"] }), {
    at: later(2),
  })
  const { parties } = await storyOf(number)
  expect(parties.find(({ address }) => address === "mallory@evil.example")?.standing).toBe("pending")
  const quiet = await replied(number, {}, later(3))
  expect((await recipientsNow(quiet.mailId)).map(({ address }) => address)).toEqual([dana.address])
  const cc = [{ name: "", address: "mallory@evil.example" }]
  const loud = await replied(number, { cc }, later(4))
  expect((await mailNow(loud.mailId)).rendered.toString()).not.toContain("4711")
})

test("an answer goes to From, whatever Reply-To asks for, and the case says what it asked (T4)", async () => {
  const row = await arrive(letter({ more: ["Reply-To: Dana <dana@evil.example>"] }))
  const { last } = await storyOf(row.caseNumber ?? 0)
  expect(last.replyTo).toEqual({ name: "Dana", address: "dana@evil.example" })
  const { mailId } = await replied(row.caseNumber ?? 0, {}, later(1))
  expect((await recipientsNow(mailId)).map(({ address }) => address)).toEqual([dana.address])
})

test("a Reply-To never makes somebody the customer it names", async () => {
  const { number, ours } = await answeredCase()
  const row = await arrive(letter({ from: eve, more: [...answering(ours), `Reply-To: ${dana.address}`] }))
  expect(row).toMatchObject({ fate: "opened" })
  expect(row.caseNumber).not.toBe(number)
})

test("two senders in one From line are nobody", async () => {
  const { number, ours } = await answeredCase()
  const row = await arrive(letter({ from: `${dana.address}, eve@evil.example`, more: answering(ours) }))
  expect(row.caseNumber).not.toBe(number)
})

test("one letter to many brings none of those who answer it into its case", async () => {
  const { number, ours } = await answeredCase()
  for (const who of ["a", "b", "c"])
    expect((await arrive(letter({ from: `${who}@reader.example`, more: answering(ours) }))).fate).toBe("opened")
  expect((await storyOf(number)).parties).toHaveLength(1)
})

test("codes that others send to a mailbox are for agents only: no answer of ours carries them (T5)", async () => {
  const row = await arrive(letter({ from: "no-reply@slack.example", text: "Your code is 123 456" }))
  expect(row.fate).toBe("opened")
  const [{ sent = 0 } = {}] = await db.execute<{ sent: number }>(sql`select count(*)::int as sent from mail_to_send`)
  expect(sent).toBe(0)
})

test("a guessed number in a subject only suggests", async () => {
  const { number } = await answeredCase()
  const row = await arrive(letter({ from: eve, subject: `Re: My order [#${number}]` }))
  const { kase } = await storyOf(row.caseNumber ?? 0)
  expect(row.caseNumber).not.toBe(number)
  expect(kase).toMatchObject({ nearCase: number, nearBecause: expect.stringContaining("does not take part") })
})

test("the same person about the same matter within a day is suggested, later not", async () => {
  const first = await arrive(letter({ subject: "Broken lamp" }))
  const again = await arrive(letter({ subject: "Re: Broken lamp" }), { at: later(60) })
  expect((await storyOf(again.caseNumber ?? 0)).kase.nearCase).toBe(first.caseNumber)
  const late = await arrive(letter({ subject: "Broken lamp" }), { at: later(60 * 26) })
  expect((await storyOf(late.caseNumber ?? 0)).kase.nearCase).toBeNull()
})

test("of the numbers in a subject the first that is a case counts, where it lives now, and spam is none", async () => {
  const [joined, other, spam] = [await arrive(letter()), await arrive(letter()), await arrive(letter())]
  const numbers = [joined, other, spam].map(({ caseNumber }) => caseNumber ?? 0)
  const [from = 0, into = 0, junk = 0] = numbers
  await mergeCase(viewer(ann), from, into, later(1))
  await markSpam(viewer(ann), junk, later(1))
  const row = await arrive(letter({ subject: `Orders [#999999] [#${junk}] [#${from}]`, from: eli.address }), {
    at: later(2),
  })
  expect((await storyOf(row.caseNumber ?? 0)).kase).toMatchObject({ nearCase: into })
})

test("a second sending is not put beside spam", async () => {
  const first = await arrive(letter())
  await markSpam(viewer(ann), first.caseNumber ?? 0, later(1))
  const again = await arrive(letter({ text: "Where is it, please?" }), { at: later(2) })
  expect((await storyOf(again.caseNumber ?? 0)).kase.nearCase).toBeNull()
})

test("a proven colleague of the customer speaks, and is let in by an agent only", async () => {
  const { number, ours } = await answeredCase()
  const row = await arrive(letter({ from: `Gil <gil@customer.example>`, more: answering(ours) }), {
    proven,
    at: later(2),
  })
  expect(row).toMatchObject({ fate: "joined", caseNumber: number })
  const { kase, parties, last } = await storyOf(number)
  expect(last.unverified).toBe(false)
  expect(kase.waitingSince).toEqual(later(2))
  expect(parties.find(({ address }) => address === "gil@customer.example")?.standing).toBe("pending")
})

test("what answers a merged case is filed in it, and makes the one it goes on in wait", async () => {
  const { number, ours } = await answeredCase()
  const other = await arrive(letter({ from: `Eli <${eli.address}>`, subject: "Other" }))
  await mergeCase(viewer(ann), number, other.caseNumber ?? 0, later(2))
  const row = await arrive(letter({ more: answering(ours) }), { at: later(3) })
  expect(row.caseNumber).toBe(number)
  const living = other.caseNumber ?? 0
  expect((await conversation(viewer(ann), living)).messages.at(-1)?.caseNumber).toBe(number)
  expect((await storyOf(living)).kase).toMatchObject({ lastMessageAt: later(3), messageCount: 4 })
})

test("an answer to a case closed long ago opens a new one beside it, where the desk says how long that is", async () => {
  const { number, ours } = await answeredCase()
  await closeCase(viewer(ann), number, later(2))
  const late = later(60 * 24 * 100)
  const row = await arrive(letter({ more: answering(ours) }), { at: late })
  expect((await storyOf(row.caseNumber ?? 0)).kase.nearCase).toBe(number)
  await changeSetting("mail.reopenDays", "0", noon)
  expect((await arrive(letter({ more: answering(ours) }), { at: late })).caseNumber).toBe(number)
})

test("other words under a known id are another mail, and say so; the same once more is one (T9)", async () => {
  const first = await arrive(letter({ id: "<same@customer.example>", text: "One" }))
  const second = await arrive(letter({ id: "<same@customer.example>", text: "Two" }))
  expect(second).toMatchObject({ fate: "opened", because: expect.stringContaining(`number ${first.id}`) })
  const again = await arrive(letter({ id: "<same@customer.example>", text: "Two", more: ["Received: by another way"] }))
  expect(again).toMatchObject({ fate: "duplicate", caseNumber: second.caseNumber })
  expect(await db.select().from(messages)).toHaveLength(2)
})

test("one mail to two mailboxes is one case, which names the other", async () => {
  const both = letter({ to: `${help.address}, ${billing.address}`, id: "<both@customer.example>" })
  const first = await arrive(both, { to: [help.address] })
  const second = await arrive(both, { to: [billing.address] })
  expect(second).toMatchObject({ fate: "duplicate", caseNumber: first.caseNumber })
  const rows = await db.execute<{ detail: { mailbox: string } }>(
    sql`select detail from case_events where kind = 'also to'`,
  )
  expect(rows.map(({ detail }) => detail.mailbox)).toEqual([billing.address])
})

test("an address of an agent is a customer like any other, and its automatic answers join nothing", async () => {
  const { ours } = await answeredCase()
  const away = letter({
    from: ann.email,
    subject: "Out of office",
    more: [...answering(ours), "Auto-Submitted: auto-replied"],
  })
  expect(await arrive(away)).toMatchObject({ fate: "auto", caseNumber: null })
  expect((await arrive(letter({ from: ann.email, more: answering(ours) }))).fate).toBe("opened")
})

const forward = letter({
  from: `Ann Lee <${ann.email}>`,
  subject: "Fwd: Broken lamp",
  text: "---------- Forwarded message ---------\nFrom: Eli Stone <eli@customer.example>\nDate: Mon\nSubject: Broken lamp\nTo: ann@desk.example\n\nIt broke.",
})

test("what a proven agent forwards is its writer's, once the desk allows it", async () => {
  await changeSetting("mail.agentForwards", "on", noon)
  const row = await arrive(forward, { proven: { level: "pass" } })
  const { kase, last, parties } = await storyOf(row.caseNumber ?? 0)
  expect(kase.customerId).toBe(eli.id)
  expect(last.forwardedBy).toBe(ann.id)
  expect(parties[0]).toMatchObject({ address: eli.address, standing: "requester" })
  expect(row.because).toContain("Forwarded by Ann Lee")
})

test("a forward from an address nobody vouches for, or where it is not allowed, is its sender's", async () => {
  expect(
    (await storyOf((await arrive(forward, { proven: { level: "pass" } })).caseNumber ?? 0)).last.forwardedBy,
  ).toBeNull()
  await changeSetting("mail.agentForwards", "on", noon)
  const again = forward
    .replace("It broke.", "It broke again.")
    .replace(/Message-ID: .*/, "Message-ID: <f2@desk.example>")
  expect((await storyOf((await arrive(again)).caseNumber ?? 0)).last.forwardedBy).toBeNull()
})

test("a reply address is worth nothing with one letter changed", async () => {
  const { number } = await answeredCase()
  const good = replyAddress(help.address, number, secretKey("reply address"))
  const bad = good.replace(/.@/, (two) => (two[0] === "a" ? "b@" : "a@"))
  expect((await arrive(letter({ from: eve }), { to: [good] })).caseNumber).toBe(number)
  expect((await arrive(letter({ from: eve }), { to: [bad] })).caseNumber).not.toBe(number)
})

test("references that go round in circles are followed once", async () => {
  const { number, ours } = await answeredCase()
  const circle = Array.from({ length: 500 }, (_, n) => `<c${n % 3}@x.example>`).join(" ")
  const row = await arrive(letter({ more: [`References: ${circle} ${ours}`] }))
  expect(row.caseNumber).toBe(number)
})

test("no reply can be made to go to one of our own mailboxes", async () => {
  const row = await arrive(letter({ from: `Loop <${billing.address}>` }))
  expect(await writeReply(viewer(bo), plainReply(row.caseNumber ?? 0), later(1))).toBe("no recipient")
})
