import { SharedLock } from "#emails/incoming/shared-lock.ts"
import type { MailRow } from "./arrived.server.ts"

/** More than are ever worked on side by side. */
const places = 32

/**
 * The emails being worked on, in memory that a watchdog in another thread reads as well: for each its number, 0 for
 * none, and since when, in milliseconds of the machine's clock.
 */
export const hands = new Float64Array(new SharedArrayBuffer(places * 2 * Float64Array.BYTES_PER_ELEMENT))

/** Those that have been in hand for at least so long. */
export const idsIn = (hands: Float64Array, milliseconds: number): number[] =>
  Array.from({ length: hands.length / 2 }, (_, place) => place * 2).flatMap((at) => {
    const [id = 0, since = 0] = hands.subarray(at, at + 2)
    return id > 0 && Date.now() - since >= milliseconds ? [id] : []
  })

const lock = new SharedLock()

/** One that ended its reader before is worked on alone: if it ends the desk, no other can be taken for the one that did. */
export const inHand = <T>({ id, readersEnded }: MailRow, work: () => Promise<T>): Promise<T> =>
  readersEnded > 0 ? lock.alone(() => held(id, work)) : lock.shared(() => held(id, work))

async function held<T>(id: number, work: () => Promise<T>): Promise<T> {
  const free = hands.findIndex((value, at) => at % 2 === 0 && value === 0)
  hands.set([id, Date.now()], Math.max(free, 0))
  try {
    return await work()
  } finally {
    hands.set([0, 0], Math.max(free, 0))
  }
}
