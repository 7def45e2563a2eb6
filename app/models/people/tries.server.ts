import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible"
import { db } from "#db/connection.server.ts"
import { tokenHash } from "./token.server.ts"

const query = async ({ text, values }: { text: string; values: (string | number | null)[] }) => ({
  rows: await db.$client.unsafe(text, values),
})

function limiter(keyPrefix: string, points: number, seconds: number) {
  const store = { storeClient: { query }, storeType: "client", tableName: "rate_limits", tableCreated: true }
  return new RateLimiterPostgres({ ...store, keyPrefix, points, duration: seconds })
}

const quarter = 15 * 60
const everyone = limiter("sign-in", 600, 60)
const address = limiter("sign-in-address", 30, quarter)
const pair = limiter("sign-in-pair", 10, quarter)
const account = limiter("sign-in-account", 20, 3600)
const slowly = limiter("sign-in-slowly", 1, 40)
const code = limiter("welcome", 20, quarter)

/**
 * Counts a try to sign in before any work is done for it; the seconds to wait when there were too many. One address
 * gets ten tries at an account in a quarter of an hour. From many addresses together an account gets twenty an hour
 * and then one every 40 seconds: an attacker learns nothing, and its owner is never locked out (reliability 5, R1 R2).
 */
export async function countTry(email: string, remote: string): Promise<number | null> {
  const [who, both] = [tokenHash(email), tokenHash(`${email} ${remote}`)]
  const wait = (await tooMany(everyone, "all")) ?? (await tooMany(address, remote)) ?? (await tooMany(pair, both))
  if (wait !== null) return wait
  return (await tooMany(account, who)) === null ? null : tooMany(slowly, who)
}

/** Signed in: what was counted for it does not count against them. */
export async function forgetTry(email: string, remote: string) {
  await pair.delete(tokenHash(`${email} ${remote}`))
  await address.reward(remote, 1)
  await account.reward(tokenHash(email), 1)
}

export const countCodeTry = () => tooMany(code, "code")

/** Seconds to wait; null when there is room. */
async function tooMany(limit: RateLimiterPostgres, key: string): Promise<number | null> {
  try {
    await limit.consume(key)
    return null
  } catch (answer) {
    // The library says "no room" by throwing an answer of its own kind.
    if (answer instanceof RateLimiterRes) return Math.max(1, Math.ceil(answer.msBeforeNext / 1000))
    throw answer
  }
}
