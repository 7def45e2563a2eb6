import { expect, inject, test } from "vitest"
import { startDovecot } from "#test/support/dovecot.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { typed } from "#test/support/imap-account.ts"
import {
  clearFolder,
  passphrase,
  type RunningDesk,
  rows,
  setUp,
  startDesk,
  throwawayFolder,
  until,
} from "#test/support/server.ts"
import { patience, sized } from "#test/support/sizes.ts"
import { endLeases, everyMailIsOneCase, stillWaiting } from "#test/support/stubborn.ts"

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

test("a desk killed again and again while it fetches puts every mail into exactly one case, then stops in time", {
  timeout: patience(180_000),
}, async () => {
  const mails = sized({ push: 200, night: 2000, release: 10_000 })
  const kills = sized({ push: 2, night: 20, release: 50 })
  const server = await startDovecot()
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  const dataDir = throwawayFolder()
  let desk: RunningDesk = await startDesk({ databaseUrl, dataDir })
  await setUp(desk)
  for (let number = 0; number < mails; number++) server.deliver(mail(number))
  await fetchHere(desk, server.port)
  for (let killed = 0; killed < kills; killed++) {
    const before = await inLedger(databaseUrl)
    await until(
      () => inLedger(databaseUrl),
      (now) => now > before,
      patience(40_000),
    )
    await pause(Math.random() * 50)
    await desk.kill()
    await endLeases(databaseUrl)
    desk = await startDesk({ databaseUrl, dataDir })
  }
  await until(
    () => inLedger(databaseUrl),
    (now) => now === mails,
    patience(60_000),
  )
  await until(
    () => stillWaiting(databaseUrl),
    (waiting) => waiting === 0,
    patience(60_000),
  )
  await everyMailIsOneCase(databaseUrl, mails)
  expect(await server.uidsIn("Done")).toHaveLength(mails)
  const started = Date.now()
  expect(await desk.stop()).toBe(0)
  expect(Date.now() - started).toBeLessThan(10_000)
  await server.stop()
  clearFolder(dataDir)
})

const inLedger = async (databaseUrl: string) =>
  (await rows<{ n: number }>(databaseUrl, "select count(*)::int as n from mail_received"))[0]?.n ?? 0

const mail = (number: number) =>
  [
    `From: Customer ${number} <c${number}@customer.example>`,
    "To: help@desk.example",
    `Subject: Matter ${number}`,
    `Message-ID: <matter-${number}@customer.example>`,
    "Date: Tue, 10 Mar 2026 12:00:00 +0100",
    "",
    `Please look at matter ${number}.`,
  ].join("\r\n")

/** As the admin does it on the settings page. */
async function fetchHere(desk: RunningDesk, port: number) {
  const headers = { origin: desk.url, "content-type": "application/x-www-form-urlencoded" }
  const post = (path: string, form: Record<string, string>, cookie = "") =>
    fetch(desk.url + path, {
      method: "POST",
      redirect: "manual",
      headers: { ...headers, cookie },
      body: new URLSearchParams(form),
    })
  const signedIn = await post("/sign-in", { email: "ann@desk.example", password: passphrase })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ")
  const done = await post("/settings/incoming/1", typed(port, { afterwards: "move", moveTo: "Done" }), cookie)
  expect(done.status).toBe(302)
}
