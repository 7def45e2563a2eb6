import type { Server } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import type { ServerBuild } from "@remix-run/node"
import { projectRoot } from "#db/place.server.ts"
import { deskNow } from "./clock.server.ts"
import { deskAddress } from "./desk-address.server.ts"
import { type Env, readEnv } from "./env.server.ts"
import { startEvents } from "./events.server.ts"
import { roleRisk, standOn } from "./ground.server.ts"
import type { Alive } from "./health.server.ts"
import { createDeskApp, type DeskApp } from "./http.server.ts"
import { checkListening, explained } from "./listen-check.server.ts"
import { callable, hostAndPort } from "./listen-problem.ts"
import { log } from "./log.server.ts"
import { openDeskMailDoor } from "./mail-door.server.ts"
import { mailServers } from "./models/mail/mail-servers.server.ts"
import { outgoingLine } from "./models/mail/mail-servers.ts"
import { deskEndedWith } from "./models/mail/reader-ended.server.ts"
import { keepBaseUrl, keepLocalUrl } from "./models/people/base-url.server.ts"
import { firstRunCode } from "./models/people/first-run.server.ts"
import { logProcess, say, sayProblem } from "./process-log.server.ts"
import { problemWords } from "./start-problem.ts"
import type { Warning } from "./warnings/warning.ts"
import { setWatched, warningsNow } from "./warnings/warnings.server.ts"
import { watchWarnings } from "./warnings/watch.server.ts"
import { startWatchdog } from "./watchdog.server.ts"
import { leftNotes, removeNote } from "./watchdog-note.server.ts"
import { startWorker } from "./worker.server.ts"

/** No piece of work takes the desk nearly so long; a desk stuck for more is not coming back. */
const mostStuck = 20_000

/** Where the pages come from: the build, or Vite while developing. */
type Pages = () => Promise<Pick<DeskApp, "build" | "dev">>

/** The whole desk, or the parts of it that ROLE names, until SIGTERM. */
async function serve(env: Env, pages: Pages) {
  log.level = env.LOG_LEVEL
  await checkListening(env)
  setWatched(env)
  const ground = await standOn(env, say)
  // While developing, a debugger may hold the desk for as long as it likes.
  const watchdog = import.meta.env.PROD ? startWatchdog({ folder: env.DATA_DIR, patience: mostStuck }) : null
  const closeDoors = await openDoors(env, pages).catch(async (error) => {
    // A busy port must not leave a Postgres behind that nobody asked for.
    await ground.leave()
    throw error
  })
  const warnings = watchWarnings({
    look: () => warningsNow(deskNow()),
    every: env.NODE_ENV === "test" ? 1000 : 15_000,
    isOurs: isSaidBy(env.ROLE),
  })
  return async () => {
    await warnings.stop()
    await closeDoors()
    await watchdog?.stop()
    await ground.leave()
  }
}

/** Of several processes the workers say what all of them see, and each what only it can. */
const isSaidBy = (roles: Env["ROLE"]) => (warning: Warning) =>
  roles.includes("worker") || ["disk-full", "disk-low", "work-waits"].includes(warning.kind)

async function openDoors(env: Env, pages: Pages) {
  const doors: { close(): Promise<void> }[] = []
  const alive: Partial<Alive> = {}
  if (env.ROLE.includes("mail")) {
    const door = await openDeskMailDoor(env).catch((error) => {
      throw explained(error, { setting: "MAIL_PORT", host: env.HOST, port: env.MAIL_PORT })
    })
    doors.push(door)
    alive.mailPort = () => door.port
    alive.mailHost = callable(env.HOST)
    say(`Mail door   ${hostAndPort(env.HOST, door.port)} (SMTP)`)
  }
  if (env.ROLE.includes("worker")) await heedNotes(env)
  const worker = env.ROLE.includes("worker") ? startWorker(env) : null
  if (worker) alive.beat = worker.beat
  if (env.ROLE.includes("web")) {
    const door = await openWebDoor(env, alive, await pages())
    doors.push(door)
    say(`Proxies     ${proxiesOf(env)}`)
    const localUrl = `http://${hostAndPort(shownHost(env.HOST), door.port)}`
    if (env.BASE_URL) await keepBaseUrl(env.BASE_URL, deskNow())
    else doors.push({ close: (await keepLocalUrl(localUrl, deskNow())).end })
    say(`Upturn      ${env.BASE_URL ?? localUrl}`)
    const code = await firstRunCode()
    if (code) say(`First visit: open the address above and enter the code ${code}`)
  }
  const risk = await roleRisk()
  if (risk) say(risk)
  const leaves = outgoingLine(await mailServers(env.SMTP_URL ?? null))
  if (leaves) say(`Outgoing mail: ${leaves}`)
  if (!leaves && !env.SMTP_URL)
    say("No SMTP_URL: outgoing mail is kept and shown under Sent mail, nothing leaves this machine")
  return () => Promise.all([...doors.map((door) => door.close()), worker?.stop()])
}

/** Emails that were in hand when an earlier process ended, before any is taken up again. */
async function heedNotes({ DATA_DIR }: Env) {
  for (const { file, mails } of leftNotes(DATA_DIR)) {
    log.warn({ mails }, "the desk ended with these emails in hand")
    await deskEndedWith(mails)
    removeNote(file)
  }
}

async function openWebDoor(env: Env, alive: Partial<Alive>, pages: Awaited<ReturnType<Pages>>) {
  const address = deskAddress(env.BASE_URL)
  await address.read()
  const live = startEvents(address.originOf)
  const clientFolder = join(projectRoot, "build/client")
  const app = createDeskApp({ ...pages, env, clientFolder, alive, address, onEvents: live.onEvents })
  const server = await new Promise<Server>((ready, fail) => {
    const listening: Server = app.listen(env.PORT, env.HOST, () => ready(listening))
    listening.once("error", (error) => fail(explained(error, { setting: "PORT", host: env.HOST, port: env.PORT })))
  })
  server.headersTimeout = 15_000
  server.requestTimeout = 60_000
  server.keepAliveTimeout = 65_000
  const { port } = server.address() as AddressInfo
  return {
    port,
    async close() {
      await live.close()
      const closed = new Promise<void>((done) => server.close(() => done()))
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 5000).unref()
      await closed
    },
  }
}

/** Which proxies are believed about who asks: set wrongly, one stranger counts as everybody, or says who they like. */
function proxiesOf({ TRUST_PROXY: given, BASE_URL }: Env) {
  if (given === undefined || given === "0") {
    const advice = BASE_URL?.startsWith("https:") ? ". Set TRUST_PROXY to the one that speaks https for this desk" : ""
    return `none: X-Forwarded-* is ignored${advice}`
  }
  return `trusted: ${/^\d+$/.test(given) ? `${given} in front of the desk` : given}`
}

const shownHost = (host: string) => (/^(127\.0\.0\.1|::1)$/.test(callable(host)) ? "localhost" : host)

function fail(error: unknown): never {
  const words = problemWords(error)
  if (words) sayProblem(words)
  else log.fatal({ err: error }, "the desk could not start")
  process.exit(1)
}

async function builtPages() {
  // @ts-expect-error a virtual module of the Remix plugin
  return { build: (await import("virtual:remix/server-build")) as ServerBuild }
}

/** Starts the desk and ends it at SIGTERM or SIGINT. */
async function main(pages: Pages) {
  logProcess()
  const stop = await serve(readEnv(), pages)
  let stopping = false
  const end = () => {
    if (stopping) process.exit(1)
    stopping = true
    // Docker kills after ten seconds; what is still in hand then is safe in its row.
    setTimeout(() => process.exit(0), 9500).unref()
    stop().then(() => process.exit(0), fail)
  }
  process.on("SIGTERM", end)
  process.on("SIGINT", end)
  say(`Ready after ${(performance.now() / 1000).toFixed(1)} s`)
  log.info({ at: deskNow() }, "ready")
}

/** For `npm run dev`, which brings its own pages. */
export const serveWith = (pages: Awaited<ReturnType<Pages>>) => main(async () => pages).catch(fail)

if (import.meta.env.PROD) main(builtPages).catch(fail)
