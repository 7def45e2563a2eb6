import { connect } from "node:net"

type Raw = { status: number; headers: string; body: string }

/**
 * Bytes to a port, exactly as given, piece by piece with a pause before each further one; what came back until the
 * server closed the connection or `patience` milliseconds passed. Clients would put targets and lengths in order first.
 */
export function sendRaw(port: number, pieces: (string | Buffer)[], patience = 5000, pause = 30): Promise<Raw> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1")
    const heard: Buffer[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = () => {
      clearTimeout(timer)
      socket.destroy()
      const [head = "", ...rest] = Buffer.concat(heard).toString("latin1").split("\r\n\r\n")
      done({ status: Number(/^HTTP\/1.1 (\d+)/.exec(head)?.[1] ?? 0), headers: head, body: rest.join("\r\n\r\n") })
    }
    timer = setTimeout(end, patience)
    socket.on("data", (chunk) => heard.push(chunk))
    socket.on("end", end).on("error", end).on("close", end)
    socket.on("connect", async () => {
      for (const [place, piece] of pieces.entries()) {
        if (place > 0) await new Promise((ready) => setTimeout(ready, pause))
        if (!socket.destroyed) socket.write(piece)
      }
    })
  })
}

type Head = { method?: string; headers?: Record<string, string> }

/** The head of a request for `port`, its target untouched; the connection ends after the answer. */
export function headOf(port: number, target: string, { method = "GET", headers = {} }: Head = {}) {
  const all = { Host: `localhost:${port}`, Connection: "close", ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${target} HTTP/1.1\r\n${lines.join("")}\r\n`
}

export const getRaw = (port: number, target: string, headers: Record<string, string> = {}) =>
  sendRaw(port, [headOf(port, target, { headers })])
