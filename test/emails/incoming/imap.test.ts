import { afterEach, expect, test } from "vitest"
import { openImap } from "#emails/incoming/imap.server.ts"
import { textPartsOf } from "#emails/incoming/imap-parts.ts"
import { leftBehind } from "#emails/incoming/left-behind.server.ts"
import { type Answers, startImapScript } from "#test/support/imap-script.ts"

let script: Awaited<ReturnType<typeof startImapScript>>
afterEach(() => script?.close())

async function open(answers: Answers, secret: { pass: string } | { accessToken: string } = { pass: "secret" }) {
  script = await startImapScript(answers)
  return openImap({ host: "127.0.0.1", port: script.port, security: "none", user: "help@desk.example", secret }, 1e6)
}

test("a mail the server stumbles on is no mail that is gone", async () => {
  const imap = await open({ FETCH: "* 1 FETCH (UID 1)\r\n# OK" })
  await imap.open("INBOX")
  await expect(imap.whole(1)).rejects.toThrow("The server would not hand a mail over.")
  await imap.close()
})

test("a line that breaks while mails are listed is no empty folder", async () => {
  const imap = await open({ SEARCH: "close" })
  await imap.open("INBOX")
  await expect(imap.above(0, 10)).rejects.toThrow()
  await imap.close()
})

test("a search the server refuses is no empty folder", async () => {
  const imap = await open({ SEARCH: "# NO not now" })
  await imap.open("INBOX")
  await expect(imap.above(0, 10)).rejects.toThrow("did not say which mails there are")
  await imap.close()
})

test("the last mail named for a range above it is not taken for a new one", async () => {
  const imap = await open({ SEARCH: "* SEARCH 1\r\n# OK" })
  await imap.open("INBOX")
  expect(await imap.above(1, 10)).toEqual([])
  await imap.close()
})

test("a refused sign-in is told in the server's words", async () => {
  const refused = await open({ LOGIN: "# NO [AUTHENTICATIONFAILED] Wrong door, friend" }).catch((error) => error)
  expect(refused).toMatchObject({
    isRefusedSignIn: true,
    message: "The server refused the sign-in: Wrong door, friend",
  })
})

test("an access token is shown as XOAUTH2 says it", async () => {
  const imap = await open(
    { CAPABILITY: "* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2\r\n# OK", AUTHENTICATE: "# OK in" },
    { accessToken: "a-token" },
  )
  const line = script.heard.find((one) => one.includes("AUTHENTICATE")) ?? ""
  const said = Buffer.from(line.split(" ").at(-1) ?? "", "base64").toString()
  expect(said).toBe("user=help@desk.example\x01auth=Bearer a-token\x01\x01")
  await imap.close()
})

test("a port nobody listens at is told as such", async () => {
  script = await startImapScript({})
  await script.close()
  const server = { host: "127.0.0.1", port: script.port, security: "none", user: "x", secret: { pass: "x" } } as const
  await expect(openImap(server, 1e6)).rejects.toThrow("Nothing listens at that server and port.")
})

test("TLS that was asked for is never done without", async () => {
  script = await startImapScript({})
  const server = { host: "127.0.0.1", port: script.port, user: "x", secret: { pass: "hidden" } } as const
  await expect(openImap({ ...server, security: "starttls" }, 1e6)).rejects.toThrow()
  expect(script.heard.join("\n")).not.toContain("hidden")
})

test("what stands for a large mail is the same to the byte each time it is made", () => {
  const head = Buffer.from(
    "From: a@b.example\r\nContent-Type: multipart/mixed;\r\n boundary=x\r\nSubject: =?utf-8?q?=C3=A9?=\r\n\r\n",
  )
  const texts = [{ part: "1", type: "text/plain", charset: "utf-8", encoding: "8bit", body: Buffer.from("hi") }]
  const make = () => leftBehind(head, texts, { size: 80 * 1024 * 1024, files: [{ name: "film.mp4", size: 1 }] })
  expect(make().equals(make())).toBe(true)
  const made = make().toString()
  expect(made.startsWith("From: a@b.example\r\nSubject: =?utf-8?q?=C3=A9?=\r\nMIME-Version: 1.0\r\n")).toBe(true)
  expect(made).not.toContain("boundary=x")
})

test("what a sender writes about a part starts no header field of ours", () => {
  const { texts, files } = textPartsOf({
    type: "multipart/mixed",
    childNodes: [
      {
        part: "1",
        type: "text/plain",
        parameters: { charset: "x\r\nBcc: evil@evil.example" },
        encoding: "8bit\r\n\r\nx",
      },
      {
        part: "2",
        type: "text/plain",
        disposition: "attachment",
        dispositionParameters: { filename: "notes.txt" },
        size: 5,
      },
    ],
  })
  expect(texts).toEqual([{ part: "1", type: "text/plain", charset: "xBcc:evilevil.example", encoding: "8bitx" }])
  expect(files).toEqual([{ name: "notes.txt", size: 5 }])
})
