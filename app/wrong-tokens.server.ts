import { RateLimiterMemory } from "rate-limiter-flexible"
import { lineOf } from "./models/people/network.ts"
import { problem } from "./models/people/problem.ts"

const wrong = new RateLimiterMemory({ points: 60, duration: 60 })

/**
 * The answer to a call of the API, but for whoever keeps calling with tokens that are none. They are told to wait; a
 * right token of somebody at the same address is looked at all the same, and never counted.
 */
export async function afterWrongTokens(answer: Response, remote: string): Promise<Response> {
  if (answer.status !== 401) return answer
  const { consumedPoints, msBeforeNext } = await wrong.penalty(lineOf(remote))
  if (consumedPoints <= wrong.points) return answer
  const refused = problem(429, "Too many requests", "Too many requests with an invalid token. Try again in a minute")
  refused.headers.set("Retry-After", String(Math.max(1, Math.ceil(msBeforeNext / 1000))))
  return refused
}
