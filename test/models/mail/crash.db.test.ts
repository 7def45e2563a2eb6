import { type ChildProcess, spawn } from "node:child_process"
import { join } from "node:path"
import { sql } from "drizzle-orm"
import { expect, inject, test } from "vitest"
import { db } from "#db/connection.server.ts"
import { projectRoot } from "#db/place.server.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { startSink } from "#test/support/mail-sink.ts"
import { replied } from "#test/support/replies.ts"
import { sized } from "#test/support/sizes.ts"

const mails = sized({ push: 120, night: 3000, release: 20_000 })
const kills = sized({ push: 10, night: 300, release: 1000 })
const abreast = 4
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

test("a sender killed at any moment loses no mail and doubles none; what is open is shown", {
  timeout: 120_000 + kills * 5000 + mails * 200,
}, async () => {
  const random = seeded(20110211)
  const sink = await startSink({
    onRcpt: () => pause(random() * 20) as Promise<undefined>,
    onData: () => pause(random() * 20) as Promise<undefined>,
  })
  for (let n = 0; n < mails; n++) await replied(await caseOf(`Question ${n}`), { undoSeconds: 0 }, noon)
  for (let n = 0; n < kills; n++) {
    const sender = await startSender(sink.url)
    await pause(20 + random() * 250)
    sender.kill("SIGKILL")
    await new Promise((ended) => sender.once("exit", ended))
    // What a minute does: the dead one's leases end.
    await db
      .update(mailToSend)
      .set({ leasedUntil: sql`now() - interval '1 second'` })
      .where(sql`leased_until is not null`)
  }
  const last = await startSender(sink.url)
  while (await isAnyOpen()) await pause(100)
  last.kill("SIGKILL")
  await sink.close()

  const rows = await db.select().from(mailToSend)
  const arrived = new Map<string, number>()
  for (const { raw } of sink.mails) {
    const id = /^Message-ID: (.*?)\r$/im.exec(raw.toString("latin1"))?.[1] ?? ""
    arrived.set(id, (arrived.get(id) ?? 0) + 1)
  }
  const parked = rows.filter(({ unconfirmedAt }) => unconfirmedAt)
  expect([...arrived.values()].filter((times) => times > 1)).toEqual([])
  expect(rows.filter(({ sentAt, rfcMessageId }) => sentAt && !arrived.has(rfcMessageId))).toEqual([])
  expect(rows.filter(({ sentAt, unconfirmedAt }) => !sentAt && !unconfirmedAt)).toEqual([])
  expect(parked.length).toBeLessThanOrEqual(kills * abreast)
})

async function isAnyOpen() {
  const [row] = await db.execute<{ open: number }>(sql`
    select count(*)::int as open from mail_to_send where sent_at is null and failed_at is null and unconfirmed_at is null`)
  return (row?.open ?? 0) > 0
}

async function startSender(smtpUrl: string): Promise<ChildProcess> {
  const [row] = await db.execute<{ url: string }>(sql`select current_database() as url`)
  const program = join(projectRoot, "test/support/sender.ts")
  const sender = spawn(process.execPath, ["--import", "tsx", program, databaseUrl(row?.url ?? ""), smtpUrl], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "inherit"],
  })
  await new Promise((ready) => sender.stdout.once("data", ready))
  return sender
}

const databaseUrl = (name: string) => inject("clusterUrl").replace(/upturn$/, name)

/** mulberry32: the same run every time, so that a failure can be had again. */
function seeded(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
