import { execFileSync, spawn } from "node:child_process"
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { basename, join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import type { Identity } from "./binaries.server.ts"
import { startTrouble, type Where } from "./cluster-trouble.ts"

/** A start that cannot work, said in one line a person can act on. */
export class ClusterProblem extends Error {}

/** Milliseconds of waiting, from when on, and who hears that it takes longer than usual. */
export type Patience = { most: number; tell: (line: string) => void }

type Lock = { pid: number; port: number; isReady: boolean }

/** The file PostgreSQL keeps in its folder while it runs; null: there is none, or nothing in it. */
export function lockOf(folder: string): Lock | null {
  const file = join(folder, "postmaster.pid")
  if (!existsSync(file)) return null
  const lines = readFileSync(file, "utf8").split("\n")
  const pid = Number(lines[0])
  return pid > 0 ? { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === "ready" } : null
}

/**
 * A machine that lost its power gives the number of the last postmaster to somebody else, and PostgreSQL then refuses to
 * start. Under the number of its parent it knows the file for an old one, and still looks for what that one left running.
 */
export function ownLock(folder: string) {
  const file = join(folder, "postmaster.pid")
  if (!existsSync(file)) return
  const [, ...rest] = readFileSync(file, "utf8").split("\n")
  writeFileSync(file, [process.pid, ...rest].join("\n") || `${process.pid}\n`)
}

export function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of somebody else's lives as well.
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}

/** Whether a process is the postmaster of this folder, by what it was called with. In doubt it is. */
export function isPostmaster(pid: number, folder: string): boolean {
  const words = commandOf(pid)
  if (words === null) return true
  const [program = ""] = words
  if (!/^(postgres|postmaster)(\.exe)?$/.test(basename(program))) return false
  const at = words.indexOf("-D")
  const named = at < 0 ? undefined : words[at + 1]
  return named === undefined || !named.startsWith("/") || named === folder
}

function commandOf(pid: number): string[] | null {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8", stdio: "pipe" })
      .trim()
      .split(/\s+/)
  } catch {
    // Gone meanwhile, hidden, or a system without such a list.
    return null
  }
}

type Program = { postgres: string; identity: Identity; env: NodeJS.ProcessEnv; settings: string[]; where: Where }

/** Starts it and waits until it takes connections; answers the port. */
export async function launch({ postgres, identity, env, settings, where }: Program, { most, tell }: Patience) {
  const port = await freePort()
  const log = openLog(where.log)
  const begin = statSync(where.log).size
  const child = spawn(postgres, ["-D", where.folder, "-p", String(port), ...settings.flatMap((s) => ["-c", s])], {
    ...identity,
    env,
    // Its own process group: Ctrl-C in a terminal must reach the desk first, which then stops Postgres in order.
    detached: true,
    stdio: ["ignore", log, log],
  })
  closeSync(log)
  let failure: Error | null = null
  child.once("error", (error) => (failure = error))
  child.once("exit", () => {
    const said = readFileSync(where.log).subarray(begin).toString("utf8")
    failure ??= new ClusterProblem(startTrouble(said, where))
  })
  const isReady = () => {
    if (failure) throw failure
    const lock = lockOf(where.folder)
    return lock?.pid === child.pid && lock?.isReady ? port : null
  }
  const words = `What it does stands in ${where.log}.`
  const started = await until(isReady, { most, tell }, `PostgreSQL takes longer than usual to start. ${words}`)
  child.unref()
  // Killed in the middle of putting itself right after a crash, it would begin that again each time.
  if (started === null)
    throw new ClusterProblem(
      `PostgreSQL does not answer after ${inWords(most)}. ${words} It goes on by itself: start the desk again in a while.`,
    )
  return started
}

/** Looks again and again; null when the time is up. Somebody hears of it after some seconds. */
export async function until<T>(look: () => T | null | Promise<T | null>, { most, tell }: Patience, line: string) {
  const begun = performance.now()
  let isTold = false
  for (;;) {
    const found = await look()
    if (found !== null) return found
    const passed = performance.now() - begun
    if (passed > most) return null
    if (passed > 5000 && !isTold) {
      tell(line)
      isTold = true
    }
    await pause(passed < 2000 ? 25 : 250)
  }
}

export const inWords = (milliseconds: number) =>
  milliseconds === 60_000 ? "a minute" : `${Math.round(milliseconds / 1000)} seconds`

/** Nobody reads more than the last of it, so what grew large makes way at a start. */
function openLog(file: string) {
  if (existsSync(file) && statSync(file).size > 4 * 1024 * 1024) renameSync(file, `${file}.old`)
  return openSync(file, "a", 0o600)
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
