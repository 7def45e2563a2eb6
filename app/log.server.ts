import pino from "pino"
import { errorInLog } from "./log-error.ts"

/** JSON lines, control characters escaped. Never a token, password, cookie or mail body: callers pass ids. */
export const log = pino({
  level: "info",
  base: null,
  redact: ["password", "token", "cookie", "authorization"],
  serializers: { err: errorInLog },
})
