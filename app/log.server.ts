import pino from "pino"
import pretty from "pino-pretty"
import { logFormat } from "./env.server.ts"
import { errorInLog } from "./log-error.ts"
import { lineInLog, wordsInLog } from "./log-text.ts"

const standardOutput = () =>
  logFormat().format === "pretty"
    ? pretty({ sync: true, translateTime: "SYS:HH:MM:ss" })
    : pino.destination({ fd: 1, sync: true })

/**
 * One line of JSON for each thing that happened, control characters escaped and never longer than 16 kB. Never a token,
 * password, cookie or mail body: callers pass ids, and what slips into words is taken out here.
 */
export const log = pino(
  {
    level: "info",
    base: null,
    redact: ["password", "token", "cookie", "authorization"],
    serializers: { err: errorInLog },
    formatters: { log: lineInLog },
    hooks: {
      logMethod(given, method) {
        const said = given.map((one) => (typeof one === "string" ? wordsInLog(one) : one))
        // Without words of its own a line would take the error's, as they are.
        if (!said.some((one) => typeof one === "string")) said.push("a failure")
        method.apply(this, said as Parameters<typeof method>)
      },
    },
  },
  standardOutput(),
)
