import { eq } from "drizzle-orm"
import PostalMime from "postal-mime"
import { afterEach, beforeEach, expect, test } from "vitest"
import { deliveriesOf } from "#app/models/mail/delivery.server.ts"
import { addressWords } from "#app/models/mail/delivery.ts"
import { sendKept } from "#app/models/mail/kept.server.ts"
import { releaseForAddress } from "#app/models/mail/links.server.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { changeAccount } from "#app/models/mail/smtp-account.server.ts"
import { changeSetting } from "#app/models/people/settings.server.ts"
import { db } from "#db/connection.server.ts"
import { customerAddresses } from "#db/tables/people.ts"
import { dana, help, ida, later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { type Sink, startSink } from "#test/support/mail-sink.ts"
import { mailNow, replied } from "#test/support/replies.ts"
import { viewer } from "#test/support/viewer.ts"

let sink: Sink
beforeEach(async () => {
  sink = await startSink()
  await changeSetting("web.baseUrl", "", noon)
  await changeSetting("web.localUrl", "http://localhost:3111", noon)
})
afterEach(() => sink.close())

const deliver = (at: Date, smtpUrl: string | null = null) => deliverNext("test", () => at, { smtpUrl })
const ownServer = async () => {
  const server = { host: "127.0.0.1", port: sink.port, security: "none" as const }
  const rest = { username: "", method: "password" as const, secret: null, perMinute: null, perDay: null }
  expect(await changeAccount(viewer(ida), help.id, { ...server, ...rest })).toBe("changed")
}
const stateOf = async (number: number, at: Date) => [...(await deliveriesOf(number, at)).values()].at(-1)
const linksOf = async (raw: Buffer) =>
  [...((await PostalMime.parse(raw)).text ?? "").matchAll(/(http\S+)\/r\//g)].map(([, origin]) => origin)

test("mail with rating links stays, and says why, while the desk has no public address", async () => {
  await ownServer()
  const number = await caseOf("Where?")
  await replied(number)
  expect(await deliver(later(1))).toBe(true)
  expect(sink.mails).toEqual([])
  expect(await stateOf(number, later(1))).toMatchObject({ state: "queued", answer: addressWords })
  expect(await deliver(later(2))).toBe(false)
  expect(await deliver(later(6))).toBe(true)
  expect(await stateOf(number, later(6))).toMatchObject({ state: "queued", answer: addressWords })
})

test("it leaves by itself once there is an address, with links at that address", async () => {
  await ownServer()
  await replied(await caseOf("Where?"))
  await deliver(later(1))
  await changeSetting("web.baseUrl", "https://support.desk.example", noon)
  await releaseForAddress(later(2))
  expect(await deliver(later(2))).toBe(true)
  expect(await linksOf(sink.mails[0]!.raw)).toEqual(Array(3).fill("https://support.desk.example"))
})

test("mail written before the address changed leaves with links at the new one", async () => {
  await changeSetting("web.baseUrl", "https://old.desk.example", noon)
  await replied(await caseOf("Where?"))
  await changeSetting("web.baseUrl", "https://new.desk.example", noon)
  await deliver(later(1), sink.url)
  expect(await linksOf(sink.mails[0]!.raw)).toEqual(Array(3).fill("https://new.desk.example"))
})

test("mail kept on a trial leaves later with links customers can open", async () => {
  // Nothing is ever sent to .example.
  await db
    .update(customerAddresses)
    .set({ address: "dana@customer.test.org" })
    .where(eq(customerAddresses.address, dana.address))
  const { mailId } = await replied(await caseOf("Where?", noon, { ...dana, address: "dana@customer.test.org" }))
  await deliver(later(1))
  expect(await linksOf((await mailNow(mailId)).rendered)).toEqual(Array(3).fill("http://localhost:3111"))
  await changeSetting("web.baseUrl", "https://support.desk.example", noon)
  expect(await sendKept(viewer(ida), later(2))).toBe(1)
  await deliver(later(2), sink.url)
  expect(await linksOf(sink.mails[0]!.raw)).toEqual(Array(3).fill("https://support.desk.example"))
})

test("an address only this machine can open is good enough for a server on this machine, and no other", async () => {
  await changeSetting("web.baseUrl", "http://localhost:3000", noon)
  const number = await caseOf("Where?")
  await replied(number)
  await deliver(later(1), "smtp://mail.elsewhere.example")
  expect(await stateOf(number, later(1))).toMatchObject({ state: "queued", answer: addressWords })
  await deliver(later(6), sink.url)
  expect(sink.mails).toHaveLength(1)
})

test("mail without rating links needs no address", async () => {
  await changeSetting("ratings.lineOn", "off", noon)
  await ownServer()
  await replied(await caseOf("Where?"))
  await deliver(later(1))
  expect(sink.mails).toHaveLength(1)
})
