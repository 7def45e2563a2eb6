import { availableParallelism } from "node:os"
import { hash, verify } from "@node-rs/argon2"
import type { Place } from "./tries.ts"
import { waitingLine } from "./waiting-line.ts"

/** Argon2id with 64 MiB and three passes, about 55 ms. */
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 }
const current = "$argon2id$v=19$m=65536,t=3,p=1$"

/** One processor stays free for the pages, and four at once are memory enough; 256 may wait behind them in each place. */
const line = waitingLine({ atOnce: Math.min(4, Math.max(1, availableParallelism() - 1)), longest: 256 })
let nobody: Promise<string> | null = null

export async function hashPassword(password: string): Promise<string> {
  const hashed = await line.run(0, () => hash(password, cost))
  if (hashed === null) throw new Error("the line of those who are known has no end")
  return hashed
}

/**
 * Whether it is the password behind `stored`. Without one the same work is done, so that time tells nothing. Null when
 * too many strangers wait already.
 */
export async function passwordMatches(
  password: string,
  stored: string | null,
  place: Place = 0,
): Promise<boolean | null> {
  nobody ??= hashPassword("nobody has this password")
  const against = stored ?? (await nobody)
  const matches = await line.run(place, () => verify(against, password))
  return matches && stored !== null
}

export const isOutdated = (stored: string) => !stored.startsWith(current)
