import { ImapFlow } from "imapflow"
import SMTPConnection from "nodemailer/lib/smtp-connection"
import { expect, test } from "vitest"
import { certificateTrouble } from "#emails/certificate.ts"
import { troubleFrom } from "#emails/incoming/imap-trouble.ts"
import { failureOf } from "#emails/outgoing/smtp.server.ts"
import { anothers, authority, expired } from "#test/fixtures/certificate.ts"
import { startTls } from "#test/support/tls-server.ts"

const strict = { servername: "mail.desk.example", rejectUnauthorized: true }

/** What the library that sends, and the one that fetches, make of a server that shows this certificate. */
async function seen(shown: { key: string; cert: string }, trust: { ca?: string }) {
  const server = await startTls(shown)
  const { port } = server
  const here = { host: "127.0.0.1", port, secure: true, tls: { ...strict, ...trust } }
  const smtp = new SMTPConnection({ ...here, allowInternalNetworkInterfaces: true })
  const sending = await new Promise<Error>((failed) => smtp.on("error", failed).connect(() => {}))
  const imap = new ImapFlow({ ...here, auth: { user: "x", pass: "y" }, logger: false }).on("error", () => {})
  const fetching: unknown = await imap.connect().catch((error: unknown) => error)
  await server.close()
  return [failureOf(sending, false).words, troubleFrom(fetching).message]
}

test("an expired certificate, one for another name and one of an unknown signer are told apart, both ways", async () => {
  const trust = { ca: authority }
  const [old, name, unknown] = [await seen(expired, trust), await seen(anothers, trust), await seen(anothers, {})]
  const twice = (words: string) => [words, words]
  expect(old).toEqual(twice("The server's certificate has expired. Whoever runs the server must renew it."))
  expect(name).toEqual(
    twice("The server's certificate is for another name (mail.other.example). Is the server's name written right?"),
  )
  expect(unknown).toEqual(twice(expect.stringMatching(/^Who signed the server's certificate is not known here/)))
})

test.each([
  ["DEPTH_ZERO_SELF_SIGNED_CERT", /signed its certificate itself/],
  ["SELF_SIGNED_CERT_IN_CHAIN", /signed its certificate itself/],
  ["CERT_NOT_YET_VALID", /not valid yet/],
  ["ERR_TLS_CERT_ALTNAME_INVALID", /^The server's certificate is for another name\. /],
])("%s is told in words", (code, words) => {
  expect(certificateTrouble({ code: "ESOCKET", originalCode: code })).toMatch(words)
  expect(certificateTrouble(Object.assign(new Error("x"), { code }))).toMatch(words)
})

test.each([null, "x", new Error("x"), { code: "ECONNREFUSED" }, { code: "toString" }])("%j is none", (error) => {
  expect(certificateTrouble(error)).toBeNull()
})
