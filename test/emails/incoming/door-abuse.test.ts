import { connect } from "node:net"
import { setTimeout as wait } from "node:timers/promises"
import { afterEach, expect, test } from "vitest"
import { sendMail } from "#test/support/mail.ts"
import { closeDoors, openDoor } from "#test/support/mail-door.ts"
import { beginMail, call } from "#test/support/smtp-talk.ts"

afterEach(closeDoors)

const megabyte = 1024 * 1024
const honest = (port: number) => sendMail(port, { to: "help@desk.example" })

test("connections above the most there may be are told so, and the honest one comes in once there is room", async () => {
  const { port, mails } = await openDoor({ limits: { clients: 10, fromHere: 1000, idle: 1500 } })
  const sockets = Array.from({ length: 60 }, () => connect(port, "127.0.0.1"))
  const answers = await Promise.all(sockets.map(firstWords))
  expect(answers.filter((answer) => answer.startsWith("220")).length).toBeLessThanOrEqual(10)
  expect(answers.filter((answer) => answer.startsWith("421")).length).toBeGreaterThanOrEqual(50)
  for (const socket of sockets) socket.destroy()
  await wait(100)
  await honest(port)
  expect(mails).toHaveLength(1)
})

test("a client that sends a letter at a time is ended by the clock, within a mail too, and nothing of it is kept", async () => {
  const { port, mails } = await openDoor({ limits: { idle: 60_000, session: 500 } })
  const talk = await beginMail(port)
  const drip = setInterval(() => talk.write("x"), 30)
  await talk.gone()
  clearInterval(drip)
  await wait(50)
  expect(mails).toEqual([])
})

test("a line without an end is cut off", async () => {
  const { port } = await openDoor()
  const talk = await call(port)
  const answer = talk.hear()
  talk.write(`MAIL FROM:<${"x".repeat(100_000)}`)
  expect(await answer).toMatch(/^421 /)
  await talk.gone()
})

test("a mail without an end costs no memory, and is not kept", async () => {
  const { port, mails } = await openDoor({ limits: { session: 1500 } })
  const talk = await beginMail(port)
  const before = process.memoryUsage().rss
  const chunk = Buffer.alloc(64 * 1024, "x")
  const flood = () => {
    while (!talk.socket.destroyed && talk.socket.write(chunk));
  }
  talk.socket.on("drain", flood)
  flood()
  await talk.gone()
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * megabyte)
  expect(mails).toEqual([])
})

test("ten thousand recipients: a hundred are taken, the rest put off", async () => {
  const { port } = await openDoor()
  const talk = await call(port)
  await talk.say("EHLO test.example")
  await talk.say("MAIL FROM:<dana@customer.example>")
  talk.write(Array.from({ length: 10_000 }, (_, i) => `RCPT TO:<help+${i}@desk.example>\r\n`).join(""))
  const answers: string[] = []
  for (let i = 0; i < 10_000; i++) answers.push((await talk.hear()).slice(0, 9))
  expect(answers.filter((answer) => answer.startsWith("250"))).toHaveLength(100)
  expect(answers.filter((answer) => answer === "452 4.5.3")).toHaveLength(9900)
  await honest(port)
})

test("whoever tries names of mailboxes is sent away after twenty", async () => {
  let asked = 0
  const { port } = await openDoor({ mayReceive: async () => ++asked < 0 })
  const talk = await call(port)
  await talk.say("EHLO test.example")
  await talk.say("MAIL FROM:<dana@customer.example>")
  talk.write(Array.from({ length: 10_000 }, (_, i) => `RCPT TO:<name${i}@desk.example>\r\n`).join(""))
  for (let i = 0; i < 20; i++) expect(await talk.hear()).toMatch(/^550 5\.1\.1 /)
  expect(await talk.hear()).toMatch(/^421 /)
  await talk.gone()
  expect(asked).toBe(21)
})

test("ten thousand resets keep nobody else waiting", async () => {
  const { port, mails } = await openDoor()
  const talk = await call(port)
  await talk.say("EHLO test.example")
  talk.write("RSET\r\n".repeat(10_000))
  const started = Date.now()
  await honest(port)
  expect(Date.now() - started).toBeLessThan(10_000)
  expect(mails).toHaveLength(1)
  talk.socket.destroy()
})

test("forty large mails at once are kept one by one, and are not in memory together", async () => {
  let at = 0
  let most = 0
  const onMail = async () => {
    most = Math.max(most, ++at)
    await wait(5)
    at--
  }
  const { port } = await openDoor({ maxBytes: 6 * megabyte, onMail })
  const before = process.memoryUsage().rss
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20)
  const line = `${"x".repeat(998)}\r\n`
  const one = async () => {
    const talk = await beginMail(port)
    for (let i = 0; i < 50; i++) if (!talk.write(line.repeat(100))) await drained(talk.socket)
    return talk.say(".")
  }
  const answers = await Promise.all(Array.from({ length: 40 }, one))
  clearInterval(watch)
  expect(answers.every((answer) => answer.startsWith("250 "))).toBe(true)
  expect(most).toBe(1)
  expect(peak - before).toBeLessThan(300 * megabyte)
})

test("a bare CR or LF in an address, or one in its disguise, makes no second command", async () => {
  const { port, mails } = await openDoor()
  for (const address of [
    "a@b.example\rRCPT TO:<x@desk.example",
    "a\n@b.example",
    "a+0D+0A@b.example",
    "a\0@b.example",
  ]) {
    const talk = await call(port)
    await talk.say("EHLO test.example")
    const answer = await talk.say(`MAIL FROM:<${address}>`)
    if (address.includes("+")) expect(answer).toMatch(/^250 /)
    else expect(answer).toMatch(/^50[01] /)
    talk.socket.destroy()
  }
  const talk = await call(port)
  await talk.say("EHLO test.example")
  expect(await talk.say("MAIL FROM:<a@b.example> ENVID=x+0D+0Ay")).toMatch(/^5/)
  expect(mails).toEqual([])
})

test("a mail and the next one may be sent in one breath", async () => {
  const { port, mails } = await openDoor()
  const talk = await call(port)
  await talk.say("EHLO test.example")
  const head = "MAIL FROM:<dana@customer.example>\r\nRCPT TO:<help@desk.example>\r\nDATA\r\n"
  talk.write(`${head}Subject: 1\r\n\r\none\r\n.\r\n${head}Subject: 2\r\n\r\ntwo\r\n.\r\nQUIT\r\n`)
  await talk.gone()
  expect(mails.map(({ raw }) => raw)).toEqual(["Subject: 1\r\n\r\none\r\n", "Subject: 2\r\n\r\ntwo\r\n"])
})

function firstWords(socket: ReturnType<typeof connect>) {
  return new Promise<string>((done) => {
    socket.once("data", (chunk) => done(chunk.toString()))
    socket.on("error", () => done("gone")).on("close", () => done("gone"))
  })
}

const drained = (socket: ReturnType<typeof connect>) =>
  new Promise<void>((done) => void socket.once("drain", () => done()).once("close", () => done()))
