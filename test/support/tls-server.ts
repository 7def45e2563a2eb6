import type { AddressInfo } from "node:net"
import { createServer } from "node:tls"

/** Shows a certificate to whoever comes and says nothing else. */
export async function startTls(shown: { key: string; cert: string }) {
  const server = createServer(shown, (socket) => socket.on("error", () => {}))
  server.on("tlsClientError", () => {})
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  const close = () => new Promise<void>((done) => void server.close(() => done()))
  return { port: (server.address() as AddressInfo).port, close }
}
