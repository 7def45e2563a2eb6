import { expect, test } from "vitest"
import { authenticityFor, type Hop } from "#emails/incoming/authenticity.server.ts"
import { authenticityOf, toldAbout, toldBy } from "#emails/incoming/authenticity.ts"
import { parseAddresses } from "#emails/incoming/head.server.ts"
import { openResolver } from "#emails/incoming/resolver.server.ts"
import { startDns } from "#test/support/dns-server.ts"
import { keyRecord, rsa, sign } from "#test/support/signed-mail.ts"

const pair = rsa()
/** What somebody else could own and publish for letters that are compared as they stand. */
const raw = [
  "xn--xample-hy68a.com",
  "xn--xample-9e7c.com",
  "xn--xample-9s99d.com",
  "xn--example-nka.com",
  "xn--example-2z6c.com",
]
const evil = raw.flatMap((name): [string, string[]][] => [
  [name, ["v=spf1 +all"]],
  [`_dmarc.${name}`, ["v=DMARC1; p=none"]],
  [`s._domainkey.${name}`, [keyRecord(pair)]],
])

const spellings = [
  "example.com",
  "EXAMPLE.com",
  "ｅxample.com",
  "ⓔxample.com",
  "𝔢xample.com",
  "exa\u00admple.com",
  "exa\u200bmple.com",
  "example。com",
  "example.com.",
]
const direct: Hop = { ip: "203.0.113.7", helo: "mx.evil.test", sender: "x@evil.test" }
const trust = { hops: [], relays: [], forwarders: [] }

async function asked(written: string, records: [string, string[]][], hop = direct, mail?: string) {
  const dns = await startDns(new Map(records))
  const head = mail ?? `From: billing@${written}\r\nSubject: Invoice\r\n\r\nPay.\r\n`
  const from = parseAddresses(`billing@${written}`)
  const found = await authenticityFor(Buffer.from(head), from, hop, trust, openResolver([dns.server]))
  dns.close()
  return { ...found, asked: dns.asked }
}

test.each(spellings)(
  "mail from billing@%s is judged by what example.com says, and nobody else is asked",
  async (written) => {
    const records: [string, string[]][] = [...evil, ["_dmarc.example.com", ["v=DMARC1; p=reject"]]]
    for (const sender of ["x@evil.test", `billing@${written}`]) {
      const found = await asked(written, records, { ...direct, sender })
      expect(found).toMatchObject({ level: "fail", domain: "example.com", policy: "reject" })
      expect(found.asked).toContain("_dmarc.example.com")
      expect(found.asked.filter((name) => name.includes("xn--"))).toEqual([])
    }
  },
)

test("letters that are no others' stand for their own domain", async () => {
  const found = await asked("exаmple.com", [["_dmarc.xn--exmple-4nf.com", ["v=DMARC1; p=reject"]]])
  expect(found).toMatchObject({ level: "fail", domain: "xn--exmple-4nf.com" })
  expect(found.asked).toContain("_dmarc.xn--exmple-4nf.com")
})

test.each(["exa\u200dmple.com", "xn--.com", "example..com", "-example.com"])(
  "%j is no domain: nobody is asked, and nothing proven",
  async (written) => {
    expect(await asked(written, evil)).toMatchObject({ level: "none", asked: [] })
  },
)

test("the domain's own signature and server prove it in whatever form they name it", async () => {
  const munich: [string, string[]][] = [
    ["s._domainkey.xn--mnchen-3ya.example", [keyRecord(pair)]],
    ["xn--mnchen-3ya.example", ["v=spf1 ip4:203.0.113.7 -all"]],
    ["_dmarc.xn--mnchen-3ya.example", ["v=DMARC1; p=reject"]],
  ]
  for (const written of ["münchen.example", "xn--mnchen-3ya.example", "MÜNCHEN.example"]) {
    const mail = `From: billing@${written}\r\nSubject: Invoice\r\n\r\nPay.\r\n`
    const signed = await sign(mail, { domain: "xn--mnchen-3ya.example", pair })
    expect(await asked(written, munich, direct, signed)).toMatchObject({ level: "pass" })
    expect(await asked(written, munich, { ...direct, sender: `x@${written}` })).toMatchObject({
      level: "pass",
      spf: "pass",
    })
  }
})

test("a server of ours that compared the letters as they came is not believed about another domain", () => {
  const told = (from: string) =>
    toldBy(
      [{ name: "authentication-results", value: `mx.desk.example; dmarc=pass header.from=${from}` }],
      ["mx.desk.example"],
    )
  const level = (written: string, from: string) => {
    const checks = {
      spf: null,
      signedBy: [],
      dkim: null,
      dmarc: null,
      arc: null,
      fromDomain: "example.com",
      fromCount: 1,
    }
    return authenticityOf({ ...checks, told: toldAbout(told(from), written, "example.com") }, []).level
  }
  expect(level("example.com", "example.com")).toBe("pass")
  expect(level("Example.com", "EXAMPLE.com")).toBe("pass")
  expect(level("ｅxample.com", "ｅxample.com")).toBe("none")
  expect(level("ｅxample.com", "example.com")).toBe("none")
  expect(level("example.com", "evil.test")).toBe("none")
})
