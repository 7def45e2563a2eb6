import { expect, test } from "vitest"
import { dmarcAdvice } from "#app/models/mail/dmarc-advice.ts"
import { followed, hasUnknown, isSpf, ownLookups, type SpfRecord, spfFrom } from "#app/models/mail/spf.ts"
import { type Chain, type Sender, spfAdvice } from "#app/models/mail/spf-advice.ts"
import { senderOf } from "#app/models/mail/spf-senders.ts"

const google: Sender = { host: "smtp.gmail.com", mechanism: "include:_spf.google.com" }
const server: Sender = { host: "203.0.113.9", mechanism: "ip4:203.0.113.9" }

/** What DNS tells of others, as it was for some of them in 2026. */
const others: Record<string, string> = {
  "_spf.google.com": "v=spf1 ip4:74.125.0.0/16 ip4:209.85.128.0/17 ip6:2001:4860:4864::/56 ~all",
  "spf.protection.outlook.com": "v=spf1 ip4:40.92.0.0/15 ip6:2a01:111:f400::/48 -all",
  "sendgrid.net": "v=spf1 ip4:167.89.0.0/17 include:ab.sendgrid.net ~all",
  "ab.sendgrid.net": "v=spf1 ip4:223.165.113.0/24 ~all",
  "_spf.hoster.example": "v=spf1 include:_spf.google.com ip4:203.0.113.0/24 -all",
  "open.example": "v=spf1 +all",
  "nine.example": `v=spf1 ${Array.from({ length: 8 }, (_, n) => `a:mx${n}.nine.example`).join(" ")} -all`,
  "round.example": "v=spf1 include:round.example -all",
}

function chainOf(record: SpfRecord, depth = 0): Promise<Chain> {
  const parts = followed(record).map((name): Chain => {
    const text = others[name]
    if (text === undefined)
      return {
        records: [],
        lookups: 0,
        isUnsure: name.startsWith("silent"),
        wrong: name.startsWith("silent")
          ? null
          : `It refers to ${name}, which has no SPF record, so it counts as none.`,
      }
    const below = spfFrom(text)
    if ("wrong" in below || depth > 5) return { records: [], lookups: 0, isUnsure: false, wrong: "a circle" }
    const lower = followed(below).flatMap((one) => {
      const r = spfFrom(others[one] ?? "")
      return "wrong" in r ? [] : [r]
    })
    return {
      records: [below, ...lower],
      lookups: ownLookups(below),
      isUnsure: false,
      wrong: name === "round.example" ? "a circle" : null,
    }
  })
  return Promise.resolve({
    records: parts.flatMap(({ records }) => records),
    lookups: ownLookups(record) + parts.reduce((sum, { lookups }) => sum + lookups, 0),
    isUnsure: hasUnknown(record) || parts.some(({ isUnsure }) => isUnsure),
    wrong: parts.find(({ wrong }) => wrong !== null)?.wrong ?? null,
  })
}

const advice = (texts: string[], senders: Sender[] = [google]) => spfAdvice({ told: { texts }, senders, chainOf })

test.each<[there: string, offered: string, senders?: Sender[]]>([
  ["v=spf1 -all", "v=spf1 include:_spf.google.com -all"],
  ["v=spf1 mx ~all", "v=spf1 mx include:_spf.google.com ~all"],
  ["V=SPF1 A MX ?ALL", "V=SPF1 A MX include:_spf.google.com ?ALL"],
  [
    "v=spf1 include:spf.protection.outlook.com -all",
    "v=spf1 include:spf.protection.outlook.com include:_spf.google.com -all",
  ],
  ["v=spf1 a mx ip4:198.51.100.0/24", "v=spf1 a mx ip4:198.51.100.0/24 include:_spf.google.com"],
  ["v=spf1 redirect=spf.protection.outlook.com", "v=spf1 include:_spf.google.com redirect=spf.protection.outlook.com"],
  ["v=spf1 mx exp=why.example.com -all", "v=spf1 mx exp=why.example.com include:_spf.google.com -all"],
  ["v=spf1 exists:%{i}._spf.example.com -all", "v=spf1 exists:%{i}._spf.example.com include:_spf.google.com -all"],
  ["v=spf1 -all include:_spf.google.com", "v=spf1 include:_spf.google.com -all include:_spf.google.com"],
  [
    "v=spf1 ip4:203.0.113.0/28 ~all",
    "v=spf1 ip4:203.0.113.0/28 ip4:203.0.113.99 ~all",
    [{ host: "x", mechanism: "ip4:203.0.113.99" }],
  ],
  ["v=spf1 mx -all", "v=spf1 mx include:_spf.google.com ip4:203.0.113.9 -all", [google, server]],
])("beside %s is put %s", async (there, offered, senders) => {
  const { record, state } = await advice(["google-site-verification=x", there], senders)
  expect([state, record]).toEqual(["other", offered])
})

test.each<[there: string, senders?: Sender[]]>([
  ["v=spf1 include:_spf.google.com ~all"],
  ["v=spf1 INCLUDE:_SPF.GOOGLE.COM. -all"],
  ["v=spf1 include:_spf.hoster.example -all"],
  ["v=spf1 redirect=_spf.hoster.example"],
  ["v=spf1 ip4:203.0.113.0/24 -all", [server]],
  ["v=spf1 include:_spf.hoster.example -all", [server]],
  ["v=spf1 -all", []],
])("%s lets our servers in already, and nothing is offered", async (there, senders) => {
  expect(await advice([there], senders)).toEqual({ state: "found", words: `Found: ${there}.`, record: null })
})

test.each<[texts: string[], words: RegExp, senders?: Sender[]]>([
  [["v=spf1 mx -all", "v=spf1 include:_spf.google.com ~all"], /several SPF records.*Join them/],
  [["v=spf1 +all"], /lets everybody send/],
  [["v=spf1 mx all"], /lets everybody send/],
  [["v=spf1 ip4:0.0.0.0/0 -all"], /lets everybody send/],
  [["v=spf1 include:open.example -all"], /lets everybody send.*by “v=spf1 \+all”/],
  [["v=spf1 ipv4:198.51.100.1 -all"], /“ipv4:198\.51\.100\.1” is no part/],
  [["v=spf1 include: _spf.example.com -all"], /“include:” is no part/],
  [["v=spf1 ip4:300.1.1.1 -all"], /no part of an SPF record/],
  [["v=spf1 a,mx -all"], /no part of an SPF record/],
  [["v=spf1 mx -all;"], /“-all;” is no part/],
  [['"v=spf1 mx -all"'], /must begin with exactly v=spf1/],
  [["spf1 mx -all"], /must begin with exactly v=spf1/],
  [["v=spf1 include:gone.example -all"], /refers to gone\.example, which has no SPF record/],
  [["v=spf1 include:round.example -all"], /circle/],
  [["v=spf1 include:nine.example include:sendgrid.net -all"], /take 11 DNS questions/],
  [["v=spf1 a mx include:nine.example -all"], /take 11 DNS questions/],
  [
    ["v=spf1 a include:nine.example -all"],
    /does not let include:_spf\.google\.com in, and with that: .* 11 DNS questions/,
  ],
  [["v=spf1 -include:_spf.google.com ~all"], /names -include:_spf\.google\.com and so does not let it in/],
  [["v=spf1 mx -all"], /^Found: .*only they know/, [senderOf("smtp.provider.net", "desk.example.com")]],
])("with %j no record is offered, and it says why", async (texts, words, senders) => {
  const { record, words: said } = await advice(texts, senders)
  expect(record).toBeNull()
  expect(said).toMatch(words)
})

test("what DNS does not tell is never guessed", async () => {
  expect(await spfAdvice({ told: { words: "DNS did not answer" }, senders: [google], chainOf })).toEqual({
    state: "unknown",
    words: "DNS did not answer",
    record: null,
  })
  for (const there of ["v=spf1 include:silent.example -all", "v=spf1 include:%{d}.example.com -all"])
    expect(await advice([there])).toMatchObject({ state: "unknown", record: null })
})

test("a first record names our server, ends softly, and asks for the others", async () => {
  expect(await advice(["v=spf10 -all", "MS=ms123"])).toEqual({
    state: "missing",
    words: expect.stringMatching(/add every other server that sends for the domain/),
    record: "v=spf1 include:_spf.google.com ~all",
  })
  expect(await advice([], [])).toMatchObject({ record: null, words: expect.stringMatching(/Ask whoever runs it/) })
  expect(isSpf("v=spf10 -all")).toBe(false)
})

test.each([
  ["smtp.gmail.com", { mechanism: "include:_spf.google.com" }],
  ["smtp.office365.com", { mechanism: "include:spf.protection.outlook.com" }],
  ["mail.acme.co.uk", { mechanism: "a:mail.acme.co.uk" }],
  ["203.0.113.9", { mechanism: "ip4:203.0.113.9" }],
  ["9.9.9.9", { mechanism: "ip4:9.9.9.9" }],
  ["::ffff:9.9.9.9", { mechanism: "ip4:9.9.9.9" }],
  ["[2620:fe::fe]", { mechanism: "ip6:2620:fe::fe" }],
  ["localhost", { mechanism: undefined }],
  ["127.0.0.1", { mechanism: undefined }],
  ["10.1.2.3", { mechanism: undefined }],
  ["100.64.0.1", { mechanism: undefined }],
  ["fe80::1", { mechanism: undefined }],
  ["::1", { mechanism: undefined }],
  ["mailhost", { mechanism: undefined }],
  ["smtp.provider.net", { mechanism: undefined }],
  ["evilgmail.com", { mechanism: undefined }],
])("what lets %s in is known, or asked for", (host, { mechanism }) => {
  const sender = senderOf(host, "acme.co.uk")
  expect("mechanism" in sender ? sender.mechanism : undefined).toBe(mechanism)
  if ("ask" in sender) expect(sender.ask).toMatch(/ask/i)
})

test.each<[texts: string[], state: string, words: RegExp, offered: boolean]>([
  [[], "missing", /^There is no DMARC record\.$/, true],
  [["v=DMARC1; p=reject; rua=mailto:x@y.example"], "found", /p=reject/, false],
  [["v=DMARC1;p=none", "v=DMARC1; p=reject"], "other", /several DMARC records/, false],
  [["v=DMARC1; rua=mailto:x@y.example"], "other", /p= must be none/, false],
  [["v=dmarc1; p=none"], "other", /exactly v=DMARC1/, false],
])("DMARC %j is %s", (texts, state, words, offered) => {
  const said = dmarcAdvice("desk.example.com", { texts }, null)
  expect([said.state, said.record]).toEqual([state, offered ? "v=DMARC1; p=none" : null])
  expect(said.words).toMatch(words)
})

test("a domain below another is under that one's policy, which a first record would weaken", () => {
  const owner = { domain: "example.com", told: { texts: ["v=DMARC1; p=reject"] } }
  expect(dmarcAdvice("desk.example.com", { texts: [] }, owner)).toMatchObject({ state: "found", record: null })
  expect(dmarcAdvice("desk.example.com", { texts: [] }, { ...owner, told: { words: "silence" } })).toMatchObject({
    state: "unknown",
    record: null,
  })
})
