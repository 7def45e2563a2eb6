import { execFileSync, spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { createServer } from "node:net"
import { join, resolve } from "node:path"
import postgres from "postgres"
import { type Identity, othersMayReach, postgresBinaries, postgresIdentity } from "./binaries.server.ts"
import { ensureDesk, maintenance } from "./roles.server.ts"

export type Cluster = {
  /** As the desk's own role, which owns its database and nothing else. */
  url: string
  /** As the role that may do everything, for whoever looks after the cluster itself. */
  adminUrl: string
  /** Ends Postgres, unless another process of this desk is still connected to it. */
  stop(): Promise<void>
}

/** A start that cannot work, said in one line a person can act on. */
export class ClusterProblem extends Error {}

/**
 * The embedded PostgreSQL under `dataDir`: made on first use, started, or taken over when it still runs after its
 * desk was killed. `flags` are passed to postgres (tests switch fsync off).
 */
export async function startCluster(dataDir: string, flags: string[] = []): Promise<Cluster> {
  const identity = postgresIdentity()
  const folder = clusterFolder(dataDir, identity)
  const password = passwordIn(dataDir, "postgres-password")
  const adminUrl = (await adopted(folder, password)) ?? (await started(folder, password, identity, flags))
  const url = await ensureDesk(adminUrl, passwordIn(dataDir, "postgres-desk-password"))
  return { url, adminUrl, stop: () => stopUnlessShared(folder, url) }
}

function started(folder: string, password: string, identity: Identity, flags: string[]) {
  const programs = postgresBinaries(identity)
  if (!existsSync(join(folder, "PG_VERSION"))) initialise(programs.initdb, folder, password, identity)
  return launch(programs.postgres, folder, password, identity, flags)
}

/** Postgres' own folder. Root's closed home cannot hold it, so there it lies elsewhere behind a link. */
function clusterFolder(dataDir: string, identity: Identity) {
  const folder = join(resolve(dataDir), "postgres")
  mkdirSync(resolve(dataDir), { recursive: true })
  if (lstatSync(folder, { throwIfNoEntry: false })) return realpathSync(folder)
  if (identity.uid !== undefined && !othersMayReach(dataDir)) {
    mkdirSync("/var/lib/upturn", { recursive: true, mode: 0o755 })
    symlinkSync(mkdtempSync("/var/lib/upturn/desk-"), folder)
  } else mkdirSync(folder)
  const real = realpathSync(folder)
  chmodSync(real, 0o700)
  own(real, identity)
  return real
}

function passwordIn(dataDir: string, name: string) {
  const file = join(resolve(dataDir), name)
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 })
  return readFileSync(file, "utf8")
}

function initialise(initdb: string, folder: string, password: string, identity: Identity) {
  const file = join(folder, "..", `.upturn-${process.pid}-${randomBytes(4).toString("hex")}`)
  writeFileSync(file, password, { mode: 0o600 })
  own(file, identity)
  const locale = ["-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
  try {
    execFileSync(initdb, ["-D", folder, "-U", "upturn", "-A", "scram-sha-256", `--pwfile=${file}`, ...locale], {
      ...identity,
      env: { ...process.env, LC_ALL: "C" },
      stdio: "pipe",
    })
  } finally {
    rmSync(file, { force: true })
  }
}

async function launch(program: string, folder: string, password: string, identity: Identity, flags: string[]) {
  const port = await freePort()
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "jit=off",
    "max_connections=200",
    ...flags,
  ]
  const child = spawn(program, ["-D", folder, "-p", String(port), ...settings.flatMap((s) => ["-c", s])], {
    ...identity,
    env: { ...process.env, LC_ALL: "C" },
    // Its own process group: Ctrl-C in a terminal must reach the desk first, which then stops Postgres in order.
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  })
  const said: string[] = []
  await new Promise<void>((ready, fail) => {
    child.once("error", fail)
    child.once("exit", (code) =>
      fail(new ClusterProblem(`PostgreSQL ended with ${code}: ${said.slice(-6).join(" ").replace(/\s+/g, " ")}`)),
    )
    child.stderr.on("data", (line) => {
      said.push(String(line).trim())
      if (said.length > 50) said.shift()
      if (String(line).includes("ready to accept connections")) ready()
    })
  })
  child.unref()
  if ("unref" in child.stderr) (child.stderr as unknown as { unref(): void }).unref()
  return urlFor(port, password)
}

/** A desk killed with SIGKILL leaves its Postgres running: use it instead of failing on its lock file. */
async function adopted(folder: string, password: string): Promise<string | null> {
  const lock = lockOf(folder)
  if (!lock || !isAlive(lock.pid)) return null
  const url = urlFor(lock.port, password)
  const reachable = await othersAt(url).catch(() => othersAt(maintenance(url)).catch(() => null))
  return reachable === null ? null : url
}

/** How many others are connected to the desk's database. */
async function othersAt(url: string) {
  const client = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    const [row] = await client`
      select count(*)::int as others from pg_stat_activity where datname = 'upturn' and pid <> pg_backend_pid()`
    return row?.others as number
  } finally {
    await client.end()
  }
}

async function stopUnlessShared(folder: string, url: string) {
  const lock = lockOf(folder)
  if (!lock || !isAlive(lock.pid)) return
  if ((await othersAt(url).catch(() => 0)) > 0) return
  process.kill(lock.pid, "SIGINT")
  for (let waited = 0; isAlive(lock.pid) && waited < 8000; waited += 50)
    await new Promise((done) => setTimeout(done, 50))
}

function lockOf(folder: string) {
  const file = join(folder, "postmaster.pid")
  if (!existsSync(file)) return null
  const [pid, , , port] = readFileSync(file, "utf8").split("\n")
  return { pid: Number(pid), port: Number(port) }
}

function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}

const urlFor = (port: number, password: string) => `postgres://upturn:${password}@127.0.0.1:${port}/upturn`

function own(path: string, { uid, gid }: Identity) {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
}

function freePort() {
  return new Promise<number>((found, fail) => {
    const probe = createServer().once("error", fail)
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => found(port))
    })
  })
}
