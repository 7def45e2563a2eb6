import { type AddressInfo, createServer, type Socket } from "node:net"

/** A line to answer with, however broken; "close" hangs up, "silence" answers nothing, "drip" a byte at a time. */
type Said = string | "close" | "silence" | "drip"
export type Line = Said | ((line: string) => Said)
export type Steps = Partial<
  Record<"greeting" | "EHLO" | "HELO" | "AUTH" | "MAIL" | "RCPT" | "DATA" | "dot" | "STARTTLS" | "QUIT", Line>
>

const usual: Record<string, Said> = {
  greeting: "220 test",
  EHLO: "250 test",
  HELO: "250 test",
  MAIL: "250 ok",
  RCPT: "250 ok",
  DATA: "354 go on",
  dot: "250 taken",
  QUIT: "221 bye",
}

/** A server that says at each step exactly what a test wants, without regard for the protocol. */
export async function startScript(steps: Steps) {
  const sockets = new Set<Socket>()
  const heard: string[] = []
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on("error", () => {})
    let inData = false
    let unread = ""
    const say = (step: string, line = "") => {
      heard.push(line)
      const answer = (steps as Record<string, Line>)[step] ?? usual[step] ?? "500 what"
      speak(socket, typeof answer === "function" ? answer(line) : answer)
    }
    socket.on("data", (chunk) => {
      unread += chunk.toString("latin1")
      for (let end = unread.indexOf("\r\n"); end >= 0; end = unread.indexOf("\r\n")) {
        const line = unread.slice(0, end)
        unread = unread.slice(end + 2)
        if (inData && line !== ".") continue
        const step = inData ? "dot" : (line.split(/[ :]/)[0] ?? "").toUpperCase()
        inData = step === "DATA" && String((steps as Record<string, Line>).DATA ?? "354").startsWith("354")
        say(step, line)
      }
    })
    say("greeting")
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      for (const socket of sockets) socket.destroy()
    })
  return { url: `smtp://127.0.0.1:${port}`, port, heard, close }
}

function speak(socket: Socket, line: Said) {
  if (line === "silence") return
  if (line === "close") return socket.destroy()
  if (line !== "drip") return void socket.write(line.includes("\n") ? line : `${line}\r\n`)
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write("2")), 20)
}
