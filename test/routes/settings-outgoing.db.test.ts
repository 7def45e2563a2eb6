import { generateKeyPairSync } from "node:crypto"
import type { ActionFunctionArgs } from "@remix-run/node"
import { afterEach, expect, test } from "vitest"
import { keysOf } from "#app/models/mail/dkim.server.ts"
import { dkimRecord } from "#app/models/mail/dns-records.ts"
import { accountOfMailbox } from "#app/models/mail/smtp-account.server.ts"
import { changeSetting } from "#app/models/people/settings.server.ts"
import * as incoming from "#app/routes/settings.incoming.$mailboxId.tsx"
import * as outgoing from "#app/routes/settings.outgoing.$mailboxId.tsx"
import * as signing from "#app/routes/settings.signing.$mailboxId.tsx"
import { db } from "#db/connection.server.ts"
import { smtpAccounts } from "#db/tables/ways.ts"
import { ann, bo, help, ida, noon } from "#test/fixtures/desk.ts"
import { startDns } from "#test/support/dns-server.ts"
import { type SinkScript, startSink } from "#test/support/mail-sink.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})
const params = { mailboxId: String(help.id) }
const args = (request: Request, given: Record<string, string> = params) =>
  ({ request, params: given, context: {} }) as ActionFunctionArgs
const press = async (form: Record<string, string>, who: { id: number } = ida) =>
  args(await requestAs(who, "/settings", { form }))
const visit = async (path = "/settings", who: { id: number } = ida) => args(await requestAs(who, path))
const bodyOf = async (answer: Promise<unknown> | unknown) => ((await answer) as Response).json()
const typed = (port: number, changes: Record<string, string> = {}) => ({
  host: "127.0.0.1",
  port: String(port),
  security: "none",
  username: "help@desk.example",
  method: "password",
  password: "se cret",
  ...changes,
})
const sinkWith = async (script: Partial<SinkScript> = {}) => {
  const sink = await startSink({ users: { "help@desk.example": "se cret" }, ...script })
  open.push(sink.close)
  return sink
}

test("both pages and all their presses are for admins", async () => {
  for (const page of [outgoing, signing])
    for (const who of [bo, ann]) {
      expect((await thrown(page.loader(await visit("/settings", who)))).status).toBe(403)
      expect((await thrown(page.action(await press(typed(25), who)))).status).toBe(403)
    }
  expect(await accountOfMailbox(help.id)).toBeNull()
})

test.each(["0", "999", "x", "1; drop"])("there is no mailbox %j", async (mailboxId) => {
  for (const page of [outgoing, signing])
    expect((await thrown(page.loader(args(await requestAs(ida, "/"), { mailboxId })))).status).toBe(404)
})

test("a server is set, never shown with its secret, tried, and taken away again", async () => {
  const sink = await sinkWith()
  expect((await outgoing.action(await press(typed(sink.port, { perMinute: "30" })))).status).toBe(302)
  const shown = await bodyOf(outgoing.loader(await visit()))
  expect(shown).toMatchObject({ isSet: true, hasSecret: true, typed: { host: "127.0.0.1", perMinute: "30" } })
  expect(JSON.stringify(shown)).not.toMatch(/se cret|sealed/)
  const { tried } = await bodyOf(outgoing.action(await press({ act: "try" })))
  expect(tried).toEqual({ isTaken: true, words: expect.stringMatching(/^250 /) })
  expect(sink.mails).toMatchObject([{ from: help.address, to: [ida.email] }])
  expect(sink.mails[0]?.raw.toString()).toContain("Auto-Submitted: auto-generated")
  await outgoing.action(await press({ act: "remove" }))
  expect(await accountOfMailbox(help.id)).toBeNull()
})

test("a test mail that does not leave says why in the server's words", async () => {
  const sink = await sinkWith()
  await outgoing.action(await press(typed(sink.port, { password: "wrong" })))
  const { tried } = await bodyOf(outgoing.action(await press({ act: "try" })))
  expect(tried).toEqual({ isTaken: false, words: "535 Wrong name or password" })
})

test.each([
  ["host", ""],
  ["host", "smtp example com"],
  ["host", "smtp.example.com/../x"],
  ["host", "a\r\nb.example"],
  ["host", "300.1.1.1"],
  ["host", `${"a".repeat(300)}.example`],
  ["port", "0"],
  ["port", "65536"],
  ["port", "25.5"],
  ["port", "-1"],
  ["port", "smtp"],
  ["security", "ssl3"],
  ["username", "help\r\nRCPT TO:<x@y.example>"],
  ["password", "line\r\nbreak"],
  ["perMinute", "0"],
  ["perMinute", "many"],
  ["perDay", "1e9"],
  ["perDay", "-5"],
] as const)("a form with %s %j is refused at that field, and nothing is kept", async (field, value) => {
  const answer = (await outgoing.action(await press(typed(25, { [field]: value })))) as Response
  expect([answer.status, (await answer.json()).wrong.field]).toEqual([422, field])
  expect(await accountOfMailbox(help.id)).toBeNull()
})

test("clear text is for this machine only, tokens are renewed by https only, and what leaves needs a BASE_URL", async () => {
  const far = { host: "smtp.provider.example" }
  const field = async (form: Record<string, string>) =>
    (await bodyOf(outgoing.action(await press(typed(25, form))))).wrong.field
  expect(await field(far)).toBe("security")
  expect(await field({ method: "oauth2", accessToken: "a", tokenUrl: "http://tokens.example/" })).toBe("tokenUrl")
  expect(await field({ method: "oauth2", refreshToken: "a" })).toBe("accessToken")
  expect(await field({ ...far, security: "tls" })).toBe("host")
  await changeSetting("web.baseUrl", "https://desk.example", noon)
  expect((await outgoing.action(await press(typed(465, { ...far, security: "tls" })))).status).toBe(302)
})

test("a preset fills in a provider's server and limits", async () => {
  expect((await bodyOf(outgoing.loader(await visit("/settings?preset=Microsoft+365")))).typed).toMatchObject({
    host: "smtp.office365.com",
    port: "587",
    security: "starttls",
    perMinute: "30",
    perDay: "10000",
    username: help.address,
  })
})

test("a key is made, its record shown in pieces DNS takes, checked, and forgotten", async () => {
  const records = new Map<string, string[]>()
  const dns = await startDns(records)
  open.push(dns.close)
  await changeSetting("mail.dnsServers", dns.server, noon)
  await signing.action(await press({ act: "make", kind: "rsa" }))
  const { keys, spf, dmarc } = await bodyOf(signing.loader(await visit()))
  expect(keys).toHaveLength(1)
  expect(keys[0].record.parts.map((part: string) => part.length)).toEqual([255, expect.any(Number)])
  expect(keys[0].record.parts.join("")).toBe(keys[0].record.value)
  expect([spf.name, dmarc.name]).toEqual(["desk.example", "_dmarc.desk.example"])
  const check = async () => signing.action(await press({ act: "check", key: String(keys[0].id) }))
  await check()
  expect((await keysOf("desk.example"))[0]?.publishedAt).toBeNull()
  records.set(keys[0].record.name, [keys[0].record.value])
  await check()
  expect((await keysOf("desk.example"))[0]?.publishedAt).not.toBeNull()
  records.set("desk.example", ["v=spf1 include:other.example -all"])
  const around = await bodyOf(signing.action(await press({ act: "check around" })))
  expect(around.spf.words).toContain("v=spf1 include:other.example -all")
  expect(around.dmarc).toEqual({ state: "missing", words: "There is no DMARC record." })
  expect(around.records).toEqual({ spf: null, dmarc: expect.objectContaining({ value: "v=DMARC1; p=none" }) })
  await signing.action(await press({ act: "forget", key: String(keys[0].id) }))
  expect(await keysOf("desk.example")).toEqual([])
})

test("an SPF record that is there gets our server added, and counts what it refers to", async () => {
  const google = "v=spf1 ip4:74.125.0.0/16 ~all"
  const records = new Map([
    ["desk.example", ["v=spf1 include:other.example -all", "MS=ms1"]],
    ["other.example", ["v=spf1 a mx -all"]],
    ["_spf.google.com", [google]],
  ])
  const dns = await startDns(records)
  open.push(dns.close)
  await changeSetting("mail.dnsServers", dns.server, noon)
  await db.insert(smtpAccounts).values({ mailboxId: help.id, host: "smtp.gmail.com", port: 465, security: "tls" })
  const around = async () => bodyOf(signing.action(await press({ act: "check around" })))
  expect((await around()).records.spf.value).toBe("v=spf1 include:other.example include:_spf.google.com -all")
  records.delete("_spf.google.com")
  expect((await around()).spf.words).toMatch(/refers to _spf\.google\.com, which has no SPF record/)
  records.set("_spf.google.com", [google]).set("other.example", [`v=spf1 ${"a:x.example ".repeat(9)}-all`])
  expect(await around()).toMatchObject({
    records: { spf: null },
    spf: { words: expect.stringMatching(/10 nobody goes on|take 1\d DNS/) },
  })
})

test("an RSA key of 2048 bits fits DNS in two pieces, whatever its digits", () => {
  const der = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ type: "spki", format: "der" })
  const key = { domain: "desk.example", selector: "s", algorithm: "rsa" as const, publicKey: der.toString("base64") }
  expect(dkimRecord(key).parts).toHaveLength(2)
})

const elsewhere: [what: string, change: Record<string, string>][] = [
  ["host", { host: "localhost" }],
  ["port", { port: "2525" }],
  ["security", { security: "tls" }],
  ["name", { username: "other@desk.example" }],
  ["way to sign in", { method: "oauth2" }],
]
test.each(elsewhere)(
  "the stored secret is asked again when another %s is set, for sending and for fetching",
  async (_, change) => {
    for (const page of [outgoing, incoming]) {
      const mail = { folder: "INBOX", afterwards: "leave" }
      await page.action(await press({ ...typed(25), ...mail }))
      const without = { ...typed(25), ...mail, password: "" }
      expect((await page.action(await press({ ...without, ...change }))).status).toBe(422)
      expect((await page.action(await press({ ...without, folder: "Support" }))).status).toBe(302)
      const shown = await bodyOf(page.loader(await visit()))
      expect(shown.typed).toMatchObject({ host: "127.0.0.1", port: "25", security: "none", method: "password" })
      expect(
        (await page.action(await press({ ...without, ...change, password: "new", accessToken: "t" }))).status,
      ).toBe(302)
    }
  },
)
