import { asc } from "drizzle-orm"
import { afterEach, expect, test } from "vitest"
import { fetchNew } from "#app/models/mail/imap.server.ts"
import { serverOf } from "#app/models/mail/imap-account.server.ts"
import { claimAccount, letAccountGo } from "#app/models/mail/imap-lease.server.ts"
import { receiveNext } from "#app/models/mail/receive.server.ts"
import { db } from "#db/connection.server.ts"
import { cases, messages } from "#db/tables/cases.ts"
import { mailBytes, mailReceived } from "#db/tables/mail.ts"
import { type Imap, openImap } from "#emails/incoming/imap.server.ts"
import { help, noon } from "#test/fixtures/desk.ts"
import { letter } from "#test/support/arrive.ts"
import { startDovecot } from "#test/support/dovecot.ts"
import { accountNow, fetchHelp, marks } from "#test/support/imap-account.ts"
import { startTokens } from "#test/support/tokens.ts"

type Server = Awaited<ReturnType<typeof startDovecot>>
let server: Server
afterEach(() => server.stop())

const kept = () => db.select().from(mailReceived).orderBy(asc(mailReceived.id))
const large = 36 * 1024 * 1024

/** One visit as the worker makes it; `change` stands between it and the server. */
async function visit(change: (imap: Imap) => Partial<Imap> = () => ({})) {
  const account = await claimAccount("test")
  if (!account) throw new Error("the account is not free")
  const imap = await openImap(await serverOf(account, null, noon), 35 * 1024 * 1024)
  try {
    return await fetchNew({ ...imap, ...change(imap) }, account, "test", () => noon)
  } finally {
    await imap.close()
    await letAccountGo(account.mailboxId, "test")
  }
}

test("what lies in the folder comes in byte by byte, for the mailbox it is fetched for", async () => {
  server = await startDovecot()
  await fetchHelp(server.port)
  const raw = Buffer.from(`${letter({ to: "someone@elsewhere.example" })}\r\n\xe9\x80\xff\r\n`, "latin1")
  server.deliver(raw)
  await visit()
  expect(await kept()).toMatchObject([{ via: "imap", envelopeFrom: "", envelopeTo: [help.address], size: raw.length }])
  expect((await db.select().from(mailBytes))[0]?.raw.equals(raw)).toBe(true)
})

test("a mail somebody has read elsewhere is fetched all the same", async () => {
  server = await startDovecot()
  await fetchHelp(server.port)
  server.deliver(letter(), { seen: true })
  await visit()
  expect(await kept()).toHaveLength(1)
})

test("a second visit fetches only what is new, in the order it came", async () => {
  server = await startDovecot()
  await fetchHelp(server.port)
  server.deliver(letter({ subject: "One" }))
  await visit()
  server.deliver(letter({ subject: "Two" }))
  server.deliver(letter({ subject: "Three" }))
  const asked: number[] = []
  const whole = (imap: Imap, uid: number) => {
    asked.push(uid)
    return imap.whole(uid)
  }
  await visit((imap) => ({ whole: (uid) => whole(imap, uid) }))
  expect(asked).toEqual([2, 3])
  expect(await kept()).toHaveLength(3)
  expect(await marks()).toMatchObject([{ folder: "INBOX", lastUid: 3 }])
})

test("what was there before it was set up stays there, unless it is asked for", async () => {
  server = await startDovecot()
  const before = new Date(Date.now() - 3_600_000)
  server.deliver(letter({ subject: "Old" }), { at: before })
  await fetchHelp(server.port, { fromStart: "" }, new Date(Date.now() - 60_000))
  server.deliver(letter({ subject: "Came before the first visit" }))
  await visit()
  expect(await kept()).toHaveLength(1)
  expect((await db.select().from(mailBytes))[0]?.raw.toString()).toContain("Came before the first visit")
})

test("a line cut before the commit loses nothing, and one cut after it doubles nothing", async () => {
  server = await startDovecot()
  await fetchHelp(server.port, { afterwards: "flag" })
  server.deliver(letter())
  const cut = async () => Promise.reject(new Error("the line is gone"))
  await expect(visit(() => ({ whole: cut }))).rejects.toThrow("gone")
  expect(await kept()).toHaveLength(0)
  await expect(visit(() => ({ flag: cut }))).rejects.toThrow("gone")
  expect(await kept()).toHaveLength(1)
  expect(await marks()).toMatchObject([{ lastUid: 0 }])
  await visit()
  expect(await kept()).toHaveLength(1)
  expect(await marks()).toMatchObject([{ lastUid: 1 }])
})

test("a mailbox made anew under another UIDVALIDITY is read again and doubles nothing", async () => {
  server = await startDovecot()
  await fetchHelp(server.port)
  const mails = ["One", "Two", "Three"].map((subject) => letter({ subject }))
  for (const mail of mails) server.deliver(mail)
  await visit()
  const [before] = await marks()
  await server.recreate()
  for (const mail of [...mails].reverse()) server.deliver(mail)
  server.deliver(letter({ subject: "Four" }))
  await visit()
  const [after] = await marks()
  expect(after?.uidValidity).not.toBe(before?.uidValidity)
  expect(await kept()).toHaveLength(4)
  while (await receiveNext("test", () => noon));
  expect(await db.select().from(cases)).toHaveLength(4)
})

test("a thread that lay on the server during an outage, its answers first, is one case", async () => {
  server = await startDovecot()
  await fetchHelp(server.port)
  const id = (n: number) => `<outage${n}@customer.example>`
  for (const n of [5, 4, 3, 2, 1, 0])
    server.deliver(letter({ id: id(n), text: `Words ${n}`, more: n > 0 ? [`In-Reply-To: ${id(n - 1)}`] : [] }))
  await visit()
  const work = async (name: string) => {
    while (await receiveNext(name, () => noon));
  }
  await Promise.all(["a", "b", "c"].map(work))
  expect(await db.select().from(cases)).toHaveLength(1)
  const said = await db.select().from(messages).orderBy(asc(messages.id))
  expect(said.map(({ rfcMessageId }) => rfcMessageId)).toEqual([0, 1, 2, 3, 4, 5].map(id))
})

test("a mail is flagged or moved only once it is committed", async () => {
  server = await startDovecot()
  await fetchHelp(server.port, { afterwards: "move", moveTo: "Done" })
  server.deliver(letter())
  const atMove: number[] = []
  const move = async (imap: Imap, uid: number, path: string) => {
    atMove.push((await kept()).length)
    return imap.move(uid, path)
  }
  await visit((imap) => ({ move: (uid, path) => move(imap, uid, path) })).then((problem) =>
    expect(problem).toBe("The server would not move a mail to Done."),
  )
  expect(atMove).toEqual([1])
  expect(await server.uidsIn("INBOX")).toEqual([1])
  const imap = await openImap(server.account, 1e6)
  await imap.makeFolder("Done")
  await imap.close()
  server.deliver(letter())
  expect(await visit()).toBeNull()
  expect(await server.uidsIn("INBOX")).toEqual([1])
  expect(await server.uidsIn("Done")).toHaveLength(1)
})

test("what the server refuses to do with one mail keeps the next from nothing", async () => {
  server = await startDovecot()
  await fetchHelp(server.port, { afterwards: "flag" })
  for (const subject of ["One", "Two"]) server.deliver(letter({ subject }))
  expect(await visit(() => ({ flag: async () => "The server would not flag a mail." }))).toContain("would not flag")
  expect(await kept()).toHaveLength(2)
})

test("a mail taken out of the folder meanwhile is passed over", async () => {
  server = await startDovecot()
  await fetchHelp(server.port)
  for (const subject of ["Goes", "Stays"]) server.deliver(letter({ subject }))
  const other = await openImap(server.account, 1e6)
  await other.makeFolder("Elsewhere")
  await other.open("INBOX")
  const whole = async (imap: Imap, uid: number) => {
    if (uid === 1) await other.move(1, "Elsewhere")
    return imap.whole(uid)
  }
  await visit((imap) => ({ whole: (uid) => whole(imap, uid) }))
  await other.close()
  expect(await kept()).toHaveLength(1)
  expect(await marks()).toMatchObject([{ lastUid: 2 }])
})

test("a mail larger than the desk takes is a case that says so, with its text and the names of its files", async () => {
  server = await startDovecot()
  await fetchHelp(server.port)
  const line = `${"A".repeat(76)}\r\n`
  const film = line.repeat(Math.ceil(large / line.length))
  const mail = letter({
    more: ["MIME-Version: 1.0", 'Content-Type: multipart/mixed; boundary="x"'],
    text: [
      "--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n",
      "Gr=FC=DFe, see the film.\r\n--x",
      'Content-Type: video/mp4; name="film.mp4"\r\nContent-Transfer-Encoding: base64\r\n',
      `${film}--x--\r\n`,
    ].join("\r\n"),
  })
  server.deliver(mail)
  await visit()
  const [row] = await kept()
  expect(row?.size).toBe(mail.length)
  expect((await db.select().from(mailBytes))[0]?.raw.length).toBeLessThan(10_000)
  while (await receiveNext("test", () => noon));
  const [message] = await db.select().from(messages)
  expect(message?.text).toContain("A message of 36 MB, left in the mailbox")
  expect(message?.text).toContain("film.mp4")
  expect(message?.text).toContain("Grüße, see the film.")
  expect(message?.marks).toEqual([{ kind: "left on server", words: "A message of 36 MB, left in the mailbox" }])
  await server.recreate()
  server.deliver(mail)
  await visit()
  expect(await kept()).toHaveLength(1)
})

test("another folder begins anew, the same one goes on", async () => {
  server = await startDovecot()
  server.deliver(letter())
  await fetchHelp(server.port)
  await visit()
  await fetchHelp(server.port, { afterwards: "flag", password: "" })
  expect(await marks()).toHaveLength(1)
  expect((await accountNow()).sealed).not.toBeNull()
  await fetchHelp(server.port, { folder: "Other", password: "" })
  expect(await marks()).toHaveLength(0)
})

test("an access token is taken by a server that asks another one about it", async () => {
  const tokens = await startTokens()
  server = await startDovecot({ tokenInfo: tokens.info })
  await fetchHelp(server.port, { method: "oauth2", password: "", accessToken: tokens.good })
  server.deliver(letter())
  await visit()
  expect(await kept()).toHaveLength(1)
  await fetchHelp(server.port, { method: "oauth2", password: "", accessToken: "withdrawn" })
  await expect(visit()).rejects.toMatchObject({ isRefusedSignIn: true })
  await tokens.close()
})

test("an access token past its time is renewed, and the new one kept", async () => {
  const tokens = await startTokens()
  server = await startDovecot({ tokenInfo: tokens.info })
  const renewal = { refreshToken: "again", clientId: "desk", clientSecret: "of-the-desk", tokenUrl: tokens.renewal }
  await fetchHelp(server.port, { method: "oauth2", password: "", accessToken: "", ...renewal })
  server.deliver(letter())
  await visit()
  expect(await kept()).toHaveLength(1)
  expect(tokens.asked).toEqual([
    "grant_type=refresh_token&refresh_token=again&client_id=desk&client_secret=of-the-desk",
  ])
  expect((await serverOf(await accountNow(), null, noon)).secret).toEqual({ accessToken: tokens.good })
  expect(String((await accountNow()).sealed)).not.toContain(tokens.good)
  await visit()
  expect(tokens.asked).toHaveLength(1)
  await tokens.close()
})
