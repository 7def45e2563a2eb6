const lost = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
])

/** Whether the database cannot be reached now: no connection, PostgreSQL starting, stopping, full, or taking nobody (55000). */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = "code" in error ? String(error.code) : ""
  const isRefused = code === "55000" && "severity" in error && error.severity === "FATAL"
  return lost.has(code) || isRefused || /^(08...|57P0[1-3]|53300)$/.test(code) || isDatabaseDown(error.cause)
}

/** Whether the disk the database writes to is full (PostgreSQL 53100). */
export function isDatabaseFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return ("code" in error && error.code === "53100") || isDatabaseFull(error.cause)
}
