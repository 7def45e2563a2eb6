import { spawn } from "node:child_process"
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sql } from "drizzle-orm"
import { deskNow, setClock } from "#app/clock.server.ts"
import { makeKey } from "#app/models/mail/dkim.server.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { setSecret } from "#app/models/people/secret.server.ts"
import { startCluster } from "#db/cluster.server.ts"
import { connect, db, disconnect } from "#db/connection.server.ts"
import { migrateDatabase } from "#db/migrate.server.ts"
import { dkimKeys } from "#db/tables/ways.ts"
import { ida, resetDesk } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { startSink } from "#test/support/mail-sink.ts"
import { replied } from "#test/support/replies.ts"
import { viewer } from "#test/support/viewer.ts"

/**
 * Replies written, rendered and signed (DKIM, RSA 2048), and mails sent per second: real PostgreSQL with fsync, a mail
 * server in a process of its own.
 */
const count = Number(process.argv[3] ?? 1000)
if (process.argv[2] === "sink") process.stdout.write((await startSink()).url)
else await measure()

async function measure() {
  const folder = mkdtempSync(join(tmpdir(), "upturn-bench-"))
  chmodSync(folder, 0o755)
  const cluster = await startCluster(folder, [])
  await migrateDatabase(cluster.url)
  connect(cluster.url)
  setSecret("what the bench signs with, 32 characters")
  await setClock(false)
  await resetDesk()
  await makeKey(viewer(ida), "desk.example", "rsa", deskNow())
  await db.update(dkimKeys).set({ publishedAt: deskNow() })
  const sink = spawn(process.execPath, ["--import", "tsx", import.meta.filename, "sink"], {
    stdio: ["ignore", "pipe", 2],
  })
  const smtpUrl = await new Promise<string>((ready) => sink.stdout?.once("data", (url) => ready(String(url))))
  for (const abreast of [1, 4, 8, 16]) {
    const cases = await Promise.all(Array.from({ length: count }, (_, n) => caseOf(`Question ${n}`)))
    const writing = await seconds(8, cases, (number) => replied(number, { undoSeconds: 0 }))
    const sending = await seconds(abreast, cases, () => deliverNext("bench", deskNow, { smtpUrl }))
    say(`${abreast} abreast: ${rate(writing)} replies/s written (8 writers), ${rate(sending)} mails/s sent`)
  }
  const [{ signed } = { signed: 0 }] = await db.execute<{ signed: number }>(sql`
    select count(*)::int as signed from mail_to_send where position('DKIM-Signature' in encode(rendered, 'escape')) > 0`)
  say(`${signed} of ${count * 4} mails signed`)
  say(`memory ${Math.round(process.memoryUsage().rss / 1e6)} MB`)
  sink.kill()
  await disconnect()
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function seconds<T>(abreast: number, all: readonly T[], work: (one: T) => Promise<unknown>) {
  const rest = [...all]
  const began = performance.now()
  const hand = async () => {
    for (let one = rest.pop(); one !== undefined; one = rest.pop()) await work(one)
  }
  await Promise.all(Array.from({ length: abreast }, hand))
  return (performance.now() - began) / 1000
}

function rate(time: number) {
  return Math.round(count / time)
}

function say(line: string) {
  process.stdout.write(`${line}\n`)
}
