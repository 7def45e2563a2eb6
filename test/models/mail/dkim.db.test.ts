import { dkimVerify } from "mailauth/lib/dkim/verify"
import { afterEach, beforeEach, expect, test } from "vitest"
import { checkKey, forgetKey, keysOf, makeKey } from "#app/models/mail/dkim.server.ts"
import { dkimRecord } from "#app/models/mail/dns-records.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { changeSetting } from "#app/models/people/settings.server.ts"
import { ann, ida, later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { startDns } from "#test/support/dns-server.ts"
import { startSink } from "#test/support/mail-sink.ts"
import { mailNow, replied } from "#test/support/replies.ts"
import { viewer } from "#test/support/viewer.ts"

const domain = "desk.example"
const records = new Map<string, string[] | "silence">()
let dns: Awaited<ReturnType<typeof startDns>>
beforeEach(async () => {
  records.clear()
  dns = await startDns(records)
  expect(await changeSetting("mail.dnsServers", dns.server, noon)).toBe("changed")
})
afterEach(() => dns.close())

const admin = viewer(ida)
const made = async (algorithm: "rsa" | "ed25519" = "rsa") => {
  await makeKey(admin, domain, algorithm, noon)
  return (await keysOf(domain)).at(-1)!
}
const published = async (algorithm: "rsa" | "ed25519" = "rsa") => {
  const key = await made(algorithm)
  const { name, value } = dkimRecord(key)
  records.set(name, [value])
  expect(await checkKey(admin, domain, key.id, noon)).toMatchObject({ state: "found" })
  return key
}
const written = async () => (await mailNow((await replied(await caseOf("Where?"))).mailId)).rendered
const resolver = async (name: string) => {
  const texts = records.get(name.toLowerCase())
  if (!Array.isArray(texts)) throw Object.assign(new Error("none"), { code: "ENOTFOUND" })
  return texts.map((text) => [text])
}
const verdicts = async (raw: Buffer) =>
  (await dkimVerify(raw, { resolver: resolver as never })).results.map((one) => [
    Reflect.get(one, "algo"),
    one.signingDomain,
    one.status.result,
  ])

test("a key signs nothing before DNS was seen to publish it, and everything from then on", async () => {
  const key = await made()
  expect((await written()).toString()).not.toContain("DKIM-Signature")
  expect(await checkKey(admin, domain, key.id, noon)).toMatchObject({ state: "missing" })
  expect((await written()).toString()).not.toContain("DKIM-Signature")
  records.set(dkimRecord(key).name, [dkimRecord(key).value])
  expect(await checkKey(admin, domain, key.id, later(1))).toEqual({
    state: "found",
    words: "Found, and it is this key.",
  })
  expect(await verdicts(await written())).toEqual([["rsa-sha256", domain, "pass"]])
  expect((await keysOf(domain))[0]).toMatchObject({ publishedAt: later(1), checkedAt: later(1) })
})

test("what arrives is what was signed once, the same bytes on every try", async () => {
  await published("rsa")
  await published("ed25519")
  let isBusy = true
  const sink = await startSink({ onData: () => (isBusy ? { code: 451, words: "Later" } : undefined) })
  const { mailId } = await replied(await caseOf("Where?"))
  const { rendered } = await mailNow(mailId)
  await deliverNext("test", () => later(1), { smtpUrl: sink.url })
  isBusy = false
  await deliverNext("test", () => later(9), { smtpUrl: sink.url })
  await sink.close()
  expect(sink.mails.map(({ raw }) => raw.equals(rendered))).toEqual([true])
  expect((await verdicts(sink.mails[0]!.raw)).toSorted()).toEqual([
    ["ed25519-sha256", domain, "pass"],
    ["rsa-sha256", domain, "pass"],
  ])
})

test("another key at the name, or an empty one, is told and does not sign", async () => {
  const key = await published()
  const { name, value } = dkimRecord(key)
  records.set(name, [value.replace(/p=.{20}/, "p=AAAAAAAAAAAAAAAAAAAA")])
  expect(await checkKey(admin, domain, key.id, noon)).toMatchObject({ state: "other" })
  expect((await written()).toString()).not.toContain("DKIM-Signature")
  records.set(name, ["v=DKIM1; k=rsa; p="])
  expect(await checkKey(admin, domain, key.id, noon)).toEqual({
    state: "other",
    words: "Found, but withdrawn: its p= is empty.",
  })
})

test("DNS that does not answer changes nothing: what signed goes on signing", { timeout: 60_000 }, async () => {
  const key = await published()
  records.set(dkimRecord(key).name, "silence")
  expect(await checkKey(admin, domain, key.id, noon)).toMatchObject({ state: "unknown" })
  expect((await written()).toString()).toContain("DKIM-Signature")
})

test("a newer key takes over only once it is published, and its name was never used before", async () => {
  const old = await published()
  const fresh = await made()
  expect(fresh.selector).not.toBe(old.selector)
  expect((await written()).toString()).toContain(`s=${old.selector};`)
  records.set(dkimRecord(fresh).name, [dkimRecord(fresh).value])
  await checkKey(admin, domain, fresh.id, noon)
  expect((await written()).toString()).toContain(`s=${fresh.selector};`)
  await forgetKey(admin, domain, fresh.id)
  expect((await made()).selector).not.toBe(fresh.selector)
})

test("the private half is sealed and shown to nobody; only an admin makes, checks or forgets keys", async () => {
  const key = await made()
  expect(JSON.stringify(key)).not.toMatch(/sealed|PRIVATE/)
  expect(await makeKey(viewer(ann), domain, "rsa", noon)).toBe("not yours")
  expect(await checkKey(viewer(ann), domain, key.id, noon)).toBe("not yours")
  expect(await forgetKey(viewer(ann), domain, key.id)).toBe("not yours")
  expect(await checkKey(admin, "other.example", key.id, noon)).toBe("no such key")
  expect(await keysOf(domain)).toHaveLength(1)
})
