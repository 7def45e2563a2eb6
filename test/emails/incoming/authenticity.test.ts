import { generateKeyPairSync } from "node:crypto"
import { dkimSign } from "mailauth"
import { expect, test } from "vitest"
import { authenticityFor, type Hop, isStranger, type Trust } from "#emails/incoming/authenticity.server.ts"
import { authenticityOf, type Checks, ours, toldBy } from "#emails/incoming/authenticity.ts"
import type { Resolve } from "#emails/incoming/dns-limits.ts"

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: "spki", format: "der" }).toString("base64")}`
const signingKey = privateKey.export({ type: "pkcs8", format: "pem" }).toString()

const nobody: Trust = { hops: [], relays: [], forwarders: [] }
const direct: Hop = { ip: "203.0.113.7", helo: "mx.customer.example", sender: "dana@customer.example" }
const here: Hop = { ip: "127.0.0.1", helo: "localhost", sender: "dana@customer.example" }

type Zone = Record<string, string>
const asked: string[] = []
const zone =
  (records: Zone): Resolve =>
  async (name, type) => {
    asked.push(`${type} ${name}`)
    const found = type === "TXT" ? records[name] : undefined
    if (found === "timeout") throw Object.assign(new Error("timed out"), { code: "ETIMEOUT" })
    if (!found) throw Object.assign(new Error("none"), { code: "ENOTFOUND" })
    return [[found]]
  }

const plain = (from = "Dana <dana@customer.example>") =>
  `From: ${from}\r\nTo: help@desk.example\r\nSubject: My order\r\nDate: Tue, 10 Mar 2026 11:00:00 +0000\r\nMessage-ID: <m@customer.example>\r\n\r\nWhere is it?\r\n`

async function signed(mail = plain(), domain = "customer.example") {
  // Its types know one signature only, its code a list of them.
  const { signatures } = await dkimSign(mail, {
    canonicalization: "relaxed/relaxed",
    signatureData: [{ signingDomain: domain, selector: "s", privateKey: signingKey, algorithm: "rsa-sha256" }],
  } as never)
  return signatures + mail
}

const dana = [{ name: "Dana", address: "dana@customer.example" }]
const check = (mail: string, records: Zone, hop = direct, trust = nobody, from = dana) =>
  authenticityFor(Buffer.from(mail), from, hop, trust, zone(records))

const dkim = { "s._domainkey.customer.example": record }
const reject = { "_dmarc.customer.example": "v=DMARC1; p=reject" }

test("a signature of the sender's own domain proves the sender, wherever the mail came from", async () => {
  for (const hop of [direct, here])
    expect(await check(await signed(), { ...dkim, ...reject }, hop)).toMatchObject({
      level: "pass",
      because: "customer.example vouches for this sender (DKIM).",
    })
})

test("a signature proves without any DMARC record too", async () => {
  expect(await check(await signed(), dkim, here)).toMatchObject({ level: "pass", dmarc: "none" })
})

test("another key, a changed body and another domain's signature prove nothing", async () => {
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey
  const wrong = `v=DKIM1; k=rsa; p=${other.export({ type: "spki", format: "der" }).toString("base64")}`
  expect((await check(await signed(), { "s._domainkey.customer.example": wrong, ...reject })).level).toBe("fail")
  const changed = (await signed()).replace("Where is it?", "Send money.")
  expect((await check(changed, { ...dkim, ...reject })).level).toBe("fail")
  const evil = await signed(plain(), "evil.example")
  expect((await check(evil, { "s._domainkey.evil.example": record, ...reject })).level).toBe("fail")
})

test("a server the domain names proves the sender, another one does not", async () => {
  const spf = (words: string) => ({ "customer.example": words, ...reject })
  expect(await check(plain(), spf("v=spf1 ip4:203.0.113.7 -all"))).toMatchObject({ level: "pass", spf: "pass" })
  for (const words of ["v=spf1 -all", "v=spf1 ~all", "v=spf1 ?all"])
    expect(await check(plain(), spf(words))).toMatchObject({ level: "fail", policy: "reject" })
})

test("an envelope of another domain that names its own server does not prove From", async () => {
  const hop = { ...direct, sender: "x@evil.example" }
  const records = { "evil.example": "v=spf1 ip4:203.0.113.7 -all", ...reject }
  expect(await check(plain(), records, hop)).toMatchObject({ level: "fail", spf: "pass" })
})

test("a strict domain is not vouched for from below it, a relaxed one is", async () => {
  const mail = await signed(plain(), "news.customer.example")
  const key = { "s._domainkey.news.customer.example": record }
  const policy = (more: string) => ({ "_dmarc.customer.example": `v=DMARC1; p=reject; ${more}` })
  expect((await check(mail, { ...key, ...policy("adkim=r") })).level).toBe("pass")
  expect(await check(mail, { ...key, ...policy("adkim=s") })).toMatchObject({ level: "fail", policy: "reject" })
  const hop = { ...direct, sender: "bounce@news.customer.example" }
  const spf = { "news.customer.example": "v=spf1 ip4:203.0.113.7 -all" }
  expect((await check(plain(), { ...spf, ...policy("aspf=r") }, hop)).level).toBe("pass")
  expect((await check(plain(), { ...spf, ...policy("aspf=s") }, hop)).level).toBe("fail")
})

test("guests of a host do not vouch for it, nor it for them, nor one guest for another", async () => {
  const key = (domain: string) => ({ [`s._domainkey.${domain}`]: record, "_dmarc.github.io": "v=DMARC1; p=reject" })
  for (const [from, signer] of [
    ["dana@github.io", "evil.github.io"],
    ["dana@customer.github.io", "github.io"],
    ["dana@customer.github.io", "evil.github.io"],
    ["dana@customer.co.uk", "co.uk"],
  ] as const) {
    const checked = check(await signed(plain(from), signer), key(signer), here, nobody, [{ name: "", address: from }])
    expect([from, signer, (await checked).level]).toEqual([from, signer, "none"])
  }
  const own = await signed(plain("dana@github.io"), "github.io")
  const from = [{ name: "", address: "dana@github.io" }]
  expect((await check(own, key("github.io"), here, nobody, from)).level).toBe("pass")
})

test("a subdomain is judged by the policy for subdomains", async () => {
  const from = [{ name: "", address: "a@shop.customer.example" }]
  const records = { "_dmarc.customer.example": "v=DMARC1; p=none; sp=quarantine" }
  const mail = plain("a@shop.customer.example")
  expect(await check(mail, records, direct, nobody, from)).toMatchObject({ level: "fail", policy: "quarantine" })
})

test("where the client's address is unknown a missing proof is no failure, and unsigned mail asks no name server", async () => {
  asked.length = 0
  expect(await check(plain(), reject, here)).toMatchObject({ level: "none" })
  expect(asked).toEqual([])
  expect((await check((await signed()).replace("Where", "There"), { ...dkim, ...reject }, here)).level).toBe("none")
})

test("name servers that do not answer are no verdict", async () => {
  const dead = { "customer.example": "timeout", "_dmarc.customer.example": "timeout" }
  expect((await check(plain(), dead)).level).toBe("temperror")
})

test("two senders and none are never proven", async () => {
  const two = [...dana, { name: "", address: "eve@evil.example" }]
  expect((await check(await signed(), dkim, direct, nobody, two)).level).toBe("fail")
  expect((await check(plain(""), {}, direct, nobody, [])).level).toBe("none")
})

test("a mail with more signatures than any mail program makes has them not looked at", async () => {
  asked.length = 0
  const many = Array.from({ length: 50 }, (_, n) => `DKIM-Signature: v=1; d=d${n}.example; s=s; b=x\r\n`).join("")
  expect((await check(many + plain(), {}, here)).level).toBe("none")
  expect(asked).toEqual([])
})

const hops = ["mx.desk.example"]
const behind = { ...nobody, hops }
const ar = (words: string) => `Authentication-Results: ${words}\r\n`
const received = (by: string) => `Received: from somewhere by ${by} with ESMTPS; Tue, 10 Mar 2026 11:00:00 +0000\r\n`
const pass = ar("mx.desk.example 1; dmarc=pass (p=reject) header.from=customer.example")

test("what our own server in front found is believed", async () => {
  expect(await check(pass + received("mx.desk.example") + plain(), {}, here, behind)).toMatchObject({ level: "pass" })
  const fail = ar(
    "mx.desk.example (a comment; dmarc=pass); dmarc=fail (p=REJECT dis=NONE) header.from=customer.example",
  )
  expect(await check(fail + received("mx.desk.example") + plain(), {}, here, behind)).toMatchObject({
    level: "fail",
    policy: "reject",
  })
})

test("what came with the mail is not, whatever name it is written under", async () => {
  const forged = received("mx.desk.example") + received("mx.evil.example") + pass + plain()
  expect((await check(forged, {}, here, behind)).level).toBe("none")
  expect((await check(ar("mx.evil.example; dmarc=pass") + plain(), {}, here, behind)).level).toBe("none")
  expect((await check(pass + plain(), {}, here)).level).toBe("none")
})

test("from a stranger's server no such line counts at all", async () => {
  expect((await check(pass + plain(), reject, direct, behind)).level).toBe("fail")
})

test("a relay of ours is no stranger, by address or range", () => {
  expect(isStranger("203.0.113.7", [])).toBe(true)
  expect(isStranger("203.0.113.7", ["203.0.113.0/24"])).toBe(false)
  expect(isStranger("2001:db8::1", ["2001:db8::/32"])).toBe(false)
  for (const address of ["127.0.0.1", "::ffff:127.0.0.1", "10.1.2.3", "::1", "", "nonsense"])
    expect(isStranger(address, [])).toBe(false)
})

test("a forwarder we believe vouches for mail it broke on the way", () => {
  const broken: Checks = {
    ...{ fromDomain: "customer.example", fromCount: 1, signedBy: [], dkim: "fail", told: null },
    spf: { result: "fail", domain: "customer.example" },
    dmarc: { result: "fail", policy: "reject", strictSpf: false, strictDkim: false },
    arc: { result: "pass", sealedBy: ["list.example"] },
  }
  expect(authenticityOf(broken, ["list.example"]).level).toBe("pass")
  expect(authenticityOf(broken, []).level).toBe("fail")
  expect(
    authenticityOf({ ...broken, arc: { result: "fail", sealedBy: ["list.example"] } }, ["list.example"]).level,
  ).toBe("fail")
})

test("our own servers' lines end where a stranger's begin", () => {
  const lines = [
    { name: "authentication-results", value: "mx.desk.example; dmarc=pass" },
    { name: "received", value: "from a by in.mx.desk.example (Postfix)" },
    { name: "x-spam-flag", value: "YES" },
    { name: "received", value: "from b by mx.evil.example" },
    { name: "x-spam-flag", value: "NO" },
  ]
  expect(ours(lines, hops)).toHaveLength(3)
  expect(toldBy(lines, hops)).toMatchObject({ dmarc: "pass", by: "mx.desk.example" })
})
