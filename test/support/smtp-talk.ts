import { connect, type Socket } from "node:net"

/** A raw SMTP conversation, for saying what no mail library would. */
export async function call(port: number) {
  const socket = connect(port, "127.0.0.1")
  const heard = listen(socket)
  const talk = {
    socket,
    /** The next whole answer, all lines of it. */
    hear: () => heard.next(),
    say: async (line: string) => {
      socket.write(`${line}\r\n`)
      return heard.next()
    },
    /** Bytes as they are, without waiting. */
    write: (bytes: string | Buffer) => socket.write(bytes),
    gone: () => new Promise<void>((done) => (socket.closed ? done() : socket.once("close", () => done()))),
  }
  await talk.hear()
  return talk
}

/** EHLO, MAIL, RCPT and DATA up to the 354. */
export async function beginMail(port: number, to = "help@desk.example", from = "dana@customer.example") {
  const talk = await call(port)
  await talk.say("EHLO test.example")
  await talk.say(`MAIL FROM:<${from}>`)
  await talk.say(`RCPT TO:<${to}>`)
  await talk.say("DATA")
  return talk
}

function listen(socket: Socket) {
  const answers: string[] = []
  const waiting: ((answer: string) => void)[] = []
  let lines: string[] = []
  let rest = ""
  const give = (answer: string) => {
    const next = waiting.shift()
    if (next) next(answer)
    else answers.push(answer)
  }
  socket.on("data", (chunk) => {
    const pieces = (rest + chunk.toString()).split("\r\n")
    rest = pieces.pop() ?? ""
    for (const line of pieces) {
      lines.push(line)
      if (line[3] === "-") continue
      give(lines.join("\n"))
      lines = []
    }
  })
  socket.on("error", () => {})
  socket.on("close", () => {
    for (const next of waiting.splice(0)) next("gone")
  })
  return {
    next: () =>
      new Promise<string>((done) => {
        const answer = answers.shift()
        if (answer !== undefined) done(answer)
        else if (socket.closed) done("gone")
        else waiting.push(done)
      }),
  }
}
