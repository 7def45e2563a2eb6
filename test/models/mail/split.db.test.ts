import { expect, test } from "vitest"
import { addParticipant } from "#app/models/cases/participant.server.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { db } from "#db/connection.server.ts"
import { later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { startSink } from "#test/support/mail-sink.ts"
import { mailNow, recipientsNow, replied } from "#test/support/replies.ts"
import { startScript } from "#test/support/scripted-server.ts"

async function toSix() {
  const number = await caseOf("Where?")
  for (let n = 1; n <= 5; n++) {
    const copy = { name: "", address: `copy${n}@customer.example` }
    await db.transaction((tx) => addParticipant(tx, number, copy, "accepted", noon))
  }
  return (await replied(number)).mailId
}
const deliver = (smtpUrl: string, at = later(1)) => deliverNext("test", () => at, { smtpUrl })

test("a server that takes four recipients at once gets the others in a second envelope, at once", async () => {
  let count = 0
  const sink = await startSink({
    onFrom: () => {
      count = 0
      return undefined
    },
    onRcpt: () => (++count > 4 ? { code: 452, words: "4.5.3 Too many recipients" } : undefined),
  })
  const mailId = await toSix()
  while (await deliver(sink.url));
  await sink.close()
  expect(sink.mails.map(({ to }) => to.length)).toEqual([4, 2])
  expect(await mailNow(mailId)).toMatchObject({ sentAt: later(1) })
})

test("a mail refused whole for its many recipients goes to one at a time, and nobody gets it twice", async () => {
  const sink = await startSink({
    onData: ({ to }) => (to.length > 1 ? { code: 552, words: "5.5.3 Too many recipients" } : undefined),
  })
  const mailId = await toSix()
  while (await deliver(sink.url));
  await sink.close()
  expect(sink.mails.map(({ to }) => to.length)).toEqual([1, 1, 1, 1, 1, 1])
  expect(new Set(sink.mails.flatMap(({ to }) => to)).size).toBe(6)
  expect((await recipientsNow(mailId)).every(({ state }) => state === "accepted")).toBe(true)
})

test("one recipient who is too many waits as for any other reason, and it ends", async () => {
  const server = await startScript({ RCPT: "452 4.5.3 Too many recipients this hour" })
  const { mailId } = await replied(await caseOf("Where?"))
  expect(await deliver(server.url)).toBe(true)
  expect(await mailNow(mailId)).toMatchObject({ attempts: 1, dueAt: later(2) })
  let at = later(1)
  for (let tries = 0; (await mailNow(mailId)).failedAt === null && tries < 200; tries++) {
    at = (await mailNow(mailId)).dueAt
    await deliver(server.url, at)
  }
  await server.close()
  expect((await mailNow(mailId)).failedAt).toEqual(at)
})
