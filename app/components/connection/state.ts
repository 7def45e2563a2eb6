import { useSyncExternalStore } from "react"
import type { Trouble } from "./trouble.ts"

/** What the line to the desk is worth now. `refusal`: what a press failed with, in words, until the next one. */
export type Connection = { trouble: Trouble | null; refusal: string | null }

const fine: Connection = { trouble: null, refusal: null }
const troubles = new Map<object, Trouble>()
const listeners = new Set<() => void>()
const worst: Trouble[] = ["signed out", "away", "stale"]
let now = fine

function change(refusal: string | null) {
  const all = new Set(troubles.values())
  const trouble = worst.find((one) => all.has(one)) ?? null
  if (trouble === now.trouble && refusal === now.refusal) return
  now = trouble || refusal ? { trouble, refusal } : fine
  for (const tell of listeners) tell()
}

/** A request (or the stream) that is in trouble, or is out of it: null. */
export function setTrouble(of: object, trouble: Trouble | null) {
  if (trouble) troubles.set(of, trouble)
  else troubles.delete(of)
  change(now.refusal)
}

export const setRefusal = (words: string | null) => change(words)

const retries = new Set<() => void>()

/** Tries everything again that waits for its next turn. */
export function retryNow() {
  for (const retry of [...retries]) retry()
}

/** Waits, or less when there is reason to look sooner; ends with the signal. */
export function pause(milliseconds: number, signal: AbortSignal | null | undefined) {
  return new Promise<void>((done, fail) => {
    const end = () => {
      clearTimeout(timer)
      retries.delete(end)
      signal?.removeEventListener("abort", abort)
      done()
    }
    const abort = () => {
      clearTimeout(timer)
      retries.delete(end)
      fail(signal?.reason)
    }
    const timer = setTimeout(end, milliseconds)
    retries.add(end)
    signal?.addEventListener("abort", abort)
  })
}

const subscribe = (tell: () => void) => {
  listeners.add(tell)
  return () => void listeners.delete(tell)
}

export const useConnection = () =>
  useSyncExternalStore(
    subscribe,
    () => now,
    () => fine,
  )
