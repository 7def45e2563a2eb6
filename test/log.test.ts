import pino from "pino"
import { expect, test } from "vitest"
import { logFormat } from "#app/env.server.ts"
import { log } from "#app/log.server.ts"
import { errorInLog } from "#app/log-error.ts"
import { wordsInLog } from "#app/log-text.ts"

const token = "abcdefghijklmnopqrstuvwxyz"
const invitation = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF"
const sha256 = "0123456789abcdef".repeat(4)

function linesOf(work: () => void) {
  const stream = (log as unknown as Record<symbol, { write(line: string): void }>)[pino.symbols.streamSym]!
  const [write, lines] = [stream.write, [] as string[]]
  stream.write = (line) => void lines.push(line)
  work()
  stream.write = write
  return lines
}

test.each([
  [`No route matches URL "/r/${token}/happy"`, 'No route matches URL "/r/…/happy"'],
  [`GET http://desk/Invitation/short?to=Dana failed`, "GET http://desk/Invitation/…?… failed"],
  [`%2Fr%2F${token}%2Fhappy`, "%2Fr%2F…"],
  [`the token ${token.toUpperCase()} or ${invitation}, upturn_${invitation}`, "the token … or …, …"],
  [`the file ${sha256} is gone`, `the file ${sha256} is gone`],
  [`ENOENT: open '/var/lib/upturn/files/ab'`, `ENOENT: open '/var/lib/upturn/files/ab'`],
  [`not a date: "${"Dear Ann, thank you. ".repeat(3)}"`, 'not a date: "…"'],
])("%s is logged as %s", (given, shown) => {
  expect(wordsInLog(given)).toBe(shown)
})

test("an error's words do not quote what could not be read", () => {
  const asked = () => JSON.parse('{"text": Dear Dana, your parcel')
  let error: unknown
  try {
    asked()
  } catch (thrown) {
    // The words of the engine itself are what is looked at.
    error = thrown
  }
  const invalid = Object.assign(new Error('invalid input syntax for type bigint: "Dear"'), { code: "22P02" })
  expect(JSON.stringify([error, invalid].map((one) => errorInLog(one)))).not.toMatch(/Dear|parcel/)
  expect(errorInLog(invalid)).toMatchObject({ code: "22P02", message: 'invalid input syntax for type bigint: "…"' })
})

test("a line is short whatever is in it, and still JSON", () => {
  const endless = "\u0000é\u{1f600}".repeat(200_000)
  const deep = Array.from({ length: 50 }).reduce<Error>((cause) => new Error(endless, { cause }), new Error(endless))
  const lines = linesOf(() => {
    log.error({ err: deep, words: endless, list: Array(10_000).fill(endless.slice(0, 50)) }, endless)
    log.error(deep)
    log.error(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`key${n}`, n])))
  })
  expect(lines.map((line) => Buffer.byteLength(line) <= 16_384)).toEqual([true, true, true])
  for (const line of lines) expect(JSON.parse(line).level).toBe(50)
})

test("what a line is made of takes no time that grows with its square", () => {
  const hostile = ["/r/", "?", '"', "a-", "/r//r/", "=".repeat(7)].map((piece) => piece.repeat(200_000))
  const started = performance.now()
  for (const text of hostile) wordsInLog(text)
  expect(performance.now() - started).toBeLessThan(250)
})

test("a person at a terminal reads words, a program JSON, and each what is asked for", () => {
  expect([logFormat({}, true), logFormat({}, false)].map(({ format }) => format)).toEqual(["pretty", "json"])
  expect(logFormat({ LOG_FORMAT: "json" }, true)).toEqual({ format: "json", isAskedFor: true })
  expect(logFormat({ LOG_FORMAT: "pretty" }, false)).toEqual({ format: "pretty", isAskedFor: true })
})
