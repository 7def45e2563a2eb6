import { expect, test } from "vitest"
import { sendKept } from "#app/models/mail/kept.server.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { sentMail } from "#app/models/mail/sent.server.ts"
import { db } from "#db/connection.server.ts"
import { ratingRequests } from "#db/tables/ratings.ts"
import { replyTallies } from "#db/tables/sharing.ts"
import { ann, bo, dana, later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { startSink } from "#test/support/mail-sink.ts"
import { mailNow, replied } from "#test/support/replies.ts"
import { viewer } from "#test/support/viewer.ts"

const real = { ...dana, address: "dana@customer.org" }
const deliver = (smtpUrl: string | null, at: Date) => deliverNext("test", () => at, { smtpUrl })

test("kept mail leaves when a lead says so, is counted once, and its links live from then", async () => {
  const { mailId } = await replied(await caseOf("Where?", noon, real))
  await deliver(null, later(1))
  expect(await sendKept(viewer(bo), later(2))).toBe("not yours")
  const nextWeek = later(7 * 24 * 60)
  expect(await sendKept(viewer(ann), nextWeek)).toBe(1)
  expect(await db.select().from(replyTallies)).toEqual([])
  const sink = await startSink()
  await deliver(sink.url, nextWeek)
  await sink.close()
  expect(sink.mails.map(({ to }) => to)).toEqual([[real.address]])
  expect(await mailNow(mailId)).toMatchObject({ sentAt: nextWeek, keptAt: null })
  expect(await db.select().from(replyTallies)).toMatchObject([{ day: "2026-03-17", replies: 1 }])
  expect(await db.select().from(ratingRequests)).toMatchObject([{ sentAt: nextWeek }])
})

test("mail to addresses nobody has, as in the demo, stays", async () => {
  const { mailId } = await replied(await caseOf("Where?"))
  await deliver(null, later(1))
  expect(await sendKept(viewer(ann), later(2))).toBe(0)
  expect((await mailNow(mailId)).keptAt).toEqual(later(1))
})

test("released without any server it is kept again, counted once all the same", async () => {
  const { mailId } = await replied(await caseOf("Where?", noon, real))
  await deliver(null, later(1))
  await sendKept(viewer(ann), later(2))
  await deliver(null, later(3))
  expect((await mailNow(mailId)).keptAt).toEqual(later(3))
  expect(await db.select().from(replyTallies)).toMatchObject([{ replies: 1 }])
})

test("a mail tried in vain for an hour stands among the problems, and says so", async () => {
  const sink = await startSink({ onRcpt: () => ({ code: 451, words: "Greylisted" }) })
  const { mailId } = await replied(await caseOf("Where?"), { undoSeconds: 0 })
  for (const minutes of [0, 1, 6, 21]) await deliver(sink.url, later(minutes))
  await sink.close()
  const problems = async (minutes: number) => (await sentMail(viewer(bo), "problems", null, later(minutes))).rows
  expect(await problems(59)).toEqual([])
  expect(await problems(60)).toMatchObject([{ id: mailId, delivery: { state: "deferred", isLate: true } }])
})
