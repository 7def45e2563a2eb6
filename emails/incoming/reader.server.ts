import { availableParallelism } from "node:os"
import type { Worker } from "node:worker_threads"
import type { Email } from "./email.ts"
import { type Answer, type Question, startThread } from "./thread.server.ts"
import { Turnstile } from "./turnstile.ts"

/** How long the whole of a mail may take, and its header when the whole took too long. */
export type Patience = { whole: number; head: number }

/** Decisions 39. A header alone is read in no time, or never. */
const patience: Patience = { whole: 15_000, head: 5_000 }
/** All of the header, however long (bytes.server.ts keeps less). */
const headBytes = 2 * 1024 * 1024
/** More than any reader looks at (structure.server.ts), and than any door takes. */
const mostBytes = 80 * 1024 * 1024
/** A thread that had nothing to do for so long gives its memory back. */
const idleFor = 60_000
/** Mails from here on are read one at a time, each in a thread that ends with it: memory stays within bounds. */
const largeBytes = 4 * 1024 * 1024

const threads = new Turnstile(Math.min(4, Math.max(2, availableParallelism())))
const largeOnes = new Turnstile(1)
type Place = { thread: Worker; retire: NodeJS.Timeout }
const idle: Place[] = []

/**
 * readEmail in a thread that may be killed: whatever a mail does to its reader, the desk goes on answering, and the
 * mail comes back at least as its header (mail.md 3.0). Throws only when not even that is to be had.
 */
export const readApart = (raw: Buffer) => readWithin(raw, patience)

export async function readWithin(raw: Buffer, patience: Patience): Promise<Email> {
  const isLarge = raw.length >= largeBytes
  if (isLarge) await largeOnes.enter()
  await threads.enter()
  try {
    // The threads that wait for work make room for the one that will need it.
    if (isLarge) await stopReading()
    return await read(raw, patience)
  } finally {
    threads.leave()
    if (isLarge) largeOnes.leave()
  }
}

/** Ends the threads that wait for work. One that reads is somebody's mail in hand. */
export async function stopReading() {
  await Promise.all(idle.splice(0).map(end))
}

async function read(raw: Buffer, patience: Patience): Promise<Email> {
  const whole = await ask(raw, null, patience.whole)
  if (whole.email) return whole.email
  const trouble = `It could not be read, only its header: ${whole.problem}.`
  const head = await ask(raw.subarray(0, headBytes), trouble, patience.head)
  if (head.email) return head.email
  throw new Error(head.problem)
}

async function ask(raw: Buffer, trouble: string | null, milliseconds: number): Promise<Answer> {
  const thread = take()
  const answer = await answerFrom(thread, raw, trouble, milliseconds)
  if (answer.email && raw.length < largeBytes) putBack(thread)
  else await thread.terminate()
  return answer
}

function answerFrom(thread: Worker, raw: Buffer, trouble: string | null, milliseconds: number): Promise<Answer> {
  return new Promise<Answer>((done) => {
    const fail = (problem: string) => settle({ email: null, problem })
    const listeners = {
      message: (answer: Answer) => settle(answer),
      error: (error: Error) => fail(error.message),
      exit: () => fail("its reader ended"),
    }
    const timer = setTimeout(() => fail(`reading it took more than ${milliseconds / 1000} seconds`), milliseconds)
    function settle(answer: Answer) {
      clearTimeout(timer)
      for (const [event, listener] of Object.entries(listeners)) thread.off(event, listener)
      done(answer)
    }
    for (const [event, listener] of Object.entries(listeners)) thread.on(event, listener)
    // Copied once and handed over: the bytes here are often a view into something larger.
    const bytes = new Uint8Array(raw.subarray(0, mostBytes))
    thread.postMessage({ bytes, trouble } satisfies Question, [bytes.buffer])
  })
}

function take(): Worker {
  const place = idle.pop()
  if (!place) return startThread()
  clearTimeout(place.retire)
  place.thread.ref()
  return place.thread
}

/** Unreferenced, an idle thread keeps no program from ending. */
function putBack(thread: Worker) {
  thread.unref()
  const place: Place = { thread, retire: setTimeout(() => drop(place), idleFor).unref() }
  idle.push(place)
}

function drop(place: Place) {
  const at = idle.indexOf(place)
  if (at >= 0) idle.splice(at, 1)
  void end(place)
}

async function end({ thread, retire }: Place) {
  clearTimeout(retire)
  await thread.terminate()
}
