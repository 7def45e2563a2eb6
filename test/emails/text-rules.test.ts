import type { Worker } from "node:worker_threads"
import fc from "fast-check"
import { afterAll, expect, test } from "vitest"
import { openThread } from "#db/thread.server.ts"
import { patience, sized } from "#test/support/sizes.ts"
import { textRules } from "#test/support/text-rules.ts"

const megabyte = 1_000_000
/** Milliseconds for a megabyte. What backtracks takes minutes; what is only slow, on a busy machine, a second or two. */
const hardEnd = 8000
/** Four times the text may take this many times as long: sixteen would be the square of it. */
const mostGrowth = 12

const token = "abcdefghijklmnopqrstuv2345"
const fragment = fc.oneof(
  fc.constantFrom(" ", "\t", "\n", "\r\n", "\n\n", " \n", "\u00a0", "\u200b", "\u2028", "=\n", "=20"),
  fc.constantFrom(
    ">",
    "> ",
    ">>",
    "<",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "“",
    "&",
    "&#0",
    "&amp;",
    "<!--",
    "-->",
  ),
  fc.constantFrom("0", "12:00", "10.03.2026", "2026-03-10", "+49 40 123", "[#1]", "#1", "550 5.1.1 "),
  fc.constantFrom(
    "/",
    "/r/",
    "_r_",
    "=2F",
    "%2f",
    "%25",
    "%3e",
    "&#47;",
    `/r/${token}`,
    `/r/${token}/happy`,
    "/happy",
    token,
  ),
  fc.constantFrom(
    "a",
    "a@b.example",
    "@",
    ".",
    ",",
    ";",
    ":",
    "-",
    "--",
    "-- \n",
    "_",
    "*",
    "|",
    "=",
    "=?utf-8?q?",
    "?=",
  ),
  fc.constantFrom(
    "On ",
    " wrote:",
    "From: a@b.example\n",
    "Re: ",
    "Re [1]: ",
    "https://a",
    "<div>",
    "</div>",
    "<p ",
    "\\par ",
    "{\\rtf1",
  ),
)

/** Something that stands in front, a few pieces again and again, and something that keeps the whole from matching. */
const made = fc
  .tuple(
    fc.array(fragment, { maxLength: 3 }),
    fc.array(fragment, { minLength: 1, maxLength: 4 }),
    fc.array(fragment, { maxLength: 2 }),
  )
  .map(([start, piece, end]) => ({ start: start.join(""), piece: piece.join(""), end: end.join("") }))

type Made = { start: string; piece: string; end: string }
const textOf = ({ start, piece, end }: Made, size: number) => start + piece.repeat(Math.ceil(size / piece.length)) + end

let thread: Worker | null = null
afterAll(() => thread?.terminate())

for (const rule of Object.keys(textRules))
  test(`${rule}: a megabyte of anything takes four times as long as a quarter of it`, {
    timeout: patience(120_000),
  }, async () => {
    const property = fc.asyncProperty(made, async (text) => {
      const words = `${rule} ${JSON.stringify(text)}`
      let [quarter = 0, whole = 0] = await timesOf(rule, text)
      // What else the machine does may double a time; a square comes back each time.
      for (let again = 0; again < 2 && isSteep(quarter, whole); again++)
        [quarter = 0, whole = 0] = await timesOf(rule, text)
      expect(isSteep(quarter, whole), `${words}: ${quarter.toFixed(0)} and ${whole.toFixed(0)} ms`).toBe(false)
    })
    await fc.assert(property, { numRuns: sized({ push: 4, night: 300 }), endOnFailure: true })
  })

/** Below this nobody notices, and the clock measures mostly something else. */
const isSteep = (quarter: number, whole: number) => whole > 500 && whole > quarter * mostGrowth

async function timesOf(rule: string, text: Made): Promise<number[]> {
  const worker = thread ?? (await begin())
  thread = worker
  const texts = [textOf(text, megabyte / 4), textOf(text, megabyte)]
  return new Promise<number[]>((done, fail) => {
    const kill = setTimeout(() => {
      thread = null
      void worker.terminate()
      fail(new Error(`killed: ${rule} took more than ${hardEnd} ms for a megabyte of ${JSON.stringify(text)}`))
    }, hardEnd)
    worker.once("message", (times: number[]) => {
      clearTimeout(kill)
      done(times)
    })
    worker.postMessage({ rule, texts })
  })
}

async function begin() {
  const worker = openThread({ built: "", source: "test/support/text-rule-thread.ts" }, {})
  await new Promise((ready) => worker.once("message", ready))
  return worker
}
