import { createServer } from "node:net"

/** Outgoing connections take theirs from 32768 up, so one that is left for a moment stays free only below that. */
const [first, each] = [12_000, 2_000]
const start = first + (Number(process.env.VITEST_POOL_ID ?? 0) % 10) * each
let next = Math.floor(Math.random() * each)

/** A port that stays free while its server is down. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < each; tried++) {
    const port = start + (next++ % each)
    if (await isFree(port)) return port
  }
  throw new Error(`no port from ${start} to ${start + each} is free`)
}

const isFree = (port: number) =>
  new Promise<boolean>((answer) => {
    const server = createServer()
      .once("error", () => answer(false))
      .listen(port, () => server.close(() => answer(true)))
  })
