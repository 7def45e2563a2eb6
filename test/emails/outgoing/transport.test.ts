import { afterEach, expect, test } from "vitest"
import { accountOf } from "#emails/outgoing/account.ts"
import type { Outgoing } from "#emails/outgoing/hand-over.server.ts"
import { openTransport } from "#emails/outgoing/transport.server.ts"
import { type SinkScript, startSink } from "#test/support/mail-sink.ts"
import { type Steps, startScript } from "#test/support/scripted-server.ts"

const limits = { connect: 400, answer: 400, rest: 600 }
const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

const mail = (changes: Partial<Outgoing> = {}): Outgoing => ({
  from: "help+b1@desk.example",
  to: ["dana@customer.example"],
  envelopeId: "d1.aaaaaaaaaaaaaaaa@desk.example",
  raw: Buffer.from("Subject: hi\r\n\r\n.dots\r\n.\r\nend\r\n"),
  beforeDot: async () => {},
  ...changes,
})
const sinkWith = async (script: Partial<SinkScript> = {}, url = (plain: string) => plain) => {
  const sink = await startSink(script)
  const transport = openTransport(limits)
  open.push(sink.close, transport.close)
  return { sink, send: (mail: Outgoing) => transport.send(accountOf(url(sink.url)), mail) }
}
const against = async (steps: Steps, changes: Partial<Outgoing> = {}) => {
  const server = await startScript(steps)
  open.push(server.close)
  return sendBy(server.url, changes)
}
const sendBy = (url: string, changes: Partial<Outgoing> = {}) => {
  const transport = openTransport(limits)
  open.push(transport.close)
  return transport.send(accountOf(url), mail(changes))
}

/** No conversation came about: the server is left alone. In one, only the mail has to wait. */
const isBefore = (step: string) => (["greeting", "EHLO"].includes(step) ? "rest" : "again")

test("a mail arrives byte for byte, with the envelope it was given", async () => {
  const { sink, send } = await sinkWith()
  const outcome = await send(mail())
  expect(sink.mails).toEqual([{ from: "help+b1@desk.example", to: ["dana@customer.example"], raw: mail().raw }])
  expect(outcome).toEqual({
    verdict: "answered",
    recipients: [{ address: "dana@customer.example", state: "accepted", answer: expect.stringMatching(/^250 /) }],
  })
})

test("nothing but the dot is missing when the mark is made, and no mark means no mail", async () => {
  const { sink, send } = await sinkWith()
  const fault = new Error("database gone")
  await expect(send(mail({ beforeDot: () => Promise.reject(fault) }))).rejects.toBe(fault)
  let arrivedBefore = -1
  const marked = mail({
    beforeDot: async () => {
      await new Promise((done) => setTimeout(done, 30))
      arrivedBefore = sink.mails.length
    },
  })
  await send(marked)
  expect(arrivedBefore).toBe(0)
  expect(sink.mails).toHaveLength(1)
})

test("a large mail goes out whole", async () => {
  const { sink, send } = await sinkWith()
  const raw = Buffer.from(`Subject: big\r\n\r\n${"0123456789abcdef\r\n".repeat(300_000)}`)
  await send(mail({ raw }))
  expect(sink.mails[0]?.raw.equals(raw)).toBe(true)
})

test("mails follow each other over one connection", async () => {
  const { sink, send } = await sinkWith()
  for (let n = 0; n < 5; n++) await send(mail())
  expect(sink.mails).toHaveLength(5)
  expect(sink.connections()).toBe(1)
})

test("a connection the server ended meanwhile costs a mail nothing", async () => {
  const { sink, send } = await sinkWith({ onTaken: () => "close" })
  for (let n = 0; n < 3; n++) {
    expect((await send(mail())).verdict).toBe("answered")
    // Longer than the server waits before it hangs up: in the middle of the next mail nobody could say what became of it.
    await new Promise((done) => setTimeout(done, 10 + n * 10))
  }
  expect(sink.mails).toHaveLength(3)
})

test("each recipient has an answer of its own", async () => {
  const { sink, send } = await sinkWith({
    onRcpt: (address) =>
      address.startsWith("gone")
        ? { code: 550, words: "No such person" }
        : address.startsWith("full")
          ? { code: 452, words: "Mailbox full" }
          : undefined,
  })
  const outcome = await send(mail({ to: ["dana@customer.example", "gone@customer.example", "full@customer.example"] }))
  expect(sink.mails[0]?.to).toEqual(["dana@customer.example"])
  expect(outcome).toEqual({
    verdict: "answered",
    recipients: [
      { address: "dana@customer.example", state: "accepted", answer: expect.stringMatching(/^250/) },
      { address: "gone@customer.example", state: "refused", answer: "550 No such person" },
      { address: "full@customer.example", state: "again", answer: "452 Mailbox full" },
    ],
  })
})

test("everybody refused still leaves each with the server's words", async () => {
  const { send } = await sinkWith({ onRcpt: () => ({ code: 550, words: "No such person" }) })
  const refused = { address: "dana@customer.example", state: "refused", answer: "550 No such person" }
  expect(await send(mail())).toEqual({ verdict: "answered", recipients: [refused] })
  expect(await send(mail())).toEqual({ verdict: "answered", recipients: [refused] })
})

test("later at any step means again, with the words it was said in", async () => {
  for (const code of ["421", "450", "451", "452"])
    for (const step of ["greeting", "MAIL", "DATA", "dot"] as const)
      expect(await against({ [step]: `${code} ${step} later` })).toEqual({
        verdict: code === "421" || step === "greeting" ? "rest" : "again",
        words: expect.stringContaining(`${code} ${step} later`),
      })
})

test("never at any step means refused", async () => {
  for (const code of ["550", "552", "554"])
    for (const step of ["greeting", "MAIL", "DATA", "dot"] as const)
      expect(await against({ [step]: `${code} ${step} never` })).toEqual({
        verdict: "refused",
        words: expect.stringContaining(`${code} ${step} never`),
      })
})

test("a line closed before or within the mail is tried again, one closed after the dot is not", async () => {
  expect((await against({ greeting: "close" })).verdict).toBe("rest")
  expect((await against({ EHLO: "close" })).verdict).toBe("rest")
  expect((await against({ RCPT: "close" })).verdict).toBe("again")
  expect((await against({ DATA: "close" })).verdict).toBe("again")
  expect((await against({ dot: "close" })).verdict).toBe("unconfirmed")
})

test("a line closed in the middle of the mail is tried again", async () => {
  const { sink, send } = await sinkWith({ onBytes: () => "close" })
  const slow = mail({ beforeDot: () => new Promise((done) => setTimeout(done, 100)) })
  expect((await send(slow)).verdict).toBe("again")
  expect(sink.mails).toEqual([])
})

test("a line closed after the 250 changes nothing", async () => {
  const { send } = await sinkWith({ onTaken: () => "close" })
  expect((await send(mail())).verdict).toBe("answered")
})

test("a server that is silent at any step is given up in time", async () => {
  for (const step of ["greeting", "EHLO", "MAIL", "RCPT", "DATA"] as const) {
    const began = performance.now()
    expect((await against({ [step]: "silence" })).verdict).toBe(isBefore(step))
    expect(performance.now() - began).toBeLessThan(900)
  }
  expect((await against({ dot: "silence" })).verdict).toBe("unconfirmed")
})

test("a server that answers one byte at a time is given up as well", async () => {
  for (const step of ["greeting", "EHLO", "MAIL"] as const)
    expect((await against({ [step]: "drip" })).verdict).toBe(isBefore(step))
  expect((await against({ dot: "drip" })).verdict).toBe("unconfirmed")
})

test("an endless answer is not kept", async () => {
  expect((await against({ EHLO: `250-${"x".repeat(1_000_000)}\n` })).verdict).toBe("rest")
  expect((await against({ MAIL: "\u00ff\u00fe garbage" })).verdict).toBe("again")
})

test("a port nobody listens on is tried again, and says so", async () => {
  const { url, close } = await startScript({})
  await close()
  const outcome = await sendBy(url)
  expect(outcome).toEqual({ verdict: "rest", words: expect.stringContaining("ECONNREFUSED") })
})

test("a wrong password pauses, the right one sends", async () => {
  const users = { desk: "se cret/1" }
  const as = (password: string) => (url: string) => url.replace("//", `//desk:${encodeURIComponent(password)}@`)
  const wrong = await sinkWith({ users }, as("guess"))
  expect(await wrong.send(mail())).toEqual({ verdict: "pause", words: expect.stringContaining("535") })
  const right = await sinkWith({ users }, as("se cret/1"))
  expect((await right.send(mail())).verdict).toBe("answered")
})

test("a server that wants a sign-in we do not have pauses too", async () => {
  expect((await against({ MAIL: "530 5.7.0 Authentication required" })).verdict).toBe("pause")
})

test("beyond this machine nothing goes in clear text, whatever the server offers", async () => {
  for (const steps of [{}, { EHLO: "250-test\r\n250 STARTTLS\r\n", STARTTLS: "220 go on" }]) {
    const { url, close } = await startScript(steps)
    open.push(close)
    // Reaches this machine, but not by a name for it.
    const outcome = await sendBy(url.replace("127.0.0.1", "0.0.0.0"))
    expect(outcome).toEqual({ verdict: "rest", words: expect.any(String) })
  }
})
