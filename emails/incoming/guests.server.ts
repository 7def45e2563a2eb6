import type { openSmtp, Session } from "./smtp.server.ts"
import { refusal } from "./smtp.server.ts"

type Smtp = ReturnType<typeof openSmtp>

/** Recipients nobody here has, before a session ends: whoever tries names wants to know which there are. */
const mostUnknown = 20

/** Counts who is inside, by address, and how often each asked for somebody who is not here. */
export function countGuests({ fromOne, fromHere }: { fromOne: number; fromHere: number }) {
  const byAddress = new Map<string, number>()
  const unknown = new Map<string, number>()
  return {
    enter({ id, remoteAddress }: Session) {
      const here = (byAddress.get(remoteAddress) ?? 0) + 1
      if (here > (isLoopback(remoteAddress) ? fromHere : fromOne))
        throw refusal(421, "Too many connections from your address")
      byAddress.set(remoteAddress, here)
      unknown.set(id, 0)
    },
    leave({ id, remoteAddress }: Session) {
      if (!unknown.delete(id)) return
      const here = (byAddress.get(remoteAddress) ?? 1) - 1
      if (here > 0) byAddress.set(remoteAddress, here)
      else byAddress.delete(remoteAddress)
    },
    /** What somebody who asked for an unknown recipient is told. */
    askedInVain({ id }: Session) {
      const times = (unknown.get(id) ?? 0) + 1
      unknown.set(id, times)
      return times > mostUnknown
        ? refusal(421, "Too many unknown recipients")
        : refusal("550 5.1.1", "No such mailbox here")
    },
  }
}

/** A client that sends a letter a minute is never idle, so a session also ends by the clock. */
export function endLongSessions(server: Smtp, longest: number) {
  const begun = new WeakMap<object, number>()
  const timer = setInterval(
    () => {
      const now = performance.now()
      for (const connection of server.connections) {
        const since = begun.get(connection) ?? now
        begun.set(connection, since)
        if (now - since > longest) sendAway(connection, "This session has lasted too long")
      }
    },
    Math.min(5000, longest / 4),
  ).unref()
  server.server.once("close", () => clearInterval(timer))
}

/** Stops listening, says goodbye to whoever is not in the middle of a mail, and waits for those who are. */
export function closeDoor(server: Smtp, receiving: ReadonlySet<string>) {
  return new Promise<void>((closed) => {
    server.close(() => closed())
    for (const connection of server.connections)
      if (!receiving.has(connection.session.id)) sendAway(connection, "The desk is stopping, try again in a moment")
  })
}

function sendAway(connection: { send(code: number, words: string): void; close(): void }, words: string) {
  connection.send(421, words)
  connection.close()
}

const isLoopback = (address: string) => /^(127\.|::1$|::ffff:127\.)/.test(address)
