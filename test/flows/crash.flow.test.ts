import postgres from "postgres"
import { expect, test } from "vitest"
import { startCluster } from "#db/cluster.server.ts"
import { sendMail } from "#test/support/mail.ts"
import { clearFolder, type RunningDesk, setUp, startDesk, throwawayFolder, until } from "#test/support/server.ts"

const mails = 300
const kills = 12
const senders = 6

/** A sender like a mail server: the same mail again and again until somebody takes it. */
async function deliver(port: number, number: number) {
  const letter = {
    from: `Customer ${number} <c${number}@customer.example>`,
    subject: `Matter ${number}`,
    text: `Please look at matter ${number}.\n`,
    messageId: `<matter-${number}@customer.example>`,
    headers: { date: "Tue, 10 Mar 2026 12:00:00 +0100" },
  }
  for (let tries = 0; tries < 600; tries++) {
    const taken = await sendMail(port, letter).then(
      () => true,
      () => false,
    )
    if (taken) return
    await new Promise((done) => setTimeout(done, 50 + Math.random() * 100))
  }
  throw new Error(`mail ${number} was never taken`)
}

test("a desk killed again and again while mail arrives puts every email it took into exactly one case", async () => {
  const dataDir = throwawayFolder()
  const port = 41_000 + Math.floor(Math.random() * 4000)
  const places = { dataDir, port, mailPort: port + 1 }
  let desk: RunningDesk = await startDesk(places)
  await setUp(desk)

  let next = 0
  const sending = Array.from({ length: senders }, async () => {
    while (next < mails) await deliver(places.mailPort, next++)
  })
  const restarts: number[] = []
  let killed = 0
  const killing = (async () => {
    while (killed < kills) {
      await new Promise((done) => setTimeout(done, 40 + Math.random() * 260))
      await desk.kill()
      killed++
      const started = performance.now()
      desk = await startDesk(places)
      restarts.push(performance.now() - started)
    }
  })()
  await Promise.all([...sending, killing])

  const cluster = await startCluster(dataDir)
  const sql = postgres(cluster.url, { max: 1, onnotice: () => {} })
  await until(
    async () => (await sql`select count(*)::int as n from mail_received where fate is null`)[0]?.n,
    (waiting) => waiting === 0,
    90_000,
  )
  const [count] = await sql`
    select (select count(*)::int from cases) as cases,
           (select count(*)::int from messages) as messages,
           (select count(distinct rfc_message_id)::int from messages) as different,
           (select count(distinct case_number)::int from messages) as "casesWithMail",
           (select count(*)::int from mail_received where fate = 'failed') as failed`
  await sql.end()
  expect(await desk.stop()).toBe(0)
  clearFolder(dataDir)
  expect(count).toEqual({ cases: mails, messages: mails, different: mails, casesWithMail: mails, failed: 0 })
  expect(killed).toBe(kills)
  expect(Math.max(...restarts)).toBeLessThan(15_000)
})
