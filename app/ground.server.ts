import { randomBytes } from "node:crypto"
import { existsSync, linkSync, mkdirSync, readFileSync, rmdirSync, unlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { sql } from "drizzle-orm"
import postgres from "postgres"
import { startCluster } from "#db/cluster.server.ts"
import { connect, db, disconnect } from "#db/connection.server.ts"
import { folderFiles, setFiles } from "#db/files.server.ts"
import { migrateDatabase } from "#db/migrate.server.ts"
import { ClusterProblem, until } from "#db/postmaster.server.ts"
import { deskNow, setClock } from "./clock.server.ts"
import { isDatabaseDown } from "./database-down.ts"
import type { Env } from "./env.server.ts"
import { ensureCauses } from "./models/frowns/cause.server.ts"
import { nodeProblem } from "./models/people/node-check.server.ts"
import { setSecret } from "./models/people/secret.server.ts"

export type Ground = { url: string; leave(): Promise<void> }

/**
 * What every part of the desk stands on: the data folder, the database brought to this version, the secret, the clock.
 * A ClusterProblem says in one line what a person has to do. A database of one's own is given 30 seconds to appear: in
 * a compose file it often starts after the desk.
 */
export const standOn = (env: Env, tell: Tell = () => {}): Promise<Ground> =>
  stand(env, { patience: 30, isChecked: true, tell })

/** The same for whoever says that another secret or file store is the desk's from now on. */
export const standUnchecked = (env: Env): Promise<Ground> =>
  stand(env, { patience: 30, isChecked: false, tell: () => {} })

/** The same without patience, for whoever wants to know how things are now. */
export const standAtOnce = (env: Env): Promise<Ground> => stand(env, { patience: 0, isChecked: true, tell: () => {} })

/** Hears a line when something takes longer than usual. */
type Tell = (line: string) => void

type Standing = {
  /** Seconds a database of one's own is given to appear. */
  patience: number
  /** Whether this process has to be one of the desk's. */
  isChecked: boolean
  tell: Tell
}

async function stand(env: Env, { patience, isChecked, tell }: Standing): Promise<Ground> {
  keepFolder(env.DATA_DIR)
  setSecret(env.SECRET ?? keptSecret(env.DATA_DIR))
  setFiles(folderFiles(filesIn(env)))
  const flags = env.NODE_ENV === "test" ? ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] : []
  const cluster = env.DATABASE_URL ? null : await startCluster(env.DATA_DIR, flags, { most: 60_000, tell })
  const url = cluster?.url ?? env.DATABASE_URL ?? ""
  const leave = async () => {
    await disconnect()
    await cluster?.stop()
  }
  try {
    if (!cluster) await answering(url, patience, tell)
    await prepare(url, env)
    const problem = isChecked ? await nodeProblem(filesIn(env), deskNow()) : null
    if (problem) throw new ClusterProblem(problem)
  } catch (error) {
    // A start that fails must not leave a PostgreSQL behind that nobody uses.
    await leave()
    throw error
  }
  return { url, leave }
}

const filesIn = ({ DATA_DIR }: Env) => join(DATA_DIR, "files")

async function prepare(url: string, env: Env) {
  await migrateDatabase(url)
  connect(url)
  const risk = env.NODE_ENV === "test" ? null : await lossRisk()
  if (risk) throw new ClusterProblem(risk)
  await setClock(env.NODE_ENV === "test")
  await ensureCauses(db)
}

/** What would let PostgreSQL lose what it acknowledged, in words; null when it keeps its word. */
export async function lossRisk(): Promise<string | null> {
  const [row] = await db.execute<{ fsync: string }>(sql`select current_setting('fsync') as fsync`)
  if (row?.fsync === "on") return null
  return "PostgreSQL runs with fsync=off and would lose mail at a power cut. Set fsync = on and start the desk again."
}

/** What the desk's own role in the database should not be, in words; null when it is an ordinary one. */
export async function roleRisk(): Promise<string | null> {
  const [row] = await db.execute<{ name: string; all: boolean }>(
    sql`select current_user::text as name, rolsuper or rolcreaterole as all from pg_roles where rolname = current_user`,
  )
  if (!row?.all) return null
  return `The role ${row.name} of DATABASE_URL may do everything on its server. Give the desk one that only owns its database.`
}

/** Makes the data folder and shows that it can be written. */
export function keepFolder(folder: string) {
  const probe = join(folder, `.probe-${randomBytes(4).toString("hex")}`)
  try {
    makeFolder(folder)
    mkdirSync(probe)
  } catch (error) {
    // The one thing a first start most often meets; it deserves a sentence, not a stack.
    const { code } = error as NodeJS.ErrnoException
    throw new ClusterProblem(`The folder ${folder} cannot be written (${code}). Set DATA_DIR to one that can.`)
  }
  rmdirSync(probe)
}

/** One level at a time: mkdir's own `recursive` never ends on a file system that refuses with ENOENT, such as /proc. */
function makeFolder(folder: string) {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  unlessThere(() => mkdirSync(folder))
}

/** Unset, SECRET is made once and kept beside the data; every process of this desk then signs with the same. */
function keptSecret(folder: string): string {
  const file = join(folder, "secret")
  if (!existsSync(file)) {
    const draft = `${file}-${randomBytes(4).toString("hex")}`
    writeFileSync(draft, randomBytes(48).toString("base64url"), { mode: 0o600 })
    // A link is whole or not there, and never replaces what another process made a moment before.
    unlessThere(() => linkSync(draft, file))
    unlinkSync(draft)
  }
  return readFileSync(file, "utf8").trim()
}

/** Web, mail and worker of one desk may start at the same moment: whoever is second takes what is there. */
function unlessThere(make: () => void) {
  try {
    make()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
  }
}

/** Waits for a database of one's own to answer. A refused password or a missing database does not get better by waiting. */
async function answering(url: string, patience: number, tell: Tell) {
  const look = async () => {
    const error = await failureToReach(url)
    if (error !== null && !isDatabaseDown(error)) throw new ClusterProblem(unreachable(url, error))
    last = error
    return error === null ? true : null
  }
  let last: Error | null = null
  const line = `Waiting for PostgreSQL at ${placeOf(url)} (DATABASE_URL), at most ${patience} seconds`
  if ((await until(look, { most: patience * 1000, tell }, line)) === null)
    throw new ClusterProblem(unreachable(url, last ?? new Error("no answer")))
}

async function failureToReach(url: string): Promise<Error | null> {
  const client = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    await client`select 1`
    return null
  } catch (error) {
    // Any reason counts here: the caller decides whether to wait.
    return error instanceof Error ? error : new Error(String(error))
  } finally {
    await client.end({ timeout: 1 })
  }
}

function unreachable(url: string, error: Error) {
  return `PostgreSQL at ${placeOf(url)} (DATABASE_URL) does not let us in: ${error.message || ("code" in error ? error.code : "no answer")}`
}

function placeOf(url: string) {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}:${port || 5432}${pathname}`
}
