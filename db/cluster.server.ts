import { execFileSync } from "node:child_process"
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
import { join, resolve } from "node:path"
import { type Identity, othersMayReach, postgresBinaries, postgresIdentity } from "./binaries.server.ts"
import { startTrouble, versionTrouble, type Where } from "./cluster-trouble.ts"
import { ClusterProblem, inWords, isAlive, launch, lockOf, type Patience } from "./postmaster.server.ts"
import { ensureDesk } from "./roles.server.ts"
import { adopted, othersAt, urlFor } from "./running-cluster.server.ts"

export type Cluster = {
  /** As the desk's own role, which owns its database and nothing else. */
  url: string
  /** As the role that may do everything, for whoever looks after the cluster itself. */
  adminUrl: string
  /** Ends Postgres, unless another process of this desk is still connected to it. */
  stop(): Promise<void>
}

const usualPatience: Patience = { most: 60_000, tell: () => {} }

/**
 * The embedded PostgreSQL under `dataDir`: made on first use, started, or taken over when it still runs after its
 * desk was killed. `flags` are passed to postgres (tests switch fsync off).
 */
export async function startCluster(dataDir: string, flags: string[] = [], patience = usualPatience): Promise<Cluster> {
  const identity = postgresIdentity()
  const where = { folder: clusterFolder(dataDir, identity), log: join(resolve(dataDir), "postgres.log") }
  const password = passwordIn(dataDir, "postgres-password")
  const adminUrl =
    (await adopted(where, password, patience)) ?? (await started(where, password, identity, flags, patience))
  const url = await answered(ensureDesk(adminUrl, passwordIn(dataDir, "postgres-desk-password")), where, patience)
  return { url, adminUrl, stop: () => stopUnlessShared(where.folder, url) }
}

/** Nothing of what goes wrong with a statement: that would be letters and addresses. */
const quietLog = [
  "log_min_messages=log",
  "log_min_error_statement=panic",
  "log_error_verbosity=terse",
  "log_checkpoints=off",
]

async function started(where: Where, password: string, identity: Identity, flags: string[], patience: Patience) {
  const { folder } = where
  const { initdb, postgres } = postgresBinaries(identity)
  const made = join(folder, "PG_VERSION")
  if (!existsSync(made)) initialise(initdb, where, password, identity)
  const program = execFileSync(postgres, ["--version"], { encoding: "utf8", ...identity })
  const trouble = versionTrouble(folder, readFileSync(made, "utf8").trim(), program)
  if (trouble) throw new ClusterProblem(trouble)
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "jit=off", "max_connections=200"]
  const port = await launch(
    { postgres, identity, env: plainEnv(), settings: [...settings, ...quietLog, ...flags], where },
    patience,
  )
  return urlFor(port, password)
}

/** It took connections; whether it answers on them is another question. */
async function answered<T>(asked: Promise<T>, { log }: Where, { most }: Patience): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    const words = `PostgreSQL does not answer after ${inWords(most)}. Its log is ${log}.`
    timer = setTimeout(() => fail(new ClusterProblem(words)), most)
  })
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
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

function initialise(initdb: string, where: Where, password: string, identity: Identity) {
  const { folder } = where
  const file = join(folder, "..", `.upturn-${process.pid}-${randomBytes(4).toString("hex")}`)
  writeFileSync(file, password, { mode: 0o600 })
  own(file, identity)
  const locale = ["-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
  try {
    execFileSync(initdb, ["-D", folder, "-U", "upturn", "-A", "scram-sha-256", `--pwfile=${file}`, ...locale], {
      ...identity,
      env: plainEnv(),
      stdio: "pipe",
      timeout: 120_000,
    })
  } catch (error) {
    // What initdb says against it is what the person who starts the desk has to hear.
    throw new ClusterProblem(startTrouble(String(Object(error).stderr || error), where))
  } finally {
    rmSync(file, { force: true })
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

const plainEnv = () => ({ ...process.env, LC_ALL: "C" })

function own(path: string, { uid, gid }: Identity) {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
}
