import { afterEach, expect, test } from "vitest"
import { changeImap, imapOfMailbox, removeImap, serverOf } from "#app/models/mail/imap-account.server.ts"
import { type ImapTyped, imapFormFrom } from "#app/models/mail/imap-form.ts"
import { claimAccount, noteProblem } from "#app/models/mail/imap-lease.server.ts"
import { tryFetching } from "#app/models/mail/imap-trial.server.ts"
import { action, loader } from "#app/routes/settings.incoming.$mailboxId.tsx"
import { db } from "#db/connection.server.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { ann, help, ida, later, noon } from "#test/fixtures/desk.ts"
import { accountNow, fetchHelp, typed } from "#test/support/imap-account.ts"
import { startImapScript } from "#test/support/imap-script.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"
import { viewer } from "#test/support/viewer.ts"

let close = async () => {}
afterEach(() => close())

const at = (request: Request) => ({ request, params: { mailboxId: String(help.id) }, context: {} })
const press = async (form: Record<string, string>, person: { id: number } = ida) =>
  action(at(await requestAs(person, `/settings/incoming/${help.id}`, { form })))
const wrongIn = (more: Partial<ImapTyped>) => {
  const read = imapFormFrom(typed(993, more))
  return "words" in read ? read.field : null
}

test("the form says which field cannot be", () => {
  expect(wrongIn({})).toBeNull()
  expect(wrongIn({ host: "not a host" })).toBe("host")
  expect(wrongIn({ port: "99999" })).toBe("port")
  expect(wrongIn({ host: "imap.example.com", security: "none" })).toBe("security")
  expect(wrongIn({ username: "" })).toBe("username")
  expect(wrongIn({ afterwards: "burn" })).toBe("afterwards")
  expect(wrongIn({ afterwards: "move", moveTo: "" })).toBe("moveTo")
  expect(wrongIn({ afterwards: "move", moveTo: "INBOX" })).toBe("moveTo")
  expect(wrongIn({ folder: "a\r\nb" })).toBe("folder")
  expect(wrongIn({ method: "oauth2", accessToken: "x", tokenUrl: "http://tokens.example/" })).toBe("tokenUrl")
})

test("the secret is sealed, and no page shows it again", async () => {
  await press(typed(143, { password: "open sesame" }))
  expect(String((await accountNow()).sealed)).not.toContain("open sesame")
  const page = await (await loader(at(await requestAs(ida, "/settings/incoming/1")))).text()
  expect(page).toContain('"hasSecret":true')
  expect(page).not.toMatch(/open sesame|sealed|leased/)
  expect((await serverOf(await accountNow(), null, noon)).secret).toEqual({ pass: "open sesame" })
})

test("a password that was given for one server is never sent to another typed in later", async () => {
  await fetchHelp(143, { password: "open sesame" })
  const answer = await press(typed(143, { host: "localhost", password: "" }))
  expect(answer.status).toBe(422)
  expect((await accountNow()).host).toBe("127.0.0.1")
})

test("only an admin sets a mailbox up to be fetched", async () => {
  const form = imapFormFrom(typed(143))
  if ("words" in form) throw new Error(form.words)
  expect(await changeImap(viewer(ann), help.id, form, noon)).toBe("not yours")
  expect(await removeImap(viewer(ann), help.id)).toBe("not yours")
  expect(await tryFetching(viewer(ann), help.id, noon)).toBe("not possible")
  expect((await thrown(press(typed(143), ann))).status).toBe(403)
  expect(await imapOfMailbox(help.id)).toBeNull()
})

test("trying it says what is there, and lets an account that was left alone go on", async () => {
  const server = await startImapScript({})
  close = server.close
  await fetchHelp(server.port, { afterwards: "move", moveTo: "Done" })
  await claimAccount("test")
  await noteProblem(await accountNow(), "test", "no", noon, noon)
  const tried = await tryFetching(viewer(ida), help.id, noon)
  const words = "Signed in. INBOX holds one mail; the folders are INBOX. The folder Done will be made."
  expect(tried).toEqual({ isGood: true, words })
  expect(await accountNow()).toMatchObject({ pausedAt: null, problem: null })
})

test("trying it says which folder is not there, and what the server refuses", async () => {
  const server = await startImapScript({})
  close = server.close
  await fetchHelp(server.port, { folder: "Support" })
  expect(await tryFetching(viewer(ida), help.id, noon)).toEqual({
    isGood: false,
    words: "Signed in, but there is no folder Support. There are INBOX.",
  })
  await server.close()
  expect(await tryFetching(viewer(ida), help.id, noon)).toEqual({
    isGood: false,
    words: "No mail server answered there. Are its name, port and encryption right?",
  })
})

test("when an account is given up on the admins hear of it by mail, once a day", async () => {
  await fetchHelp(143)
  await claimAccount("test")
  for (const minutes of [0, 5, 10])
    await noteProblem(await accountNow(), "test", "The server refused the sign-in.", later(minutes), later(minutes))
  const sent = await db.select().from(mailToSend)
  expect(sent.map(({ kind, subject }) => [kind, subject])).toEqual([
    ["notice", "Mail to help@desk.example is not fetched"],
  ])
})

test("a mailbox that is no longer fetched keeps what was fetched and loses its secret", async () => {
  await fetchHelp(143)
  expect((await press({ act: "remove" })).status).toBe(302)
  expect(await imapOfMailbox(help.id)).toBeNull()
})
