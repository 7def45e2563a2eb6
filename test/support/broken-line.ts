import { request as ask, createServer } from "node:http"
import type { AddressInfo } from "node:net"

/** `swallow`: the desk gets what is sent and does it, and its answer never arrives. */
type Mode = "open" | "502" | "reset" | "swallow"

/** A proxy between a browser and the desk, whose line breaks as a test wants it to. */
export async function brokenLine(target: () => number) {
  let mode: Mode = "open"
  const server = createServer((asked, answer) => {
    if (mode === "502") return void answer.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>")
    if (mode === "reset") return void asked.socket.destroy()
    const isSwallowed = mode === "swallow" && asked.method === "POST"
    const { url, method, headers } = asked
    const through = ask({ host: "127.0.0.1", port: target(), path: url, method, headers }, (told) => {
      if (isSwallowed) {
        told.resume()
        return void told.on("end", () => asked.socket.destroy())
      }
      answer.writeHead(told.statusCode ?? 500, told.headers)
      told.pipe(answer)
      told.on("error", () => answer.destroy())
    })
    through.on("error", () => asked.socket.destroy())
    answer.on("close", () => through.destroy())
    asked.pipe(through)
  })
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    set: (next: Mode) => {
      mode = next
      if (next !== "open") server.closeAllConnections()
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
