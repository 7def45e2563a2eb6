import { spawn } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, inject, test } from "vitest"
import { projectRoot } from "#db/place.server.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { builtDesk, clearFolder, rows, runDesk, secret, throwawayFolder, until } from "#test/support/server.ts"
import { patience, sized } from "#test/support/sizes.ts"

test("an import killed again and again goes on where it was, and every mail is there once", {
  timeout: patience(120_000),
}, async () => {
  const mails = sized({ push: 2000, night: 40_000, release: 400_000 })
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  const dataDir = throwawayFolder()
  const env = {
    PATH: process.env.PATH ?? "",
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    SECRET: secret,
    LOG_LEVEL: "warn",
  }
  const mailbox = ["--mailbox", "help@desk.example"]
  await runDesk(
    env,
    "setup",
    "--name",
    "Ann",
    "--email",
    "ann@desk.example",
    "--password",
    "a long enough passphrase",
    ...mailbox,
  )
  const file = join(dataDir, "history.mbox")
  writeFileSync(file, Array.from({ length: mails }, (_, number) => mailInMbox(number)).join(""))

  const inLedger = async () =>
    (await rows<{ n: number }>(databaseUrl, "select count(*)::int as n from mail_received"))[0]?.n ?? 0
  for (const part of [0.2, 0.5]) {
    const child = spawn(process.execPath, [builtDesk, "mail", "import", file, "--closed"], {
      env: { ...env, NODE_ENV: "test" },
      cwd: projectRoot,
    })
    await until(inLedger, (seen) => seen >= mails * part, patience(60_000))
    const ended = new Promise((done) => child.once("exit", done))
    child.kill("SIGKILL")
    await ended
  }
  const before = await inLedger()
  expect(before).toBeLessThan(mails)
  const { code, out } = await runDesk(env, "mail", "import", file, "--closed", "--json")
  expect(code).toBe(0)
  const counts = JSON.parse(out)
  expect(counts).toMatchObject({ files: 1, skipped: 0, problems: [] })
  expect(counts.taken).toBe(mails - before)
  expect(await inLedger()).toBe(mails)
  expect(await rows(databaseUrl, "select taken, attempts, finished_at is not null as finished from imports")).toEqual([
    { taken: mails, attempts: 3, finished: true },
  ])
  const unknown = await runDesk(env, "mail", "import", file, "--mailbox", "nobody@desk.example")
  expect(unknown).toMatchObject({ code: 1, out: "" })
  expect(unknown.err).toContain("There is no mailbox nobody@desk.example")
  clearFolder(dataDir)
})

function mailInMbox(number: number) {
  const head = [
    "From - Tue Mar 10 12:00:00 2026",
    `From: Customer ${number} <c${number}@customer.example>`,
    "To: help@desk.example",
    `Subject: Matter ${number}`,
    `Message-ID: <matter-${number}@customer.example>`,
    "",
  ]
  return `${head.join("\n")}\n${`Line of matter ${number}, long enough to be one.\n`.repeat(45)}\n`
}
