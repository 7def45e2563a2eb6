import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, expect, test } from "vitest"
import { type Account, accountOf } from "#emails/outgoing/account.ts"
import type { Outgoing } from "#emails/outgoing/hand-over.server.ts"
import { openTransport } from "#emails/outgoing/transport.server.ts"
import { startSink } from "#test/support/mail-sink.ts"
import { type Steps, startScript } from "#test/support/scripted-server.ts"

/** Servers that misbehave, P1 to P7, at the level of one try; what follows from it is the outbox's. */
const limits = { connect: 400, answer: 400, rest: 600 }
const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})
const mail = (changes: Partial<Outgoing> = {}): Outgoing => ({
  from: "help+b1@desk.example",
  to: ["dana@customer.example"],
  envelopeId: "d1.aaaaaaaaaaaaaaaa@desk.example",
  raw: Buffer.from("Subject: hi\r\n\r\nhello\r\n"),
  beforeDot: async () => {},
  ...changes,
})
const sendTo = (account: Account, changes: Partial<Outgoing> = {}) => {
  const transport = openTransport(limits)
  open.push(transport.close)
  return transport.send(account, mail(changes))
}
const against = async (steps: Steps, changes: Partial<Outgoing> = {}) => {
  const server = await startScript(steps)
  open.push(server.close)
  return { ...server, outcome: await sendTo(accountOf(server.url), changes) }
}
const stages = ["greeting", "EHLO", "MAIL", "RCPT", "DATA"] as const

test("P1: no banner, or no reply at any stage, ends the try in time and another follows", async () => {
  for (const step of stages) {
    const began = performance.now()
    expect((await against({ [step]: "silence" })).outcome.verdict).toMatch(/^(again|rest)$/)
    expect(performance.now() - began).toBeLessThan(10_000)
  }
})

test("P2: 421, 450, 451 and 452 at every stage are no refusal", async () => {
  for (const code of [421, 450, 451, 452])
    for (const step of [...stages, "dot"] as const) {
      if (step === "EHLO" && code !== 421) continue
      const { outcome } = await against({ [step]: `${code} not now` })
      const said = outcome.verdict === "answered" ? outcome.recipients[0]?.state : outcome.verdict
      expect([code, step, said]).toEqual([code, step, expect.stringMatching(/^(again|rest)$/)])
    }
})

test("P3: 550, 552 and 554 are believed at once, with the reason", async () => {
  for (const code of [550, 552, 554])
    for (const step of ["MAIL", "RCPT", "DATA", "dot"] as const) {
      const { outcome } = await against({ [step]: `${code} no, never` })
      const said = outcome.verdict === "answered" ? outcome.recipients[0] : outcome
      expect(JSON.stringify(said)).toMatch(/"refused".*no, never|no, never.*"refused"/)
    }
})

test("P4: closed before DATA or within it: again; after the dot: unconfirmed; after the 250: sent", async () => {
  expect((await against({ RCPT: "close" })).outcome.verdict).toBe("again")
  expect((await against({ DATA: "close" })).outcome.verdict).toBe("again")
  expect((await against({ dot: "close" })).outcome.verdict).toBe("unconfirmed")
  expect((await against({ QUIT: "close" })).outcome.verdict).toBe("answered")
})

test("P5: a reply of 1 MB, of garbage, without an end or byte by byte costs little memory and is temporary", async () => {
  const before = process.memoryUsage().rss
  const endless = `250-${"x".repeat(1_000_000)}\n`
  for (const step of ["greeting", "EHLO", "MAIL", "RCPT", "DATA"] as const)
    for (const line of [endless, "x".repeat(1_000_000), "\u00ff\u00fe\u0000 garbage", "drip"])
      expect((await against({ [step]: line })).outcome.verdict).toMatch(/^(again|rest|answered)$/)
  const long = await against({ MAIL: `450 ${"y".repeat(60_000)}` })
  expect(JSON.stringify(long.outcome).length).toBeLessThan(1000)
  expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000)
})

/** A certificate for `name`, valid for that many days, that nobody but us trusts. */
function certificate(name: string) {
  const folder = mkdtempSync(join(tmpdir(), "upturn-cert-"))
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")]
  const given = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
  const out = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`, "-keyout", key, "-out", cert]
  execFileSync("openssl", [...given, ...out], { stdio: "ignore" })
  const made = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") }
  rmSync(folder, { recursive: true })
  return made
}
/** Reaches this machine, but not by a name for it: what holds for every other machine holds. */
const elsewhere = (port: number, security: Account["security"]): Account => ({
  ...{ host: "0.0.0.0", port, security },
  login: { user: "help@desk.example", password: "se cret" },
})

test("P6: STARTTLS broken, stripped or with a wrong certificate never falls back to clear text; no password, no mail leaves", async () => {
  const offered = "250-test\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n"
  const broken = [
    await startScript({ EHLO: offered, STARTTLS: "220 go on" }),
    await startScript({ EHLO: offered, STARTTLS: "454 not available" }),
    await startScript({ EHLO: "250-test\r\n250 AUTH PLAIN\r\n" }),
    await startScript({ EHLO: "502 what", HELO: "250 test" }),
  ]
  for (const server of broken) {
    open.push(server.close)
    const outcome = await sendTo(elsewhere(server.port, "starttls"))
    expect(outcome).toEqual({ verdict: "rest", words: expect.stringMatching(/\w/) })
    expect(server.heard.join("\n")).not.toMatch(/^(AUTH|MAIL|RCPT|DATA)/im)
  }
  const sink = await startSink({ tls: certificate("mail.elsewhere.example") })
  open.push(sink.close)
  for (const security of ["starttls", "none"] as const) {
    const outcome = await sendTo(elsewhere(sink.port, security))
    expect(outcome).toEqual({ verdict: "rest", words: expect.stringMatching(/certificate|altname/i) })
  }
  expect(sink.mails).toEqual([])
})

test("P7: of three recipients each has the server's own words, and only the refused one is lost", async () => {
  const said: Record<string, { code: number; words: string }> = {
    "gone@customer.example": { code: 550, words: "No such person" },
    "full@customer.example": { code: 452, words: "Mailbox full" },
  }
  const sink = await startSink({ onRcpt: (address) => said[address] })
  open.push(sink.close)
  const to = ["dana@customer.example", ...Object.keys(said)]
  const outcome = await sendTo(accountOf(sink.url), { to })
  expect(outcome.verdict === "answered" && outcome.recipients.map(({ state }) => state)).toEqual([
    "accepted",
    "refused",
    "again",
  ])
})

test("a server that reports on deliveries is told which mail it is and for whom", async () => {
  const { heard } = await against({ EHLO: "250-test\r\n250-SIZE 1000000\r\n250 DSN\r\n" })
  expect(heard.find((line) => line.startsWith("MAIL"))).toContain(" RET=HDRS ENVID=d1.aaaaaaaaaaaaaaaa@desk.example")
  expect(heard.find((line) => line.startsWith("RCPT"))).toBe(
    "RCPT TO:<dana@customer.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;dana@customer.example",
  )
  const plain = await against({})
  expect(plain.heard.join(" ")).not.toMatch(/ENVID|NOTIFY/)
})

test("an address beyond ASCII goes only to a server that takes it; elsewhere it fails with words, and the others go", async () => {
  const to = ["dana@customer.example", "jürgen@customer.example"]
  const without = await against({}, { to })
  expect(without.outcome).toMatchObject({
    recipients: [
      { address: to[0], state: "accepted" },
      { address: to[1], state: "refused", answer: expect.stringContaining("SMTPUTF8") },
    ],
  })
  expect(without.heard.join(" ")).not.toContain("rgen")
  const only = await against({}, { to: [to[1] ?? ""] })
  expect(only.outcome).toMatchObject({ verdict: "answered", recipients: [{ state: "refused" }] })
  const offering = await against({ EHLO: "250-test\r\n250 SMTPUTF8\r\n" }, { to })
  expect(offering.outcome).toMatchObject({ recipients: [{ state: "accepted" }, { state: "accepted" }] })
  expect(offering.heard.find((line) => line.startsWith("MAIL"))).toContain("SMTPUTF8")
})

test("no line break in an envelope ever becomes a command", async () => {
  const evil = "x@y.example>\r\nRCPT TO:<evil@y.example"
  for (const changes of [{ from: evil }, { to: [evil] }]) {
    const { outcome, heard } = await against({}, changes)
    expect(outcome.verdict).toBe("refused")
    expect(heard.join("\n")).not.toContain("evil@y.example")
  }
  const { heard } = await against({ EHLO: "250-test\r\n250 DSN\r\n" }, { envelopeId: "a\r\nRCPT TO:<evil@y.example>" })
  expect(heard.filter((line) => line.startsWith("RCPT"))).toHaveLength(1)
})
