import { readFileSync } from "node:fs"
import { connect, createServer, type Socket } from "node:net"
import { join } from "node:path"
import { startCluster } from "#db/cluster.server.ts"
import { clearFolder, throwawayFolder } from "./server.ts"

/** A PostgreSQL at an address that stays, however often it is stopped the hard way and started again. */
export async function failingDatabase() {
  const folder = throwawayFolder()
  let cluster = await startCluster(folder)
  const sockets = new Set<Socket>()
  const relay = createServer((incoming) => {
    const { port, hostname } = new URL(cluster.url)
    const onward = connect(Number(port), hostname)
    incoming.pipe(onward).pipe(incoming)
    for (const end of [incoming, onward]) {
      sockets.add(end)
      end.on("error", () => end.destroy())
      end.on("close", () => {
        for (const other of [incoming, onward]) other.destroy()
        sockets.delete(end)
      })
    }
  })
  await new Promise<void>((ready) => relay.listen(0, "127.0.0.1", ready))
  const address = new URL(cluster.url)
  address.port = String((relay.address() as { port: number }).port)
  return {
    url: address.href,
    /** `pg_ctl stop -m immediate`: no shutdown, recovery from the log at the next start. Away for so long. */
    async breakDown(milliseconds: number) {
      const [pid] = readFileSync(join(folder, "postgres", "postmaster.pid"), "utf8").split("\n")
      process.kill(Number(pid), "SIGQUIT")
      await new Promise((done) => setTimeout(done, milliseconds))
      cluster = await startCluster(folder)
    },
    async remove() {
      for (const socket of sockets) socket.destroy()
      await new Promise((closed) => relay.close(closed))
      await cluster.stop()
      clearFolder(folder)
    },
  }
}
