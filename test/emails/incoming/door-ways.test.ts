import { connect as secure } from "node:tls"
import { createTransport } from "nodemailer"
import { afterEach, expect, test } from "vitest"
import { noRoom } from "#emails/incoming/smtp.server.ts"
import { testCertificate } from "#test/fixtures/certificate.ts"
import { closeDoors, openDoor } from "#test/support/mail-door.ts"
import { beginMail, call } from "#test/support/smtp-talk.ts"

afterEach(closeDoors)

const lmtp = { protocol: "lmtp" } as const
const megabyte = 1024 * 1024

async function beginLmtp(port: number, ...recipients: string[]) {
  const talk = await call(port)
  await talk.say("LHLO relay.example")
  await talk.say("MAIL FROM:<dana@customer.example>")
  const answers: string[] = []
  for (const recipient of recipients) answers.push(await talk.say(`RCPT TO:<${recipient}>`))
  return { talk, answers }
}

test("LMTP is greeted with LHLO only", async () => {
  const { port } = await openDoor(lmtp)
  const talk = await call(port)
  expect(await talk.say("EHLO relay.example")).toMatch(/^500 /)
  expect(await talk.say("LHLO relay.example")).toContain("PIPELINING")
})

test("by LMTP each accepted recipient has an answer of its own, after the mail is committed", async () => {
  let kept = false
  const onMail = async () => {
    kept = true
  }
  const { port } = await openDoor({ ...lmtp, onMail })
  const { talk, answers } = await beginLmtp(port, "help@desk.example", "no@other.example", "billing@desk.example")
  expect(answers.map((answer) => answer.slice(0, 9))).toEqual(["250 2.1.5", "550 5.1.1", "250 2.1.5"])
  await talk.say("DATA")
  expect(await talk.say("Subject: hi\r\n\r\nhello\r\n.")).toMatch(/^250 2\.6\.0 /)
  expect(kept).toBe(true)
  expect(await talk.hear()).toMatch(/^250 2\.6\.0 /)
  expect(await talk.say("NOOP")).toMatch(/^250 2\.0\.0 /)
})

test("by LMTP a failure is told once for each recipient", async () => {
  const onMail = async () => {
    throw new Error("connect ECONNREFUSED")
  }
  const { port } = await openDoor({ ...lmtp, onMail })
  const { talk } = await beginLmtp(port, "help@desk.example", "billing@desk.example")
  await talk.say("DATA")
  expect(await talk.say("Subject: hi\r\n\r\nhello\r\n.")).toMatch(/^451 4\.3\.0 /)
  expect(await talk.hear()).toMatch(/^451 4\.3\.0 /)
})

test("by LMTP a mail that is too large is refused once for each recipient", async () => {
  const { port } = await openDoor({ ...lmtp, maxBytes: 1000 })
  const { talk } = await beginLmtp(port, "help@desk.example", "billing@desk.example")
  await talk.say("DATA")
  expect(await talk.say(`Subject: big\r\n\r\n${"x".repeat(2000)}\r\n.`)).toMatch(/^552 5\.3\.4 /)
  expect(await talk.hear()).toMatch(/^552 5\.3\.4 /)
})

test("with a certificate a mail comes in under TLS", async () => {
  const { port, mails } = await openDoor({ certificate: testCertificate })
  expect(await (await call(port)).say("EHLO test.example")).toContain("STARTTLS")
  const tls = { rejectUnauthorized: true, ca: testCertificate.cert, servername: "desk.example" }
  const program = createTransport({ host: "127.0.0.1", port, secure: false, requireTLS: true, tls })
  await program.sendMail({ from: "dana@customer.example", to: "help@desk.example", subject: "Hidden", text: "World" })
  expect(mails[0]?.raw).toContain("Subject: Hidden")
})

test("what is said in clear behind STARTTLS is never heard", async () => {
  const { port, mails } = await openDoor({ certificate: testCertificate })
  const talk = await call(port)
  await talk.say("EHLO test.example")
  talk.write("STARTTLS\r\nMAIL FROM:<evil@evil.example>\r\nRCPT TO:<help@desk.example>\r\n")
  expect(await talk.hear()).toMatch(/^220 /)
  const hidden = secure({ socket: talk.socket, ca: testCertificate.cert, servername: "desk.example" })
  const answer = await new Promise<string>((done) => {
    hidden.once("error", () => done("gone")).once("close", () => done("gone"))
    hidden.once("secureConnect", () => hidden.write("DATA\r\n"))
    hidden.on("data", (chunk) => done(chunk.toString()))
  })
  expect(answer).toMatch(/^503 |^gone/)
  expect(mails).toEqual([])
  hidden.destroy()
})

test("a mail the disk has not twice the room for is put off, said beforehand or not", async () => {
  let free = 32 * megabyte + 100
  const { port, mails } = await openDoor({ freeBytes: async () => free })
  const talk = await call(port)
  await talk.say("EHLO test.example")
  expect(await talk.say("MAIL FROM:<dana@customer.example> SIZE=51")).toMatch(/^452 4\.3\.1 /)
  expect(await talk.say("MAIL FROM:<dana@customer.example> SIZE=50")).toMatch(/^250 /)
  await talk.say("RCPT TO:<help@desk.example>")
  await talk.say("DATA")
  expect(await talk.say(`Subject: hi\r\n\r\n${"x".repeat(100)}\r\n.`)).toMatch(/^452 4\.3\.1 /)
  expect(mails).toEqual([])
  free = 33 * megabyte
  await talk.say("MAIL FROM:<dana@customer.example>")
  await talk.say("RCPT TO:<help@desk.example>")
  await talk.say("DATA")
  expect(await talk.say(`Subject: hi\r\n\r\n${"x".repeat(100)}\r\n.`)).toMatch(/^250 /)
  expect(mails).toHaveLength(1)
})

test("a full disk found only when the mail is stored puts it off too", async () => {
  const onMail = async () => {
    throw noRoom()
  }
  const talk = await beginMail((await openDoor({ onMail })).port)
  expect(await talk.say("Subject: hi\r\n\r\nhello\r\n.")).toMatch(/^452 4\.3\.1 /)
})

test("a mail larger than what is held in memory comes in byte by byte", async () => {
  const { port, mails } = await openDoor({ maxBytes: 3 * megabyte })
  const body = Array.from({ length: 30_000 }, (_, i) => `line ${i} ${"é".repeat(i % 30)}`).join("\r\n")
  const talk = await beginMail(port)
  talk.write(`Subject: long\r\n\r\n${body}`)
  expect(await talk.say("\r\n.")).toMatch(/^250 /)
  expect(mails[0]?.raw).toBe(Buffer.from(`Subject: long\r\n\r\n${body}\r\n`).toString("latin1"))
})
