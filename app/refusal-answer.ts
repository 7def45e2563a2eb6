import type { HeadersFunction } from "@remix-run/node"

/** How a form answers that was not taken: 429 with the seconds to wait, where that is what it takes, else 422. */
export const refusedWith = (waitSeconds: number | null): ResponseInit =>
  waitSeconds === null ? { status: 422 } : { status: 429, headers: { "Retry-After": String(waitSeconds) } }

/** Remix sends an action's headers with a whole page only when the route passes them on: its `headers`. */
export const retryAfter: HeadersFunction = ({ actionHeaders }) => {
  const seconds = actionHeaders.get("Retry-After")
  return seconds === null ? {} : { "Retry-After": seconds }
}
