import { deskNow } from "./clock.server.ts"
import { isDatabaseDown } from "./database-down.ts"
import { log } from "./log.server.ts"
import { errorInLog } from "./log-error.ts"
import { forgetFault, noteFault } from "./models/people/round-faults.server.ts"

/** Once is a stumble; this often running is something somebody should know. */
const mostStumbles = 3

export function faultsOf(name: string) {
  let times = 0
  // An earlier process may have written one down.
  let isNoted = true
  const noting = (work: Promise<void>) =>
    work.catch((error) => log.warn({ err: error }, "a fault could not be written down"))
  return {
    async fine(more: boolean) {
      times = 0
      if (isNoted) await noting(forgetFault(name))
      isNoted = false
      return more
    },
    /** A database that is away is said elsewhere, and not the fault of this. */
    async failed(error: unknown) {
      if (isDatabaseDown(error)) return false
      times++
      isNoted ||= times >= mostStumbles
      const { message } = errorInLog(innermost(error))
      if (times >= mostStumbles) await noting(noteFault(name, message, times, deskNow()))
      return false
    },
  }
}

const innermost = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? innermost(error.cause) : error
