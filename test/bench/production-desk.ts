import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { startCluster } from "#db/cluster.server.ts"
import { projectRoot } from "#db/place.server.ts"

/** The desk as a person starts it: built, NODE_ENV=production, its own PostgreSQL with fsync on. */
export type ProductionDesk = {
  url: string
  mailPort: number
  databaseUrl: string
  pid: number
  stop(): Promise<void>
}

const build = join(projectRoot, "build/server")

export async function startProductionDesk(dataDir: string): Promise<ProductionDesk> {
  const child = spawn(process.execPath, asStarted(), { env: envFor(dataDir), cwd: projectRoot })
  const said = await ready(child)
  // Already running, so this only tells where it is.
  const { url: databaseUrl } = await startCluster(dataDir)
  return {
    url: /Upturn\s+(\S+)/.exec(said)?.[1] ?? "",
    mailPort: Number(/Mail door\s+\S+:(\d+)/.exec(said)?.[1]),
    databaseUrl,
    pid: child.pid ?? 0,
    stop: () => new Promise((done) => child.once("exit", () => done()) && child.kill("SIGTERM")),
  }
}

/** What `npm start` gives to node, so that what is measured is what runs. */
function asStarted(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"))
  return scripts.start.replace(/^exec node /, "").split(" ")
}

/** `npm run desk -- …`, with what it says on the way shown. */
export function desk(dataDir: string, ...args: string[]) {
  const done = spawnSync(process.execPath, [join(build, "desk.js"), ...args], {
    env: envFor(dataDir),
    cwd: projectRoot,
    stdio: ["ignore", "inherit", "inherit"],
  })
  if (done.status !== 0) throw new Error(`desk ${args[0]} ended with ${done.status}`)
}

const envFor = (dataDir: string) => ({
  PATH: process.env.PATH ?? "",
  HOME: process.env.HOME ?? "/",
  NODE_ENV: "production" as const,
  DATA_DIR: dataDir,
  PORT: "0",
  MAIL_PORT: "0",
  LOG_LEVEL: "warn",
})

function ready(child: ChildProcess) {
  let text = ""
  return new Promise<string>((done, fail) => {
    const hear = (chunk: Buffer) => {
      text += chunk
      if (text.includes("Ready after")) done(text)
    }
    child.stdout?.on("data", hear)
    child.stderr?.on("data", hear)
    child.on("exit", (code) => fail(new Error(`the desk ended with ${code}:\n${text}`)))
  })
}

export type Memory = { node: number; postgresPss: number; postgresRss: number }

/** Megabytes in use now. PSS counts what Postgres' processes share once, RSS once for each. Linux only; else zeros. */
export function memoryOf({ pid }: ProductionDesk, dataDir: string): Memory {
  const postmaster = Number(readFileSync(join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[0])
  const family = [postmaster, ...childrenOf(postmaster)]
  const sum = (field: string) => family.reduce((total, one) => total + kilobytes(`/proc/${one}/smaps_rollup`, field), 0)
  return {
    node: kilobytes(`/proc/${pid}/smaps_rollup`, "Rss") / 1024,
    postgresPss: sum("Pss") / 1024,
    postgresRss: sum("Rss") / 1024,
  }
}

function childrenOf(parent: number): number[] {
  if (!existsSync("/proc")) return []
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((pid) => parentOf(pid) === parent)
}

function parentOf(pid: number) {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1])
  } catch {
    // It ended between the two looks.
    return null
  }
}

function kilobytes(file: string, field: string) {
  try {
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(readFileSync(file, "utf8"))?.[1] ?? 0)
  } catch {
    // It ended between the two looks.
    return 0
  }
}

export function quantile(sorted: readonly number[], part: number) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}
