import { type ChildProcess, spawn } from "node:child_process"
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import postgres from "postgres"
import { projectRoot } from "#db/place.server.ts"

type Options = {
  /** A database of the run's cluster (freshDatabase); left out: the desk's own embedded one in `dataDir`. */
  databaseUrl?: string
  dataDir?: string
  port?: number
  mailPort?: number
  env?: Record<string, string>
}

export type RunningDesk = {
  url: string
  port: number
  mailPort: number
  dataDir: string
  pid: number
  env: Record<string, string>
  /** What it printed so far. */
  said(): string
  stop(): Promise<number | null>
  kill(): Promise<void>
  /** `npm run desk -- …` against the same database. */
  desk(...args: string[]): Promise<{ code: number; out: string; err: string }>
}

export const builtServer = join(projectRoot, "build/server/index.js")
export const builtDesk = join(projectRoot, "build/server/desk.js")
export const passphrase = "a long enough passphrase"
export const secret = "a secret for tests, long enough for anyone"

export function throwawayFolder() {
  const folder = mkdtempSync(join(tmpdir(), "upturn-desk-"))
  chmodSync(folder, 0o755)
  return folder
}

/** Starts the built server as a person would, on free ports unless told; resolves when it says it is ready. */
export async function startDesk(options: Options = {}): Promise<RunningDesk> {
  const dataDir = options.dataDir ?? throwawayFolder()
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? "",
    HOME: process.env.HOME ?? "/",
    NODE_ENV: "test",
    DATA_DIR: dataDir,
    PORT: String(options.port ?? 0),
    MAIL_PORT: String(options.mailPort ?? 0),
    SECRET: secret,
    LOG_LEVEL: "warn",
    ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
    ...options.env,
  }
  const child = spawn(process.execPath, [builtServer], {
    env: asTest(env),
    stdio: ["ignore", "pipe", "pipe"],
    cwd: projectRoot,
  })
  const heard = listen(child)
  await heard.ready
  const port = Number(/Upturn\s+\S+:(\d+)/.exec(heard.said())?.[1] ?? env.PORT)
  const mailPort = Number(/Mail door\s+\S+:(\d+)/.exec(heard.said())?.[1] ?? env.MAIL_PORT)
  return {
    url: `http://localhost:${port}`,
    port,
    mailPort,
    dataDir,
    pid: child.pid ?? 0,
    env,
    said: heard.said,
    stop: () => ended(child, "SIGTERM"),
    kill: async () => void (await ended(child, "SIGKILL")),
    desk: (...args) => runDesk(env, ...args),
  }
}

/** The first admin and the first mailbox: Ann Lee answers help. */
export const setUp = (desk: Pick<RunningDesk, "desk">) =>
  desk.desk(
    ...["setup", "--name", "Ann Lee", "--email", "ann@desk.example", "--password", passphrase],
    ...["--desk", "Acme", "--mailbox", "help@desk.example"],
  )

/** Runs one command of the built command line. */
export function runDesk(env: Record<string, string>, ...args: string[]) {
  return new Promise<{ code: number; out: string; err: string }>((done) => {
    const child = spawn(process.execPath, [builtDesk, ...args], { env: asTest(env), cwd: projectRoot })
    let out = ""
    let err = ""
    child.stdout.on("data", (text) => (out += text))
    child.stderr.on("data", (text) => (err += text))
    child.on("close", (code) => done({ code: code ?? 1, out, err }))
  })
}

const asTest = (env: Record<string, string>) => ({ ...env, NODE_ENV: "test" as const })

function listen(child: ChildProcess) {
  let text = ""
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      text += chunk
      if (/Ready after/.test(text)) resolve()
    }
    child.stdout?.on("data", hear)
    child.stderr?.on("data", hear)
    child.on("exit", (code) => reject(new Error(`the desk ended with ${code}:\n${text}`)))
  })
  return { ready, said: () => text }
}

function ended(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise<number | null>((done) => {
    child.once("exit", (code) => done(code))
    child.kill(signal)
  })
}

/** Removes a throw-away folder and whatever Postgres was left running in it. */
export function clearFolder(folder: string) {
  rmSync(folder, { recursive: true, force: true })
}

export async function rows<T extends object>(databaseUrl: string, text: string): Promise<T[]> {
  const client = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  try {
    return [...(await client.unsafe<T[]>(text))]
  } finally {
    await client.end()
  }
}

/** Asks again until it is so; fails after `patience` with what was seen last. */
export async function until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean, patience = 20_000): Promise<T> {
  const end = Date.now() + patience
  for (;;) {
    const seen = await look()
    if (isSo(seen)) return seen
    if (Date.now() > end)
      throw new Error(`not so after ${patience} ms, last seen: ${JSON.stringify(seen)?.slice(0, 2000)}`)
    await new Promise((done) => setTimeout(done, 100))
  }
}
