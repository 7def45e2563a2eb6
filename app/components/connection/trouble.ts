/** Why an answer cannot be used now: no desk behind the line, nobody signed in, or a page that cannot be read again. */
export type Trouble = "away" | "signed out" | "stale"

export type Answer = { status: number; headers: Pick<Headers, "get"> }

/** `refresh`: the page asked for is the one on screen, which is in use. `press`: it writes. */
export type Asking = "refresh" | "page" | "press"

const gateways = new Set([502, 503, 504])

/** Whether an answer came from the desk's own pages; what a proxy or a desk half started says did not. */
const isFromDesk = ({ headers }: Answer) =>
  ["X-Remix-Error", "X-Remix-Catch", "X-Remix-Response", "X-Remix-Redirect"].some((name) => headers.get(name) !== null)

/** Null for an answer that is good enough to go on with; null as the answer: none came. */
export function troubleIn(answer: Answer | null, asking: Asking): Trouble | null {
  if (!answer || gateways.has(answer.status)) return "away"
  if (answer.status >= 500 && !isFromDesk(answer)) return "away"
  if (asking === "page") return null
  if (isToSignIn(answer)) return "signed out"
  if (asking === "refresh" && (answer.status >= 400 || answer.headers.get("X-Remix-Redirect") !== null)) return "stale"
  return null
}

function isToSignIn({ status, headers }: Answer) {
  return status === 401 || /^\/sign-in(\?|$)/.test(headers.get("X-Remix-Redirect") ?? "")
}

/** What became of a press: the desk took it, said no in words of its page, or failed. */
export function fateOf(answer: Answer): "taken" | "refused" | "failed" {
  const to = answer.headers.get("X-Remix-Redirect")
  if (to !== null) return /[?&]said=|^\/me\/proof\?/.test(to) ? "refused" : "taken"
  if (answer.headers.get("X-Remix-Error") !== null || answer.headers.get("X-Remix-Catch") !== null) return "failed"
  if (answer.headers.get("X-Remix-Response") === null) return answer.status >= 400 ? "failed" : "taken"
  return answer.status >= 400 ? "refused" : "taken"
}

/** Milliseconds until it is tried again: soon at first, then every ten seconds; what a person must mend, more slowly. */
export const pauseAfter = (tries: number, trouble: Trouble) =>
  trouble === "away" ? Math.min(500 * 2 ** tries, 10_000) : 15_000
