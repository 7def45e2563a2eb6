import { statfs } from "node:fs/promises"
import { connect } from "node:net"
import { defineCommand } from "citty"
import { sql } from "drizzle-orm"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { type Env, readEnv } from "../env.server.ts"
import { keepFolder, roleRisk, standAtOnce } from "../ground.server.ts"
import { queueAges } from "../health.server.ts"
import { wordsDue } from "../models/cases/case-words.server.ts"
import { unreadSettings } from "../models/people/settings.server.ts"
import { problemWords } from "../start-problem.ts"
import { asJson, tell } from "./flags.ts"

/** `ok` with `warns`: works, but should be changed. */
type Finding = { part: string; ok: boolean; words: string; warns?: true }

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
  return [...machine, ...(await database(env)), await mailDoor(env.MAIL_PORT), await relay(env.SMTP_URL)]
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
    return { part: "data folder", ok: false, words: wordsOf(error) }
  }
}

async function disk(path: string): Promise<Finding> {
  const space = await statfs(path).catch(() => null)
  if (!space) return { part: "disk", ok: false, words: `nothing can be said about ${path}` }
  const gigabytes = (space.bavail * space.bsize) / 1024 ** 3
  const ok = gigabytes >= 1
  return { part: "disk", ok, words: `${gigabytes.toFixed(1)} GB free${ok ? "" : ": make room before mail is refused"}` }
}

async function database(env: Env): Promise<Finding[]> {
  const ground = await standAtOnce(env).catch((error: unknown) => error)
  if (!(typeof ground === "object" && ground !== null && "leave" in ground && typeof ground.leave === "function"))
    return [{ part: "database", ok: false, words: wordsOf(ground) }]
  try {
    return [
      await keepsItsWord(),
      await role(),
      await tables(),
      ...(await queues()),
      await searchWords(),
      await typed(),
      await problems(),
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
    const ok = oldestSeconds <= 120
    const waits = due === 0 ? "empty" : `${due} due, the oldest for ${Math.round(oldestSeconds)} s`
    return { part: queue, ok, words: ok ? waits : `${waits}: is a desk with ROLE=worker running?` }
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
  return { part: "settings", ok: keys.length === 0, words: keys.length === 0 ? "all can be read" : words }
}

async function problems(): Promise<Finding> {
  const [row] = await db.execute<{ failed: number; unread: number }>(
    sql`select (select count(*)::int from mail_to_send where failed_at is not null or unconfirmed_at is not null) as failed,
      (select count(*)::int from mail_received where fate = 'failed') as unread`,
  )
  const { failed = 0, unread = 0 } = row ?? {}
  const ok = failed + unread === 0
  const words = `${failed} replies failed or unconfirmed, ${unread} emails could not be read`
  return { part: "problems", ok: true, words: ok ? "none" : `${words}: see Mail and Sent mail on the desk` }
}

/** Free is fine, the desk may be stopped; open must be a mail door. */
async function mailDoor(port: number): Promise<Finding> {
  const part = "mail door"
  const greeting = await greetingAt("127.0.0.1", port)
  if (greeting === null) return { part, ok: true, words: `port ${port} is free: no desk takes mail there now` }
  const ok = greeting.startsWith("220")
  return { part, ok, words: ok ? `answers on port ${port}` : `port ${port} is used by something else: set MAIL_PORT` }
}

async function relay(smtpUrl: string | undefined): Promise<Finding> {
  const part = "outgoing mail"
  if (!smtpUrl) return { part, ok: true, words: "SMTP_URL is not set: mail is kept and shown, nothing leaves" }
  const { hostname, port, protocol } = new URL(smtpUrl)
  const at = Number(port) || (protocol === "smtps:" ? 465 : 587)
  const ok = (await greetingAt(hostname, at)) !== null
  const where = `${hostname}:${at}`
  return {
    part,
    ok,
    words: ok ? `${where} answers` : `${where} (SMTP_URL) does not answer: check its name, port and firewall`,
  }
}

/** The first words a server says within two seconds, "" when it says nothing, null when it is not there. */
function greetingAt(host: string, port: number): Promise<string | null> {
  return new Promise((done) => {
    const socket = connect({ host, port })
    const end = (answer: string | null) => {
      socket.destroy()
      done(answer)
    }
    socket.setTimeout(2000, () => end(socket.connecting ? null : ""))
    socket.once("error", () => end(null)).once("data", (bytes) => end(bytes.toString("latin1")))
  })
}

const wordsOf = (error: unknown) => problemWords(error) ?? (error instanceof Error ? error.message : String(error))
