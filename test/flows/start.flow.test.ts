import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { connect, createServer } from "node:net"
import { join } from "node:path"
import { expect, inject, test } from "vitest"
import { apiOf } from "#test/support/api.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { sendMail } from "#test/support/mail.ts"
import { clearFolder, setUp, startDesk, throwawayFolder, until } from "#test/support/server.ts"

/** What a start that cannot work prints. */
const refusal = (options: Parameters<typeof startDesk>[0]) =>
  startDesk(options).then(
    async (desk) => {
      await desk.stop()
      return "it started"
    },
    (error: Error) => error.message,
  )

test("a wrong value in the environment is one clear line", async () => {
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  const words = (env: Record<string, string>) => refusal({ databaseUrl, env })
  expect(await words({ PORT: "eighty" })).toMatch(/^the desk ended with 1:\nPORT: must be a port from 0 to 65535\n$/)
  expect(await words({ MAIL_PORT: "70000" })).toMatch(/MAIL_PORT: must be a port/)
  expect(await words({ BASE_URL: "desk.example" })).toMatch(/BASE_URL: must be an address starting with http/)
  expect(await words({ SMTP_URL: "smtp://mail.example" })).toMatch(/SMTP_URL: needs BASE_URL/)
  expect(await words({ ROLE: "web,cook" })).toMatch(/ROLE: must be all, or any of web,mail,worker/)
  expect(await words({ SECRET: "short" })).toMatch(/SECRET: must be at least 32 characters/)
  expect(await words({ DATABASE_URL: "mysql://x" })).toMatch(/DATABASE_URL: must be an address starting with postgres/)
})

test("a busy port is named, with what to do", async () => {
  const busy = createServer().listen(0, "127.0.0.1")
  await new Promise((ready) => busy.once("listening", ready))
  const { port } = busy.address() as { port: number }
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  expect(await refusal({ databaseUrl, port })).toContain(`Port ${port} is in use. Set PORT or MAIL_PORT to a free one`)
  expect(await refusal({ databaseUrl, mailPort: port })).toContain(`Port ${port} is in use.`)
  busy.close()
})

test("what cannot be listened on is one line, said before any database is started", async () => {
  const busy = createServer().listen(0, "127.0.0.1")
  await new Promise((ready) => busy.once("listening", ready))
  const { port } = busy.address() as { port: number }
  const dataDir = throwawayFolder()
  const words = (env: Record<string, string>) => refusal({ dataDir, env })
  const line = (text: string) => new RegExp(`^the desk ended with 1:\n${text}[^\n]*\n$`)
  expect(await words({ PORT: String(port) })).toMatch(line(`Port ${port} is in use\\.`))
  expect(await words({ HOST: "192.0.2.1" })).toMatch(line("HOST: 192\\.0\\.2\\.1 is not an address of this machine"))
  expect(readdirSync(dataDir)).toEqual([])
  busy.close()
  clearFolder(dataDir)
})

test("a desk listens on an IPv6 address, with brackets or without, and knows its own mail door there", async () => {
  const desk = await startDesk({ databaseUrl: await freshDatabase(inject("clusterUrl")), env: { HOST: "[::1]" } })
  expect(desk.said()).toMatch(/Mail door\s+\[::1\]:\d+ \(SMTP\)/)
  expect(await (await fetch(`http://[::1]:${desk.port}/readyz`)).json()).toMatchObject({ mailDoor: "ok" })
  expect(await desk.stop()).toBe(0)
})

test("a data folder that cannot be written is named, with what to do", async () => {
  const folder = throwawayFolder()
  writeFileSync(join(folder, "a-file"), "")
  expect(await refusal({ dataDir: join(folder, "a-file") })).toMatch(
    /cannot be written .* Set DATA_DIR to one that can/,
  )
  clearFolder(folder)
})

test("a database that is not there is named without its password", async () => {
  const databaseUrl = inject("clusterUrl").replace(/upturn$/, "nowhere")
  const words = await refusal({ databaseUrl })
  expect(words).toMatch(/^the desk ended with 1:\n.*nowhere.*\n$/)
  expect(words).not.toContain(new URL(databaseUrl).password)
})

test("a desk that starts before its database waits for it", async () => {
  const real = new URL(await freshDatabase(inject("clusterUrl")))
  const relay = createServer((incoming) => {
    const onward = connect(Number(real.port), real.hostname)
    incoming.pipe(onward).pipe(incoming)
    for (const end of [incoming, onward]) end.on("error", () => end.destroy())
  })
  await new Promise<void>((ready) => relay.listen(0, "127.0.0.1", ready))
  const { port } = relay.address() as { port: number }
  await new Promise((closed) => relay.close(closed))
  const late = new URL(real)
  late.port = String(port)
  const starting = startDesk({ databaseUrl: late.href })
  await new Promise((done) => setTimeout(done, 2500))
  relay.listen(port, "127.0.0.1")
  const desk = await starting
  expect((await fetch(`${desk.url}/readyz`)).status).toBe(200)
  expect(await desk.stop()).toBe(0)
  relay.close()
})

test("a desk whose database goes away answers so, takes no mail, and goes on when it is back", async () => {
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  const desk = await startDesk({ databaseUrl })
  await setUp(desk)
  const name = new URL(databaseUrl).pathname.slice(1)
  const { default: postgres } = await import("postgres")
  const admin = postgres(databaseUrl.replace(name, "postgres"), { max: 1, onnotice: () => {} })
  await admin.unsafe(`alter database ${name} allow_connections false`)
  await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`

  expect((await fetch(`${desk.url}/readyz`)).status).toBe(503)
  const page = await fetch(`${desk.url}/sign-in`)
  expect([page.status, await page.text()]).toEqual([503, expect.stringMatching(/database/i)])
  await expect(sendMail(desk.mailPort, {})).rejects.toMatchObject({ responseCode: 451 })

  await admin.unsafe(`alter database ${name} allow_connections true`)
  await until(
    async () => (await fetch(`${desk.url}/readyz`)).status,
    (status) => status === 200,
    20_000,
  )
  await sendMail(desk.mailPort, {})
  const api = await apiOf(desk)
  await until(
    async () => (await api.get<{ data: unknown[] }>("/cases")).body.data.length,
    (count) => count === 1,
  )
  expect(await desk.stop()).toBe(0)
  await admin.end()
})

test("web, mail door and worker run apart on one database", async () => {
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  const dataDir = throwawayFolder()
  const [web, mail, worker] = await Promise.all(
    ["web", "mail", "worker"].map((ROLE) => startDesk({ databaseUrl, dataDir, env: { ROLE } })),
  )
  await setUp(web!)
  await sendMail(mail!.mailPort, {})
  const api = await apiOf(web!)
  await until(
    async () => (await api.get<{ data: { agent: unknown }[] }>("/cases")).body.data[0]?.agent,
    (agent) => agent !== undefined && agent !== null,
  )
  expect(await Promise.all([web, mail, worker].map((desk) => desk!.stop()))).toEqual([0, 0, 0])
})

test("the embedded database comes up below a folder others cannot enter, and again after a kill", async () => {
  const closed = throwawayFolder()
  const home = join(closed, "home")
  mkdirSync(home)
  chmodSync(home, 0o700)
  const first = await startDesk({ dataDir: join(home, "data") })
  await setUp(first)
  await first.kill()
  const second = await startDesk({ dataDir: join(home, "data") })
  expect(
    (
      await second.desk(
        "agent",
        "add",
        "--email",
        "bo@desk.example",
        "--name",
        "Bo",
        "--role",
        "agent",
        "--password",
        "another long passphrase",
      )
    ).code,
  ).toBe(0)
  expect(await second.stop()).toBe(0)
  clearFolder(closed)
})
