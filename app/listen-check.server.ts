import { lookup } from "node:dns/promises"
import { createServer } from "node:net"
import type { Env } from "./env.server.ts"
import { type Listening, ListenProblem, listenWords } from "./listen-problem.ts"

/** Milliseconds; name servers that do not answer are waited for much longer by the system. */
const lookupPatience = 10_000

/**
 * Opens and closes every port the desk is about to listen on, before anything else is started: what stands in the way is
 * said at once, and nothing has to be taken down again.
 */
export async function checkListening(env: Pick<Env, "HOST" | "PORT" | "MAIL_PORT" | "ROLE">) {
  const { HOST: host, ROLE } = env
  const doors: Listening[] = []
  if (ROLE.includes("web")) doors.push({ setting: "PORT", host, port: env.PORT })
  if (ROLE.includes("mail")) doors.push({ setting: "MAIL_PORT", host, port: env.MAIL_PORT })
  if (doors.length === 2 && env.PORT === env.MAIL_PORT && env.PORT !== 0)
    throw new ListenProblem(`PORT and MAIL_PORT are both ${env.PORT}. Set one of them to another.`)
  if (doors.length > 0) await resolved(host)
  for (const door of doors) await opens(door)
}

async function resolved(host: string) {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    const words = `HOST: ${host} could not be looked up within ${lookupPatience / 1000} seconds. Set it to an address.`
    timer = setTimeout(() => fail(new ListenProblem(words)), lookupPatience)
  })
  try {
    await Promise.race([lookup(host), late])
  } catch (error) {
    // Why it leads nowhere is what the person who set it has to hear.
    throw explained(error, { setting: "PORT", host, port: 0 })
  } finally {
    clearTimeout(timer)
  }
}

function opens(door: Listening): Promise<void> {
  const probe = createServer()
  return new Promise((free, fail) => {
    probe.once("error", (error) => fail(explained(error, door)))
    probe.listen(door.port, door.host, () => probe.close(() => free()))
  })
}

/** Also for a door that was taken by somebody between the look and the opening. */
export function explained(error: unknown, door: Listening): unknown {
  if (!(error instanceof Error && "code" in error && "syscall" in error)) return error
  const code = String(error.code)
  const { host, port, setting } = door
  return new ListenProblem(
    listenWords(code, door) ?? `HOST and ${setting}: ${host} cannot be listened on at port ${port} (${code}).`,
  )
}
