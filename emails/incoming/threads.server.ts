import type { Worker } from "node:worker_threads"
import { startThread } from "./thread.server.ts"
import { type Places, placesFor } from "./thread-places.server.ts"
import { type Answer, bounds, type Kind, type Question, type Work } from "./thread-work.ts"

export type Job<K extends Kind> = {
  work: K
  /** Of all that is handed over, in bytes or characters. */
  size: number
  /** Called when a thread is free. Bytes must be a copy (copyOf): they are handed over and gone from here. */
  ask: () => Work[K]["asked"]
  /** Who sits before a screen until it is done does not stand behind a queue of mail. */
  waiting: "a person" | "nobody"
  /** Less than the bounds allow. */
  milliseconds?: number
}

/** What was asked ended its thread, or had to be killed with it. Whoever asks the same again will see the same. */
export class ThreadEnded extends Error {}

/** A thread that had nothing to do for so long gives its memory back. */
const idleFor = 60_000
const startsWithin = 60_000
/** Work from here on is done in a thread that ends with it: memory stays within bounds. */
const largeSize = 4 * 1024 * 1024

type Idle = { thread: Worker; retire: NodeJS.Timeout }
const idle: Idle[] = []

/**
 * Has a thread do one piece of work, and kills it when that takes too long: whatever a mail does to those who work
 * through it, the desk goes on answering. Throws what went wrong, ThreadEnded when the thread is gone.
 */
export async function inThread<K extends Kind>(job: Job<K>): Promise<Work[K]["told"]> {
  const { work, size, waiting } = job
  if (size > bounds[work].size) throw new Error(`it is larger than ${bounds[work].size} bytes`)
  const isLarge = size >= largeSize
  const { mostlyWaits } = bounds[work]
  const places = placesFor({ isLarge, isUrgent: waiting === "a person", mostlyWaits })
  // Of what it is handed, work that waits for others keeps nothing on its heap.
  const fillsHeap = isLarge && !mostlyWaits
  return inPlace(places, async () => {
    // The threads that wait for work make room for the one that will need it.
    if (fillsHeap) await endIdleThreads()
    const answer = await ask(job, fillsHeap)
    if (answer.problem !== undefined) throw new Error(answer.problem)
    return answer.told
  })
}

/** Bytes here are often a view into something larger; these stand alone. */
export const copyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

/** Ends the threads that wait for work. One that works holds somebody's mail. */
export async function endIdleThreads() {
  await Promise.all(idle.splice(0).map(end))
}

async function inPlace<T>(places: Places, work: () => Promise<T>): Promise<T> {
  const leave = await places.enter()
  return work().finally(leave)
}

async function ask<K extends Kind>(job: Job<K>, fillsHeap: boolean): Promise<Answer<K>> {
  const thread = await take()
  let isKept = false
  try {
    const answer = await answerFrom(thread, job)
    isKept = !fillsHeap
    return answer
  } finally {
    if (isKept) putBack(thread)
    else await thread.terminate()
  }
}

function answerFrom<K extends Kind>(thread: Worker, { work, ask, milliseconds }: Job<K>): Promise<Answer<K>> {
  const most = Math.min(milliseconds ?? Number.POSITIVE_INFINITY, bounds[work].milliseconds)
  return new Promise<Answer<K>>((done, fail) => {
    const end = (words: string) => settle(() => fail(new ThreadEnded(words)))
    const listeners = {
      message: (answer: Answer<K>) => settle(() => done(answer)),
      error: (error: Error) => end(error.message),
      exit: () => end("the parser crashed on it"),
    }
    const timer = setTimeout(() => end(`reading it took more than ${most / 1000} seconds`), most)
    function settle(say: () => void) {
      clearTimeout(timer)
      for (const [event, listener] of Object.entries(listeners)) thread.off(event, listener)
      say()
    }
    for (const [event, listener] of Object.entries(listeners)) thread.on(event, listener)
    const asked = ask()
    thread.postMessage({ work, asked } satisfies Question<K>, buffersIn(asked))
  })
}

const buffersIn = (asked: object) =>
  Object.values(asked).flatMap((value) =>
    value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  )

async function take(): Promise<Worker> {
  const place = idle.pop()
  if (!place) return begin()
  clearTimeout(place.retire)
  place.thread.ref()
  return place.thread
}

/** What a busy machine needs to start a thread is not held against the work. */
async function begin(): Promise<Worker> {
  const thread = startThread()
  // Unheard, an error would end the desk. Whoever asks hears it too; a thread that fails while idle is only dropped.
  thread.on("error", () => {})
  thread.on("exit", () => forget(thread))
  const slow = setTimeout(() => void thread.terminate(), startsWithin)
  await new Promise<void>((ready, fail) => {
    thread.once("message", () => ready())
    thread.once("exit", () => fail(new ThreadEnded("the parser crashed on it")))
  }).finally(() => clearTimeout(slow))
  return thread
}

/** Unreferenced, an idle thread keeps no program from ending. */
function putBack(thread: Worker) {
  thread.unref()
  const place: Idle = { thread, retire: setTimeout(() => drop(place), idleFor).unref() }
  idle.push(place)
}

function drop(place: Idle) {
  forget(place.thread)
  void end(place)
}

function forget(thread: Worker) {
  const at = idle.findIndex((place) => place.thread === thread)
  for (const { retire } of at < 0 ? [] : idle.splice(at, 1)) clearTimeout(retire)
}

async function end({ thread, retire }: Idle) {
  clearTimeout(retire)
  await thread.terminate()
}
