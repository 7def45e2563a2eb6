import { expect, test } from "vitest"
import { authenticityFor, type Hop } from "#emails/incoming/authenticity.server.ts"
import { limitedResolver, type Resolve } from "#emails/incoming/dns-limits.ts"
import { openResolver } from "#emails/incoming/resolver.server.ts"
import { startDns } from "#test/support/dns-server.ts"
import { zoneOf } from "#test/support/signed-mail.ts"

const mail = Buffer.from("From: eve@evil.example\r\nSubject: Hello\r\n\r\nHello\r\n")
const from = [{ name: "", address: "eve@evil.example" }]
const hop: Hop = { ip: "203.0.113.7", helo: "mx.evil.example", sender: "eve@evil.example" }
const trust = { hops: [], relays: [], forwarders: [] }
const check = (resolve: Resolve, client: Partial<Hop> = {}) =>
  authenticityFor(mail, from, { ...hop, ...client }, trust, resolve)

test("an SPF record of more than ten questions is an error of its domain, and asks no more (RFC 7208 4.6.4)", async () => {
  const asked: string[] = []
  const records = Object.fromEntries(
    Array.from({ length: 20 }, (_, n) => [
      n ? `n${n}.evil.example` : "evil.example",
      `v=spf1 include:n${n + 1}.evil.example`,
    ]),
  )
  expect(await check(zoneOf(records, asked))).toMatchObject({ spf: "permerror" })
  expect(asked.filter((one) => one.includes("evil.example") && !one.includes("_dmarc")).length).toBeLessThanOrEqual(11)
})

test("so is one that asks three times for what is not there", async () => {
  const words = "v=spf1 exists:a.evil.example exists:b.evil.example exists:c.evil.example exists:d.evil.example +all"
  const asked: string[] = []
  expect(await check(zoneOf({ "evil.example": words }, asked))).toMatchObject({ spf: "permerror" })
  expect(asked).not.toContain("A d.evil.example")
})

test("a mail that would ask without end is given up, and the rest of its questions never asked", async () => {
  let questions = 0
  const endless: Resolve = async (name, type) => {
    questions++
    if (type === "MX")
      return Array.from({ length: 10 }, (_, n) => ({ priority: n, exchange: `m${n}.${name}` })) as never
    if (type === "TXT") return [[`v=spf1 ${Array.from({ length: 10 }, (_, n) => `mx:x${n}.evil.example`).join(" ")}`]]
    return ["198.51.100.1"]
  }
  await check(endless)
  expect(questions).toBeLessThanOrEqual(100)
})

test("what is answered is bounded: one record, one answer, and all for one mail", async () => {
  const answering = (answer: string[][]) => limitedResolver(async () => answer).resolve("a.example", "TXT")
  expect(await answering([["v=spf1 -all"], ["x".repeat(5000)]])).toEqual([["v=spf1 -all"]])
  expect(await answering([[`v=spf1 exists:${"%{l}".repeat(40)}.a.example`]])).toEqual([])
  const { resolve, close } = limitedResolver(async () => Array.from({ length: 10 }, () => ["x".repeat(4000)]))
  const all = Array.from({ length: 10 }, () => resolve("a.example", "TXT").catch(() => "refused"))
  expect((await Promise.all(all)).filter((one) => one === "refused")).toHaveLength(4)
  close()
  await expect(limitedResolver(async () => []).resolve("a".repeat(300), "TXT")).rejects.toThrow()
  await expect(resolve("a.example", "TXT")).rejects.toThrow("too many questions")
})

test("names made of a sender's own letters do not hang the checks", async () => {
  const words = `v=spf1 exists:${"%{l}".repeat(30)}!.evil.example -all`
  const began = performance.now()
  await check(zoneOf({ "evil.example": words }), {
    sender: `${"a".repeat(10_000)}@evil.example`,
    helo: "b".repeat(10_000),
  })
  expect(performance.now() - began).toBeLessThan(500)
})

test("an answer of thousands of records is no answer", async () => {
  const dns = await startDns(new Map([["many.example", Array.from({ length: 15 }, () => "x".repeat(3000))]]))
  const resolve = openResolver([dns.server])
  await expect(resolve("many.example", "TXT")).rejects.toThrow()
  dns.close()
})

test("name servers that are none are left out, and none at all means the machine's", () => {
  expect(() => openResolver(["nonsense", "1.1.1.1:99999", ":::"])).not.toThrow()
})
