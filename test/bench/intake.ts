/**
 * npm run bench:intake. 2,000 varied emails over 4 connections into the built desk with its own PostgreSQL, fsync on:
 * how fast they are acknowledged, how fast they are assigned cases, what memory that takes; then 40 at once over 4, and
 * one of 35 MB.
 */
import { randomBytes } from "node:crypto"
import { rmSync } from "node:fs"
import nodemailer from "nodemailer"
import postgres from "postgres"
import { throwawayFolder, until } from "#test/support/server.ts"
import { type BenchMail, variedMails } from "./mails.ts"
import { desk, type Memory, memoryOf, type ProductionDesk, startProductionDesk } from "./production-desk.ts"

const count = Number(process.argv[2] ?? 2000)
const senders = 4
const setUp = ["--name", "Ida Berg", "--email", "ida@desk.example", "--password", "flip-the-frowns", "--desk", "Bench"]

const dataDir = throwawayFolder()
desk(dataDir, "setup", ...setUp, "--mailbox", "help@desk.example", "--mailbox", "few@desk.example")
const running = await startProductionDesk(dataDir)
const sql = postgres(running.databaseUrl, { max: 1, onnotice: () => {} })
try {
  await staff()
  await warmUp(running)
  await flood(running)
  await fortyAtOnce(running)
  await oneLarge(running)
} finally {
  await sql.end()
  await running.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

/** Enough people that everybody has room: 25 for the flood, four of their own for the forty at once. */
async function staff() {
  await sql`update agents set switched_to = 'off'`
  await sql`
    insert into agents (email, name, role, load_limit, created_at, password_hash)
    select format('a%s@desk.example', n), format('Agent %s', n), 'agent', 100, now(), 'nobody signs in with it'
      from generate_series(1, 29) n`
  await sql`
    insert into mailbox_agents (mailbox_id, agent_id)
    select m.id, a.id from agents a, mailboxes m
     where a.role = 'agent' and (m.address = 'few@desk.example') = (substring(a.name from 7)::int > 25)`
}

async function warmUp({ mailPort }: ProductionDesk) {
  await send(mailPort, await variedMails(50, "help@desk.example"), "help@desk.example", 4)
  await allHandled(50)
}

async function flood(running: ProductionDesk) {
  const mails = await variedMails(count, "help@desk.example")
  const bytes = mails.reduce((sum, { raw }) => sum + raw.length, 0)
  let most: Memory = { node: 0, postgresPss: 0, postgresRss: 0 }
  const watch = setInterval(() => (most = higher(most, memoryOf(running, dataDir))), 500)
  const began = performance.now()
  const sending = send(running.mailPort, mails, "help@desk.example", senders)
  const sent = sending.then(() => performance.now() - began)
  await allHandled(50 + count)
  const handled = (performance.now() - began) / 1000
  const acknowledged = (await sent) / 1000
  const took = await sending
  clearInterval(watch)
  const [rows] = await sql`
    select count(*)::int as cases, count(agent_id)::int as given, count(distinct agent_id)::int as people from cases`
  console.log(`${count} emails, ${(bytes / 1024 / count).toFixed(1)} kB each, ${senders} connections, fsync on`)
  console.log(
    `acknowledged   ${(count / acknowledged).toFixed(0)} emails/s, the last after ${acknowledged.toFixed(1)} s`,
  )
  console.log(`               each after ${part(took, 0.5)} ms (p50), ${part(took, 0.99)} ms (p99)`)
  console.log(`assigned       ${(count / handled).toFixed(0)} emails/s, the last after ${handled.toFixed(1)} s`)
  console.log(`               ${rows?.cases} cases, ${rows?.given} of them given to ${rows?.people} people`)
  console.log(
    `memory, most   node ${mb(most.node)}, PostgreSQL ${mb(most.postgresPss)} (PSS; RSS ${mb(most.postgresRss)})`,
  )
}

async function fortyAtOnce({ mailPort }: ProductionDesk) {
  const mails = await variedMails(80, "few@desk.example")
  const [before] = await sql`select count(*)::int as handled from mail_received where fate is not null`
  const fresh = mails.filter(({ answers }) => !answers).slice(0, 40)
  await send(mailPort, fresh, "few@desk.example", 40)
  await allHandled(Number(before?.handled) + 40)
  const rows = await sql`
    select a.name, count(*)::int as cases from cases c join agents a on a.id = c.agent_id
      join mailboxes m on m.id = c.mailbox_id where m.address = 'few@desk.example' group by 1 order by 1`
  console.log(`40 at once over 4 agents: ${rows.map(({ cases }) => cases).join(" / ")}`)
}

async function send(port: number, mails: readonly BenchMail[], to: string, connections: number) {
  const transport = nodemailer.createTransport({
    ...{ host: "127.0.0.1", port, ignoreTLS: true, pool: true, maxConnections: connections, maxMessages: Infinity },
  })
  const took = await Promise.all(
    mails.map(async ({ from, raw }) => {
      const { messageTime } = await transport.sendMail({ envelope: { from, to }, raw })
      return messageTime ?? 0
    }),
  )
  transport.close()
  return took.sort((a, b) => a - b)
}

async function oneLarge(running: ProductionDesk) {
  const body = randomBytes(25 * 1024 * 1024)
    .toString("base64")
    .replace(/.{76}/g, "$&\r\n")
  const head =
    "From: a@large.example\r\nTo: few@desk.example\r\nSubject: Large\r\nMessage-ID: <large@large.example>\r\n"
  const type = 'Content-Type: application/octet-stream; name="a.bin"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
  const raw = Buffer.from(`${head}MIME-Version: 1.0\r\n${type}${body}\r\n`)
  const [before] = await sql`select count(*)::int as handled from mail_received where fate is not null`
  let most: Memory = { node: 0, postgresPss: 0, postgresRss: 0 }
  const watch = setInterval(() => (most = higher(most, memoryOf(running, dataDir))), 100)
  await send(running.mailPort, [{ from: "a@large.example", raw, answers: false }], "few@desk.example", 1)
  await allHandled(Number(before?.handled) + 1)
  clearInterval(watch)
  console.log(`one of ${(raw.length / 1e6).toFixed(0)} MB: node ${mb(most.node)} at most`)
}

/** Every email has its fate and nobody waits in the pool. */
async function allHandled(emails: number) {
  const look = async () => {
    const [row] = await sql`
      select (select count(*)::int from mail_received where fate is not null) as handled,
             (select count(*)::int from cases where agent_id is null and waiting_since is not null) as pool`
    return { handled: Number(row?.handled), pool: Number(row?.pool) }
  }
  await until(look, ({ handled, pool }) => handled >= emails && pool === 0, 600_000)
}

function part(sorted: number[], share: number) {
  return Math.round(sorted[Math.floor(sorted.length * share)] ?? 0)
}

function higher(a: Memory, b: Memory): Memory {
  return {
    node: Math.max(a.node, b.node),
    postgresPss: Math.max(a.postgresPss, b.postgresPss),
    postgresRss: Math.max(a.postgresRss, b.postgresRss),
  }
}

function mb(megabytes: number) {
  return `${megabytes.toFixed(0)} MB`
}
