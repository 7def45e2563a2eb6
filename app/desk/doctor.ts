import { statfs } from "node:fs/promises"
import { defineCommand } from "citty"
import { sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { deskNow } from "../clock.server.ts"
import { type Env, readEnv } from "../env.server.ts"
import { keepFolder, roleRisk, standAtOnce } from "../ground.server.ts"
import { mostWait, queueAges } from "../health.server.ts"
import { wordsDue } from "../models/cases/case-words.server.ts"
import { unreadSettings } from "../models/people/settings.server.ts"
import { problemWords } from "../start-problem.ts"
import { diskWarnings } from "../warnings/disk.server.ts"
import { wordsOf, worstFirst } from "../warnings/warning.ts"
import { setWatched, warningsNow } from "../warnings/warnings.server.ts"
import { mailboxServers, mailDoor, relay } from "./doctor-mail.ts"
import { type Finding, findingsFrom } from "./finding.ts"
import { asJson, tell } from "./flags.ts"

/** Looks at everything the desk stands on and says, where something is wrong, what to do about it. */
export const doctor = defineCommand({
  meta: { name: "desk doctor", description: "Look at what the desk stands on; exit code 1 when something is wrong" },
  args: asJson,
  async run({ args }) {
    const found = await examine(readEnv())
    tell(
      args,
      found,
      found
        .map(({ part, ok, words, warns }) => `${ok ? (warns ? "? " : "  ") : "! "}${part.padEnd(14)} ${words}`)
        .join("\n"),
    )
    if (found.some(({ ok }) => !ok)) process.exitCode = 1
  },
})

export async function examine(env: Env): Promise<Finding[]> {
  const machine = [node(process.versions.node), folder(env.DATA_DIR), await disk(env.DATA_DIR)]
  const [door, desks, stored] = await Promise.all([mailDoor(env), relay(env.SMTP_URL), database(env)])
  return [...machine, ...stored, door, desks]
}

export function node(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  const ok = major >= 24 || (major === 20 && minor >= 19) || (major === 22 && minor >= 12)
  return {
    part: "node",
    ok,
    words: ok ? version : `${version} is not supported: install Node 20.19, 22.12 or 24 (recommended)`,
  }
}

function folder(path: string): Finding {
  try {
    keepFolder(path)
    return { part: "data folder", ok: true, words: path }
  } catch (error) {
    // What is wrong is the finding.
    return { part: "data folder", ok: false, words: reasonOf(error) }
  }
}

async function disk(path: string): Promise<Finding> {
  const space = await statfs(path).catch(() => null) // Why not is said of the folder.
  if (!space) return { part: "disk", ok: false, words: `nothing can be said about ${path}` }
  const [worst] = worstFirst(await diskWarnings(path, deskNow()))
  if (worst) return { part: "disk", ok: false, words: wordsOf(worst), kind: worst.kind, since: worst.since }
  return { part: "disk", ok: true, words: `${((space.bavail * space.bsize) / 1024 ** 3).toFixed(1)} GB free` }
}

async function database(env: Env): Promise<Finding[]> {
  setWatched(env)
  const ground = await standAtOnce(env).catch((error: unknown) => error)
  if (!(typeof ground === "object" && ground !== null && "leave" in ground && typeof ground.leave === "function"))
    return [{ part: "database", ok: false, words: reasonOf(ground) }]
  try {
    return [
      await keepsItsWord(),
      await role(),
      await tables(),
      ...(await queues()),
      await searchWords(),
      await typed(),
      ...(await mailboxServers(env, deskNow)),
      ...findingsFrom(await warningsNow(deskNow())),
    ]
  } finally {
    await ground.leave()
  }
}

async function keepsItsWord(): Promise<Finding> {
  const [row] = await db.execute<{ version: string; fsync: string; commit: string }>(
    sql`select current_setting('server_version') as version, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
  )
  const part = "database"
  if (row?.fsync !== "on") return { part, ok: false, words: "fsync is off: a power cut loses mail. Set fsync = on" }
  if (row.commit === "off")
    return { part, ok: false, words: "synchronous_commit is off: a crash loses mail. Set it on" }
  return { part, ok: true, words: `PostgreSQL ${row.version}, writes are kept` }
}

async function role(): Promise<Finding> {
  const risk = await roleRisk()
  const part = "database role"
  return risk ? { part, ok: true, words: risk, warns: true } : { part, ok: true, words: "owns its database, no more" }
}

async function tables(): Promise<Finding> {
  const [row] = await db.execute<{ done: number }>(sql`select count(*)::int as done from drizzle.__drizzle_migrations`)
  return { part: "tables", ok: true, words: `of this version, ${row?.done} migrations done` }
}

async function queues(): Promise<Finding[]> {
  const ages = await queueAges()
  return ages.map(({ queue, due, oldestSeconds }) => {
    const ok = oldestSeconds <= mostWait
    const waits = due === 0 ? "empty" : `${due} due, the oldest for ${Math.round(oldestSeconds)} s`
    if (ok) return { part: queue, ok, words: waits }
    const since = new Date(deskNow().getTime() - oldestSeconds * 1000)
    return { part: queue, ok, words: `${waits}: is a desk with ROLE=worker running?`, kind: "work-waits", since }
  })
}

async function searchWords(): Promise<Finding> {
  const [due, all] = [await wordsDue(10_000_000), await db.$count(cases)]
  const words = due === 0 ? `finds all ${all} cases` : `reads ${due} of ${all} cases again; until then it may miss them`
  return { part: "search", ok: true, words, ...(due > 1000 ? { warns: true } : {}) }
}

/** Rows written by hand or by another version count as never set, so that no mail waits for them. */
async function typed(): Promise<Finding> {
  const keys = await unreadSettings()
  const words = `${keys.join(", ")} cannot be read and counts as never set: desk settings set ${keys[0]} <value>`
  if (keys.length === 0) return { part: "settings", ok: true, words: "all can be read" }
  return { part: "settings", ok: false, words, kind: "setting-unreadable", since: deskNow() }
}

const reasonOf = (error: unknown) => problemWords(error) ?? (error instanceof Error ? error.message : String(error))
