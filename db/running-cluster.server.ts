import { existsSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import postgres from "postgres"
import type { Where } from "./cluster-trouble.ts"
import {
  ClusterProblem,
  inWords,
  isAlive,
  isPostmaster,
  lockOf,
  ownLock,
  type Patience,
  until,
} from "./postmaster.server.ts"
import { maintenance } from "./roles.server.ts"

export const urlFor = (port: number, password: string) => `postgres://upturn:${password}@127.0.0.1:${port}/upturn`

/**
 * A desk killed with SIGKILL leaves its Postgres running: use it instead of failing on its lock file. It may just be
 * starting, or stopping; one that stays silent, or belongs to somebody else, is said.
 */
export async function adopted({ folder, log }: Where, password: string, patience: Patience): Promise<string | null> {
  // Another process of this desk may be writing it at this moment.
  if (!lockOf(folder) && existsSync(join(folder, "postmaster.pid"))) await pause(1000)
  const lock = lockOf(folder)
  if (!lock || !isAlive(lock.pid) || !isPostmaster(lock.pid, folder)) {
    ownLock(folder)
    return null
  }
  const look = async () => {
    const now = lockOf(folder)
    if (!now || !isAlive(now.pid)) return "gone" as const
    const url = urlFor(now.port, password)
    const refused = await refusalAt(url)
    if (refused === null) return url
    if (/^28/.test(refused))
      throw new ClusterProblem(
        `PostgreSQL in ${folder} runs as process ${now.pid} and refuses this desk's password. Stop it, then start the desk again.`,
      )
    return null
  }
  const found = await until(look, patience, `PostgreSQL runs, but does not answer yet. Its log is ${log}.`)
  if (found !== null) return found === "gone" ? null : found
  throw new ClusterProblem(
    `PostgreSQL runs as process ${lock.pid} and does not answer after ${inWords(patience.most)}. Its log is ${log}. End that process, then start the desk again.`,
  )
}

/** The code under which it takes nobody; null: it takes us. */
async function refusalAt(url: string): Promise<string | null> {
  const codeOf = (error: unknown) => String(Object(error).code ?? "no code")
  const first = await othersAt(url).then(() => null, codeOf)
  // Without a database of its own yet, it was cut short at its first start.
  return first === "3D000" ? othersAt(maintenance(url)).then(() => null, codeOf) : first
}

/** How many others are connected to the desk's database. */
export async function othersAt(url: string) {
  const client = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    const [row] = await client`
      select count(*)::int as others from pg_stat_activity where datname = 'upturn' and pid <> pg_backend_pid()`
    return row?.others as number
  } finally {
    await client.end({ timeout: 1 })
  }
}
