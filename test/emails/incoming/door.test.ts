import { setTimeout as wait } from "node:timers/promises"
import { createTransport } from "nodemailer"
import { afterEach, expect, test } from "vitest"
import { closeDoors, openDoor as open } from "#test/support/mail-door.ts"
import { beginMail, call } from "#test/support/smtp-talk.ts"

afterEach(closeDoors)

test("what the door can do is said in its greeting, and no sign-in is offered", async () => {
  const { port } = await open()
  const greeting = await (await call(port)).say("EHLO test.example")
  for (const feature of ["PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 10000"]) expect(greeting).toContain(feature)
  expect(greeting).not.toMatch(/AUTH|STARTTLS/)
})

test("a mail is handed over byte by byte before the sender hears 250", async () => {
  let kept = false
  const onMail = async () => {
    await wait(50)
    kept = true
  }
  const { port } = await open({ onMail })
  const talk = await beginMail(port)
  const answer = await talk.say("Subject: hi\r\n\r\n..dot\r\n.")
  expect(answer).toMatch(/^250 /)
  expect(kept).toBe(true)
})

test("the envelope and the bytes arrive as they were sent, leading dots undone", async () => {
  const { port, mails } = await open()
  const talk = await call(port)
  await talk.say("EHLO test.example")
  await talk.say("MAIL FROM:<> SMTPUTF8")
  await talk.say("RCPT TO:<help@desk.example>")
  await talk.say("RCPT TO:<billing+tag@desk.example>")
  await talk.say("DATA")
  await talk.say("Subject: \u00e9\r\n\r\n..dot\r\n.")
  expect(mails).toEqual([
    {
      envelope: {
        from: "",
        to: ["help@desk.example", "billing+tag@desk.example"],
        remote: "127.0.0.1",
        helo: "test.example",
      },
      raw: `Subject: ${Buffer.from("\u00e9").toString("latin1")}\r\n\r\n.dot\r\n`,
    },
  ])
})

test("an ordinary mail program gets a mail in", async () => {
  const { port, mails } = await open()
  const program = createTransport({ host: "127.0.0.1", port, secure: false, ignoreTLS: true })
  await program.sendMail({ from: "dana@customer.example", to: "help@desk.example", subject: "Hello", text: "World" })
  expect(mails[0]?.raw).toContain("Subject: Hello")
})

test("a recipient that is no mailbox is refused, and no DATA follows", async () => {
  const { port } = await open()
  const talk = await call(port)
  await talk.say("EHLO test.example")
  await talk.say("MAIL FROM:<dana@customer.example>")
  expect(await talk.say("RCPT TO:<nobody@elsewhere.example>")).toMatch(/^550 5\.1\.1 /)
  expect(await talk.say("DATA")).toMatch(/^503 /)
})

test("the hundred-and-first recipient is put off", async () => {
  const { port } = await open()
  const talk = await call(port)
  await talk.say("EHLO test.example")
  await talk.say("MAIL FROM:<dana@customer.example>")
  const answers: string[] = []
  for (let i = 0; i < 101; i++) answers.push(await talk.say(`RCPT TO:<help+${i}@desk.example>`))
  expect(answers.slice(0, 100).every((answer) => answer.startsWith("250"))).toBe(true)
  expect(answers[100]).toMatch(/^452 4\.5\.3 /)
})

test("a mail said to be too large is refused before it is sent", async () => {
  const { port } = await open()
  const talk = await call(port)
  await talk.say("EHLO test.example")
  expect(await talk.say("MAIL FROM:<dana@customer.example> SIZE=10001")).toMatch(/^552 /)
})

test("a mail that turns out too large is refused and not kept", async () => {
  const { port, mails } = await open()
  const talk = await beginMail(port)
  expect(await talk.say(`Subject: big\r\n\r\n${"x".repeat(70).concat("\r\n").repeat(200)}.`)).toMatch(/^552 5\.3\.4 /)
  expect(mails).toEqual([])
})

test("a connection cut in the middle of a mail stores nothing", async () => {
  const { port, mails } = await open()
  for (const end of ["destroy", "end"] as const) {
    const talk = await beginMail(port)
    talk.write("Subject: half\r\n\r\nsome")
    await wait(50)
    talk.socket[end]()
    await talk.gone()
  }
  await wait(50)
  expect(mails).toEqual([])
})

test("while the database is away senders are told to come again", async () => {
  const down = async () => {
    throw new Error("connect ECONNREFUSED")
  }
  const talk = await beginMail((await open({ onMail: down })).port)
  expect(await talk.say("Subject: hi\r\n\r\nhello\r\n.")).toMatch(/^451 4\.3\.0 /)
  const other = await call((await open({ mayReceive: down })).port)
  await other.say("EHLO test.example")
  await other.say("MAIL FROM:<dana@customer.example>")
  expect(await other.say("RCPT TO:<help@desk.example>")).toMatch(/^451 4\.3\.0 /)
})

test("an ending that only some servers take for one smuggles no second mail", async () => {
  const { port, mails } = await open()
  const second = "MAIL FROM:<evil@evil.example>\r\nRCPT TO:<help@desk.example>\r\nDATA\r\nSubject: smuggled\r\n\r\nx"
  for (const ending of ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r.\r\n"]) {
    const talk = await beginMail(port)
    talk.write(`Subject: one\r\n\r\ntext${ending}${second}\r\n.\r\n`)
    await talk.hear()
    talk.socket.destroy()
  }
  expect(mails.map(({ envelope }) => envelope.from)).not.toContain("evil@evil.example")
})

test("whoever talks before being greeted is turned away", async () => {
  const { port } = await open()
  const { connect } = await import("node:net")
  const socket = connect(port, "127.0.0.1")
  socket.write("EHLO early.example\r\nMAIL FROM:<a@b.example>\r\n")
  const answer = await new Promise<string>((done) => socket.once("data", (chunk) => done(chunk.toString())))
  expect(answer).toMatch(/^421 /)
  socket.destroy()
})

test("a silent session ends, and so does one that never stops talking", async () => {
  const { port } = await open({ limits: { idle: 300, session: 60_000 } })
  const silent = await call(port)
  expect(await silent.hear()).toMatch(/^421 |^gone/)
  const busy = await call((await open({ limits: { idle: 60_000, session: 400 } })).port)
  const noise = setInterval(() => busy.write("NOOP\r\n"), 20)
  await busy.gone()
  clearInterval(noise)
})

test("one address may hold only so many connections", async () => {
  const { port } = await open()
  const talks = await Promise.all(Array.from({ length: 50 }, () => call(port)))
  const one = await call(port).catch(() => null)
  expect(one === null || (await one.say("EHLO x.example"))).toMatch(/^421|gone/)
  talks[0]?.socket.destroy()
  await talks[0]?.gone()
  await wait(50)
  const next = await call(port)
  expect(await next.say("EHLO x.example")).toMatch(/^250/)
  for (const talk of [...talks, next]) talk.socket.destroy()
})

test("closing the door lets the mail in hand finish and sends the others away", async () => {
  const { port, mails, close } = await open()
  const idle = await call(port)
  const talk = await beginMail(port)
  talk.write("Subject: last\r\n\r\n")
  await wait(50)
  const closed = close()
  expect(await idle.hear()).toMatch(/^421 /)
  expect(await talk.say("words\r\n.")).toMatch(/^250 /)
  talk.socket.destroy()
  await closed
  expect(mails).toHaveLength(1)
  await expect(call(port).then((next) => next.gone().then(() => Promise.reject(new Error("gone"))))).rejects.toThrow()
})
