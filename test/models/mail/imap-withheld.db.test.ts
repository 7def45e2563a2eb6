import { asc } from "drizzle-orm"
import { afterEach, expect, test } from "vitest"
import { fetchNew } from "#app/models/mail/imap.server.ts"
import { serverOf } from "#app/models/mail/imap-account.server.ts"
import { claimAccount, letAccountGo } from "#app/models/mail/imap-lease.server.ts"
import { asideOf } from "#app/models/mail/imap-set-aside.server.ts"
import { db } from "#db/connection.server.ts"
import { mailBytes, mailToSend } from "#db/tables/mail.ts"
import { openImap } from "#emails/incoming/imap.server.ts"
import { help, later, noon } from "#test/fixtures/desk.ts"
import { letter } from "#test/support/arrive.ts"
import { fetchHelp, marks } from "#test/support/imap-account.ts"
import { startImapFolder } from "#test/support/imap-folder.ts"

let server: Awaited<ReturnType<typeof startImapFolder>>
afterEach(() => server.close())

async function visit(at = noon) {
  const account = await claimAccount("test")
  if (!account) throw new Error("the account is not free")
  try {
    const imap = await openImap(await serverOf(account, null, at), 1e6)
    return await fetchNew(imap, account, "test", () => at).finally(() => imap.close())
  } finally {
    await letAccountGo(account.mailboxId, "test")
  }
}
const subjects = async () =>
  (await db.select().from(mailBytes).orderBy(asc(mailBytes.mailId))).map(
    ({ raw }) => /^Subject: (.*)\r$/m.exec(raw.toString())?.[1],
  )
const three = () => ["One", "Two", "Three"].map((subject) => letter({ subject }))

for (const [how, answer] of Object.entries({
  "answers OK without data": "# OK done",
  "refuses it": "# NO Server error while fetching messages",
  "calls it bad": "# BAD what",
  "has NIL for it": "* 2 FETCH (UID 2 BODY[] NIL)\r\n# OK",
  "has nothing in it": '* 2 FETCH (UID 2 BODY[] "")\r\n# OK',
}))
  test(`an email whose server ${how} is set aside, the others come, and it is tried until it comes too`, async () => {
    server = await startImapFolder(three(), { 2: answer })
    await fetchHelp(server.port)
    expect(await visit()).toBe("The server does not hand over one email; the others come as ever.")
    expect(await subjects()).toEqual(["One", "Three"])
    expect(await marks()).toMatchObject([{ lastUid: 3 }])
    expect(await asideOf([help.id])).toMatchObject([{ uid: 2, folder: "INBOX", tries: 1, since: noon }])
    await visit(later(0.5))
    expect(await asideOf([help.id])).toMatchObject([{ tries: 1 }])
    await visit(later(2))
    expect(await asideOf([help.id])).toMatchObject([{ tries: 2 }])
    server.mend()
    expect(await visit(later(60))).toBeNull()
    expect(await subjects()).toEqual(["One", "Three", "Two"])
    expect(await asideOf([help.id])).toEqual([])
  })

test("an email over which the server hangs up is passed over after a few times", async () => {
  server = await startImapFolder(three(), { 2: "close" })
  await fetchHelp(server.port)
  for (const minutes of [0, 1, 2]) await expect(visit(later(minutes))).rejects.toThrow()
  await visit(later(2.1))
  expect(await subjects()).toEqual(["One", "Three"])
  expect(await asideOf([help.id])).toMatchObject([{ uid: 2, tries: 3 }])
})

test("the admins are written to when it does not come for a while, once", async () => {
  server = await startImapFolder(three(), { 2: "# NO never" })
  await fetchHelp(server.port)
  for (const minutes of [0, 2, 6, 12, 30, 60]) await visit(later(minutes))
  const told = await db.select().from(mailToSend)
  expect(told.map(({ subject }) => subject)).toEqual(["An email to help@desk.example could not be fetched"])
  expect(told[0]?.rendered.toString()).toContain("never")
})

test("an email that is gone by the next try is asked for no more", async () => {
  server = await startImapFolder(three(), { 2: "# NO never" })
  await fetchHelp(server.port)
  await visit()
  server.remove(2)
  expect(await visit(later(5))).toBeNull()
  expect(await asideOf([help.id])).toEqual([])
})

test("sizes the server will not tell of all at once are asked one by one", async () => {
  server = await startImapFolder(three(), {}, { refusesSizesWith: 2 })
  await fetchHelp(server.port)
  await visit()
  expect(await subjects()).toEqual(["One", "Two", "Three"])
})

test("a server without UIDVALIDITY is told of in words, one without UIDNEXT is fetched", async () => {
  server = await startImapFolder(three(), {}, { selected: "* OK [UIDNEXT 4] ok" })
  await fetchHelp(server.port)
  await expect(visit()).rejects.toThrow("it tells no UIDVALIDITY")
  await server.close()
  server = await startImapFolder(three(), {}, { selected: "* OK [UIDVALIDITY 7] ok" })
  await fetchHelp(server.port, { fromStart: "" }, later(60 * 24 * 365 * 20))
  await visit()
  expect(await marks()).toMatchObject([{ lastUid: 3 }])
})
