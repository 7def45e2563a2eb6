import { asc, inArray, isNull } from "drizzle-orm"
import { expect, test } from "vitest"
import { type Arrival, keep } from "#app/models/mail/inbox.server.ts"
import { receiveNext } from "#app/models/mail/receive.server.ts"
import { db } from "#db/connection.server.ts"
import { cases, messages, participants } from "#db/tables/cases.ts"
import { mailReceived } from "#db/tables/mail.ts"
import { dana, eli, help, later, noon } from "#test/fixtures/desk.ts"
import { arrive, letter, refuted, storyOf } from "#test/support/arrive.ts"
import { until } from "#test/support/server.ts"

const envelope = { envelopeFrom: dana.address, envelopeTo: [help.address], remote: "", asClosed: false }
const handIn = (raw: string, more: Partial<Arrival> = {}) =>
  keep({ via: "smtp", ...envelope, raw: Buffer.from(raw), ...more }, noon)
const work = async (name: string) => {
  while (await receiveNext(name, () => noon));
}
const fourAtOnce = () => Promise.all(["a", "b", "c", "d"].map(work))
const id = (n: number) => `<t${n}@customer.example>`
const caseCount = async () => (await db.select().from(cases)).length

/** One of a thread, as mail programs write it; the first answers nothing. */
function mailOf(n: number, named: (n: number) => string[] = whole) {
  const subject = n === 0 ? "My order" : "Re: My order"
  return letter({ id: id(n), subject, text: `Words number ${n}.`, more: n === 0 ? [] : named(n) })
}
const whole = (n: number) => [
  `In-Reply-To: ${id(n - 1)}`,
  `References: ${Array.from({ length: n }, (_, i) => id(i)).join(" ")}`,
]
const parentOnly = (n: number) => [`In-Reply-To: ${id(n - 1)}`]
const rootOnly = () => [`References: ${id(0)}`]

const orders = {
  "in order": (n: number) => n,
  backwards: (n: number) => -n,
  "in no order": (n: number) => ((n + 5) * 17) % 41,
}
const programs = { whole, parentOnly, rootOnly }

for (const [order, place] of Object.entries(orders))
  for (const [program, named] of Object.entries(programs))
    test(`a thread that comes at once ${order}, naming ${program}, is one case`, async () => {
      const length = program === "parentOnly" ? 40 : 12
      const numbers = Array.from({ length }, (_, n) => n).sort((a, b) => place(a) - place(b))
      for (const n of numbers) await handIn(mailOf(n, named), { via: "import", envelopeFrom: "" })
      await fourAtOnce()
      expect(await caseCount()).toBe(1)
      const said = await db.select().from(messages).orderBy(asc(messages.id))
      expect(said).toHaveLength(length)
      // What is answered stands before its answers, whichever came first.
      expect(said[0]?.rfcMessageId).toBe(id(0))
      if (named === parentOnly)
        expect(said.map(({ rfcMessageId }) => rfcMessageId)).toEqual(numbers.map((_, n) => id(n)))
    })

test("two of a thread that are handled before the third is here are one case with it", async () => {
  await arrive(mailOf(2))
  await arrive(mailOf(1))
  const first = await arrive(mailOf(0))
  expect(await caseCount()).toBe(1)
  expect(first).toMatchObject({ fate: "joined" })
  expect(first.because).toBe("Joined because a message of this case, which came before it, answers it.")
})

test("answers to one email that never came here are one thread, those of a stranger another", async () => {
  const more = ["In-Reply-To: <never@elsewhere.example>"]
  const { caseNumber } = await arrive(letter({ more }))
  expect(await arrive(letter({ more }))).toMatchObject({ fate: "joined", caseNumber })
  const stranger = await arrive(letter({ from: "eve@evil.example", more }))
  expect(stranger.fate).toBe("opened")
  expect(stranger.caseNumber).not.toBe(caseNumber)
})

test("an email comes after the answer of somebody it was written to, and waits for an agent to let its writer in", async () => {
  const answer = letter({ from: `Eli <${eli.address}>`, subject: "Re: My order", more: [`In-Reply-To: ${id(0)}`] })
  const { caseNumber } = await arrive(answer)
  const first = letter({ id: id(0), more: [`Cc: ${eli.address}`] })
  expect(await arrive(first)).toMatchObject({ fate: "joined", caseNumber })
  const parties = (await storyOf(caseNumber!)).parties.map(({ address, standing }) => [address, standing])
  expect(parties).toContainEqual([dana.address, "pending"])
})

test("nobody gets into a case with an id that was answered there, or when their domain says it is not theirs", async () => {
  const { caseNumber } = await arrive(letter({ more: [`In-Reply-To: ${id(0)}`] }))
  const stranger = await arrive(letter({ id: id(0), from: "eve@evil.example" }))
  expect(stranger.caseNumber).not.toBe(caseNumber)
  const forged = letter({ id: id(0), from: "mallory@customer.example", more: [`Cc: ${dana.address}`] })
  const refused = await arrive(forged, { proven: refuted })
  expect(refused.caseNumber).not.toBe(caseNumber)
})

test("an answer waits while what it answers is in somebody's hands, and not for one that stumbled", async () => {
  await handIn(mailOf(0))
  await handIn(mailOf(1))
  await db
    .update(mailReceived)
    .set({ leasedBy: "slow", leasedUntil: new Date(Date.now() + 60_000) })
    .where(inArray(mailReceived.rfcMessageId, [id(0)]))
  expect(await receiveNext("a", () => noon)).toBe(false)
  await db
    .update(mailReceived)
    .set({ leasedBy: null, leasedUntil: null, dueAt: new Date(Date.now() + 60_000) })
    .where(inArray(mailReceived.rfcMessageId, [id(0)]))
  expect(await receiveNext("a", () => noon)).toBe(true)
  await db.update(mailReceived).set({ dueAt: new Date() }).where(isNull(mailReceived.fate))
  await work("a")
  expect(await caseCount()).toBe(1)
})

test("mail of others is not held up by a thread that somebody works on", async () => {
  for (let n = 0; n < 5; n++) await handIn(mailOf(n))
  await handIn(letter({ subject: "Another matter", id: "<other@customer.example>" }))
  await db
    .update(mailReceived)
    .set({ leasedBy: "slow", leasedUntil: new Date(Date.now() + 60_000) })
    .where(inArray(mailReceived.rfcMessageId, [id(0)]))
  await work("a")
  const waiting = await db.select().from(mailReceived).where(isNull(mailReceived.fate))
  expect(waiting.map(({ rfcMessageId }) => rfcMessageId)).not.toContain("<other@customer.example>")
  expect(waiting).toHaveLength(5)
})

test("emails that answer each other in a circle are handled all the same, and are one case", async () => {
  for (const n of [0, 1, 2]) await handIn(letter({ id: id(n), more: [`In-Reply-To: ${id((n + 1) % 3)}`] }))
  const left = async () => {
    await work("a")
    return (await db.select().from(mailReceived).where(isNull(mailReceived.fate))).length
  }
  await until(left, (rows) => rows === 0, 15_000)
  expect(await caseCount()).toBe(1)
})

test("a thread imported as history is one closed case, colleagues and our own old answers in it", async () => {
  const us = `Help <${help.address}>`
  const writers = [`Dana <${dana.address}>`, us, "Uma <uma@partner.example>", us]
  for (const n of Array.from({ length: 40 }, (_, i) => 39 - i)) {
    const more = n === 0 ? [] : whole(n)
    const raw = letter({ id: id(n), from: writers[n % 4]!, to: n % 2 ? dana.address : help.address, more })
    await handIn(raw.replace("11:00:00", `10:00:${String(n).padStart(2, "0")}`), {
      ...{ via: "import", envelopeFrom: "", asClosed: true },
    })
  }
  await fourAtOnce()
  const [kase, ...others] = await db.select().from(cases)
  expect(others).toEqual([])
  expect(kase).toMatchObject({ waitingSince: null, messageCount: 40 })
  expect(kase?.closedAt).toEqual(new Date("2026-03-10T10:00:39Z"))
  const parties = await db.select().from(participants)
  expect(parties.map(({ address }) => address)).not.toContain(help.address)
})

test("history that belongs to a case in use leaves it in use", async () => {
  const { caseNumber } = await arrive(letter({ id: id(1), more: [`In-Reply-To: ${id(0)}`] }), { at: later(5) })
  await arrive(mailOf(0), { via: "import", asClosed: true, at: later(9) })
  expect((await storyOf(caseNumber!)).kase).toMatchObject({ closedAt: null, waitingSince: later(5) })
})
