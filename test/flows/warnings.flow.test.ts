import { expect, inject, test } from "vitest"
import { apiOf } from "#test/support/api.ts"
import { freePort } from "#test/support/free-port.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { sendMail } from "#test/support/mail.ts"
import { clearFolder, passphrase, rows, setUp, startDesk, until } from "#test/support/server.ts"

test("a mail server that is away is told wherever somebody looks, and once in the log", async () => {
  const [port, server] = [await freePort(), await freePort()]
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  const env = { SMTP_URL: `smtp://127.0.0.1:${server}`, BASE_URL: `http://localhost:${port}` }
  const desk = await startDesk({ databaseUrl, port, env })
  await setUp(desk)
  await rows(databaseUrl, "insert into settings (key, value, changed_at) values ('replies.undoSeconds', '0', now())")
  await sendMail(desk.mailPort, {})
  const api = await apiOf(desk)
  type Page = { data: { number: number; agent: unknown }[] }
  const { body } = await until(
    () => api.get<Page>("/cases"),
    ({ body }) => body.data[0]?.agent != null,
  )
  await api.post(`/cases/${body.data[0]?.number}/replies?now=1`, { agent: "ann@desk.example", text: "On its way" })

  type Ready = { warnings: { kind: string; words: string }[] }
  const ready = await until(
    async () => {
      const answer = await fetch(`${desk.url}/readyz`)
      return { ...((await answer.json()) as Ready), status: answer.status }
    },
    ({ warnings }) => warnings.length > 0,
  )
  expect(ready).toMatchObject({ status: 200, warnings: [{ kind: "server-away" }] })
  expect(ready.warnings[0]?.words).toMatch(/A mail server takes nothing at present: 1 email waits/)

  const line = `127.0.0.1:${server} takes no mail at present: 1 email waits`
  const doctor = await desk.desk("doctor", "--json")
  type Found = { kind?: string; ok: boolean; words: string; part: string }
  const found = JSON.parse(doctor.out) as Found[]
  expect([doctor.code, found.find(({ kind }) => kind === "server-away")?.words]).toEqual([
    1,
    expect.stringContaining(line),
  ])
  expect(found.find(({ part }) => part === "outgoing mail")?.words).toMatch(/does not answer/)
  expect(found.find(({ part }) => part === "mail leaves by")?.words).toBe(`127.0.0.1:${server} (1 mailbox)`)

  const form = new URLSearchParams({ email: "ann@desk.example", password: passphrase })
  const signedIn = await fetch(`${desk.url}/sign-in`, {
    ...{ method: "POST", body: form, redirect: "manual", headers: { origin: desk.url } },
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ")
  const page = async (path: string) => (await fetch(desk.url + path, { headers: { cookie } })).text()
  expect(await page("/cases")).toContain(`href="/sent?view=waiting">${line}</a>`)
  expect(await page("/settings/warnings")).toMatch(/tried again by themselves for 48 hours/)

  const said = () => desk.said().split(line).length - 1
  await until(
    async () => said(),
    (times) => times === 1,
  )
  await rows(databaseUrl, "update mail_to_send set failed_at = null, sent_at = now(), leased_until = null")
  await until(
    async () => desk.said(),
    (text) => text.includes(`Over: ${line}`),
  )
  expect(said()).toBe(2)
  expect(await desk.stop()).toBe(0)

  const again = await startDesk({ databaseUrl, dataDir: desk.dataDir, port, env })
  expect(again.said()).toContain(`Outgoing mail: 127.0.0.1:${server} (1 mailbox)\n`)
  expect(await again.stop()).toBe(0)
  clearFolder(desk.dataDir)
})
