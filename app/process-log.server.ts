import { logFormat } from "./env.server.ts"
import { log } from "./log.server.ts"

const levels = { error: "error", warn: "warn", info: "info", log: "info", debug: "debug", trace: "debug" } as const

/**
 * What Node and the libraries would print by themselves goes through the log as well: warnings, and what is written to
 * the console. A failure nobody caught ends the process, with its line written first.
 */
export function logProcess() {
  process.removeAllListeners("warning")
  process.on("warning", (warning) => log.warn({ err: warning }, "a warning of Node"))
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "ended by a failure that nobody caught")
    process.exit(1)
  })
  if (logFormat().format === "pretty") return
  for (const [name, level] of Object.entries(levels))
    Object.assign(console, { [name]: (...said: unknown[]) => logSaid(level, said) })
}

function logSaid(level: (typeof levels)[keyof typeof levels], said: unknown[]) {
  const error = said.find((one) => one instanceof Error)
  const words = said.filter((one) => typeof one === "string").join(" ")
  log[level]({ ...(error ? { err: error } : {}), console: words }, "written to the console")
}

/** A line for whoever starts the desk. Where JSON was asked for it is a line of the log, whatever the log's level. */
export const say = (line: string) => process.stdout.write(`${lineFor(line, 30)}\n`)

/** Why the desk cannot start, in words a person can act on. */
export const sayProblem = (words: string) => process.stderr.write(`${lineFor(words, 60)}\n`)

function lineFor(words: string, level: number) {
  const { format, isAskedFor } = logFormat()
  return isAskedFor && format === "json" ? JSON.stringify({ level, time: Date.now(), msg: words }) : words
}
