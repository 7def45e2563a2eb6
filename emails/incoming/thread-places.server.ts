import { availableParallelism } from "node:os"
import { Turnstile } from "./turnstile.ts"

/** Enter, and call what comes back to leave. */
export type Places = { enter(): Promise<() => void> }

/** Work that needs the processor, done while nobody waits. */
const queue = new Turnstile(Math.min(4, Math.max(2, availableParallelism())))
/** As many as take in mail side by side, so that slow name servers hold up nothing but the mails that ask them. */
const asking = new Turnstile(4)
/** Large work is done one at a time, or memory would not stay within bounds. */
const largeOnes = new Turnstile(1)
/** Kept free of mail: a hundred bad ones in the queue keep nobody from opening a case. */
const reserved = new Turnstile(1)

type Load = { isLarge: boolean; isUrgent: boolean; mostlyWaits: boolean }

/** Where work of this kind stands in line. */
export function placesFor({ isLarge, isUrgent, mostlyWaits }: Load): Places {
  if (isUrgent) return { enter: () => enterAny(isLarge ? [reserved] : [queue, reserved]) }
  const line = mostlyWaits ? asking : queue
  return { enter: () => enterAll(isLarge ? [largeOnes, line] : [line]) }
}

async function enterAll(turnstiles: readonly Turnstile[]) {
  for (const turnstile of turnstiles) await turnstile.enter()
  return () => {
    for (const turnstile of turnstiles) turnstile.leave()
  }
}

/** The first with a free place; when there is none, in line at the last. */
async function enterAny(turnstiles: readonly Turnstile[]) {
  const free = turnstiles.find((turnstile) => turnstile.enterIfFree())
  if (free) return () => free.leave()
  return enterAll(turnstiles.slice(-1))
}
