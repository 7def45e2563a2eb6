import fc from "fast-check"
import parseField from "mailauth/lib/parse-dkim-headers.js"
import { expect, test } from "vitest"
import { authenticityFor, type Hop } from "#emails/incoming/authenticity.server.ts"
import { signedHead } from "#emails/incoming/signature-fields.ts"
import { keyRecord, rsa, seal, sign, zoneOf } from "#test/support/signed-mail.ts"

const pair = rsa()
const dana = [{ name: "", address: "dana@customer.example" }]
const mail = (body = "Where is it?\r\n") =>
  `From: dana@customer.example\r\nTo: help@desk.example\r\nSubject: My order\r\n\r\n${body}`
const own = { domain: "customer.example", pair }
const key = { "s._domainkey.customer.example": keyRecord(pair) }
const here: Hop = { ip: "", helo: "", sender: "" }

const check = (raw: string, records: Record<string, string>, forwarders: string[] = [], asked: string[] = []) =>
  authenticityFor(Buffer.from(raw), dana, here, { hops: [], relays: [], forwarders }, zoneOf(records, asked))

const junk = (n: number, domain = `d${n}.example`) =>
  `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=s; h=from; bh=${"A".repeat(43)}=; b=${n}AAA\r\n`

test("of many signatures the ten on top are looked at, whatever is below", async () => {
  const signed = await sign(mail(), own)
  const above = (many: number) => Array.from({ length: many }, (_, n) => junk(n)).join("")
  expect((await check(above(9) + signed, key)).level).toBe("pass")
  expect((await check(above(10) + signed, key)).level).toBe("none")
})

test("never more than ten keys are asked for", async () => {
  const asked: string[] = []
  let many = mail()
  for (let n = 0; n < 14; n++) many = await sign(many, { ...own, domain: `d${n}.example` })
  await check(many, {}, [], asked)
  expect(asked.filter((one) => one.includes("_domainkey"))).toHaveLength(10)
})

test("a signature over a part of the body is none, with or without something behind it", async () => {
  const partly = await sign(mail(), { ...own, maxBodyLength: 5 })
  const whole = await sign(mail(), { ...own, maxBodyLength: Buffer.byteLength("Where is it?\r\n") })
  for (const raw of [partly, whole, `${whole}Send money.\r\n`])
    expect(await check(raw, key)).toMatchObject({ level: "none", dkim: "policy" })
  expect((await check(await sign(await sign(mail(), own), { ...own, maxBodyLength: 5 }), key)).level).toBe("pass")
})

test.each([
  ["l=0", (text: string) => text.replace("v=1;", "v=1; l=0;")],
  ["L=3", (text: string) => text.replace("v=1;", "v=1; L=3;")],
  ["a tag twice", (text: string) => text.replace("v=1;", "v=1; d=other.example;")],
  ["a comment", (text: string) => text.replace("v=1;", "v=1; (l=1)x=1;")],
  ["From not signed", (text: string) => text.replace(/(\bh=[^;]*?)From/, "$1Date")],
  ["SHA-1", (text: string) => text.replace("rsa-sha256", "rsa-sha1")],
])("a signature with %s is not looked at", async (_what, changed) => {
  const asked: string[] = []
  const signed = await sign(mail(), own)
  expect(changed(signed)).not.toBe(signed)
  expect((await check(changed(signed), key, [], asked)).level).toBe("none")
  expect(asked).toEqual([])
})

test("keys too short to be safe and too long to be checked prove nothing", async () => {
  const short = rsa(1023)
  expect(
    (
      await check(await sign(mail(), { ...own, pair: short }), {
        ...key,
        "s._domainkey.customer.example": keyRecord(short),
      })
    ).level,
  ).toBe("none")
  const long = `v=DKIM1; k=rsa; p=${"A".repeat(1500)}`
  expect((await check(await sign(mail(), own), { "s._domainkey.customer.example": long })).level).toBe("none")
})

test("a mail with no line shorter than a megabyte, or a header without end, is not worked through", async () => {
  const signed = await sign(mail(), own)
  const began = performance.now()
  expect((await check(signed + "x".repeat(3_000_000), key)).dkim).toBe("policy")
  expect((await check(`X: ${"\r\n ".repeat(60_000)}\r\n${signed}`, key)).dkim).toBe("policy")
  expect((await check(`DKIM-Signature: ${";".repeat(200_000)}\r\n${mail()}`, key)).dkim).toBe("policy")
  expect(performance.now() - began).toBeLessThan(1000)
})

const list = { domain: "list.example", pair }
const listKey = { "s._domainkey.list.example": keyRecord(pair) }

test("a forwarder we believe vouches by its seal, unless it found the sender forged itself", async () => {
  const sealed = await seal(mail(), list, zoneOf(listKey))
  expect(await check(sealed, listKey, ["list.example"])).toMatchObject({ level: "pass", arc: "pass" })
  expect((await check(sealed, listKey, ["other.example"])).level).toBe("none")
  const doubtful = await seal(mail(), list, zoneOf(listKey), "fail")
  expect(await check(doubtful, listKey, ["list.example"])).toMatchObject({ level: "none", arc: "pass" })
})

test("a chain of ten is looked at, one of eleven is not", async () => {
  let chain = mail()
  for (let hop = 0; hop < 10; hop++) chain = await seal(chain, list, zoneOf(listKey))
  expect(await check(chain, listKey, ["list.example"])).toMatchObject({ level: "pass", arc: "pass" })
  const asked: string[] = []
  const longer = await seal(chain, list, zoneOf(listKey))
  expect(await check(longer, listKey, ["list.example"], asked)).toMatchObject({ level: "none", arc: "fail" })
  expect(asked).toEqual([])
})

test("a name in the results of a forwarder that reaches into every object is left out", () => {
  const pieces = fc.constantFrom(
    "__",
    "_",
    "proto",
    "pro",
    "to",
    '"',
    "'",
    "\\",
    "(x)",
    "(",
    ")",
    " ",
    ";",
    ".",
    "=",
    "a=b",
  )
  const before = Object.getOwnPropertyNames(Object.prototype)
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
      const field = `ARC-Authentication-Results: i=1; mx; spf=pass ${parts.join("")}\r\n`
      const { head, arc } = signedHead(`${field}From: a@b.example\r\n`)
      if (arc === "kept") parseField(head.slice(0, head.indexOf("\r\n")))
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
    }),
    { numRuns: 5000 },
  )
  const attack = 'ARC-Authentication-Results: i=1; mx; spf=pass "__pro"(x)to__.polluted=yes\r\n'
  expect(signedHead(attack)).toMatchObject({ arc: "refused", head: "" })
})
