/**
 * node --import tsx test/bench/stall.ts. Hands the whole hostile collection to the built desk by SMTP, and a megabyte
 * of every pattern, and tells the longest time its main thread was late meanwhile, and while nothing was handed in.
 */
import { readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import nodemailer from "nodemailer"
import postgres from "postgres"
import { storms } from "#test/fixtures/hostile-mail.ts"
import { longOf, pagePieces, textPieces } from "#test/fixtures/long-patterns.ts"
import { runDesk, throwawayFolder, until } from "#test/support/server.ts"
import { desk, startProductionDesk } from "./production-desk.ts"

const [, , corpora = ""] = process.argv
const dataDir = throwawayFolder()
const admin = ["--name", "Ida Berg", "--email", "ida@desk.example", "--password", "flip-the-frowns-again"]
desk(dataDir, "setup", ...admin, "--desk", "Bench", "--mailbox", "help@desk.example")
const running = await startProductionDesk(dataDir)
const sql = postgres(running.databaseUrl, { max: 1, onnotice: () => {} })
const place = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "/", DATA_DIR: dataDir }
const token = (await runDesk(place, "token", "create", "--name", "Bench", "--scopes", "metrics")).out.trim()
const transport = nodemailer.createTransport({
  host: "127.0.0.1",
  port: running.mailPort,
  ignoreTLS: true,
  pool: true,
  maxConnections: 4,
})
try {
  console.log(`nothing handed in: late by at most ${(await latest(async () => pause(10_000))).toFixed(0)} ms`)
  await handIn(
    "bombs",
    Object.entries(storms).map(([name, { make }]) => ({ name, make })),
  )
  await handIn("patterns", patterns())
  if (corpora)
    await handIn(
      "corpora",
      filesIn(corpora).map((name) => ({ name, make: () => readFileSync(name) })),
    )
} finally {
  transport.close()
  await sql.end()
  await running.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

type Mail = { name: string; make: () => Buffer }

async function handIn(kind: string, mails: Mail[]) {
  const late = await latest(async () => {
    for (const { make } of mails) await send(make())
    await until(
      () => sql`select count(*)::int as n from mail_received where fate is null`,
      ([row]) => row?.n === 0,
      1_200_000,
    )
  })
  const [row] =
    await sql`select count(*)::int as n, count(*) filter (where fate = 'failed')::int as failed from mail_received`
  console.log(
    `${kind}: ${mails.length} handed in, late by at most ${late.toFixed(0)} ms; ${row?.n} taken, ${row?.failed} not read`,
  )
}

async function send(raw: Buffer) {
  const envelope = { from: "dana@customer.example", to: "help@desk.example" }
  // What is larger than the desk takes is refused, as it should be.
  await transport.sendMail({ envelope, raw }).catch(() => {})
}

function patterns(): Mail[] {
  const head = (type: string) =>
    `From: dana@customer.example\nSubject: long\nMIME-Version: 1.0\nContent-Type: ${type}\n\n`
  const of = (type: string, pieces: Record<string, string>) =>
    Object.entries(pieces).map(([name, piece]) => ({
      name,
      make: () => Buffer.from(head(type) + longOf(piece, "words\n\n")),
    }))
  return [...of("text/plain", textPieces), ...of("text/html", pagePieces)]
}

/** The desk measures itself (nodejs_eventloop_lag_max_seconds), from one look to the next. */
async function latest(work: () => Promise<unknown>): Promise<number> {
  await lag()
  let most = 0
  let isOver = false
  const watching = (async () => {
    while (!isOver) {
      await pause(1000)
      most = Math.max(most, await lag())
    }
  })()
  await work()
  isOver = true
  await watching
  return most * 1000
}

/** On a connection of its own: one that is kept may be closed at the moment it is used. */
async function lag() {
  const headers = { authorization: `Bearer ${token}`, connection: "close" }
  const text = await fetch(`${running.url}/metrics`, { headers }).then((answer) => answer.text())
  return Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(text)?.[1] ?? Number.NaN)
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:eml|raw|msg|txt)$/.test(name))
    .map((name) => join(folder, name))
}
