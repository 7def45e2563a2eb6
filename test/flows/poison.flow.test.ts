import postgres from "postgres"
import { expect, inject, test } from "vitest"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { sendMail } from "#test/support/mail.ts"
import { clearFolder, rows, setUp, startDesk, throwawayFolder, until } from "#test/support/server.ts"

const subject = "The one that ends the desk"
const letter = (subject: string, id: string) => ({
  from: "Dana Reyes <dana@customer.example>",
  subject,
  text: "Where is it?\n",
  messageId: `<${id}@customer.example>`,
})

type Row = { fate: string | null; because: string; readers_ended: number }

test("an email in hand whenever the desk ends is set aside after the second time, with its original and a line for the admins", async () => {
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  const dataDir = throwawayFolder()
  const lock = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  let desk = await startDesk({ databaseUrl, dataDir })
  await setUp(desk)
  const mailNow = () =>
    rows<Row>(databaseUrl, "select fate, because, readers_ended from mail_received order by id limit 1").then(
      ([row]) => row,
    )

  // Whoever holds this table holds the desk with the email in its hands, as one that takes long would.
  const held = await lock.reserve()
  for (const time of [1, 2]) {
    await held`begin`
    await held`lock table participants in access exclusive mode`
    if (time === 1) await sendMail(desk.mailPort, letter(subject, "poison"))
    await until(
      () =>
        rows<{ n: number }>(
          databaseUrl,
          "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock'",
        ),
      ([row]) => (row?.n ?? 0) > 0,
    )
    // Longer than any email that is merely there by chance.
    await new Promise((done) => setTimeout(done, 5000))
    await desk.kill()
    await held`rollback`
    desk = await startDesk({ databaseUrl, dataDir })
    if (time === 1) continue
  }
  held.release()
  await lock.end()

  expect(await until(mailNow, (row) => row?.fate !== null)).toMatchObject({
    fate: "failed",
    because: "Could not be read: the desk crashed or hung while it was read",
    readers_ended: 2,
  })
  const [file] = await rows(databaseUrl, "select filename, content_type from attachments")
  expect(file).toMatchObject({ filename: "original.eml", content_type: "message/rfc822" })
  const notices = "select subject from mail_to_send where kind = 'notice'"
  expect(await rows(databaseUrl, notices)).toEqual([{ subject: "An email could not be read" }])
  await sendMail(desk.mailPort, letter("The next one", "next"))
  await until(
    () => rows<{ n: number }>(databaseUrl, "select count(*)::int as n from mail_received where fate = 'opened'"),
    ([row]) => row?.n === 1,
  )
  expect(await desk.stop()).toBe(0)
  clearFolder(dataDir)
})
