import { hash, verify } from "@node-rs/argon2"

/** Argon2id with 64 MiB and three passes, about 55 ms (reliability 4.3). */
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 }
const current = "$argon2id$v=19$m=65536,t=3,p=1$"
const most = 4

let running = 0
const waiting: (() => void)[] = []
let nobody: Promise<string> | null = null

export const hashPassword = (password: string) => oneOfFew(() => hash(password, cost))

/** Whether it is the password behind `stored`. Without one the same work is done, so that time tells nothing. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  nobody ??= hashPassword("nobody has this password")
  const against = stored ?? (await nobody)
  const matches = await oneOfFew(() => verify(against, password))
  return matches && stored !== null
}

export const isOutdated = (stored: string) => !stored.startsWith(current)

/** At most four at once: ten thousand tries must not take all memory and both cores. */
async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (running >= most) await new Promise<void>((go) => waiting.push(go))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
