import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { EnvProblem, readEnv } from "#app/env.server.ts"
import { testCertificate } from "#test/fixtures/certificate.ts"

const folder = mkdtempSync(join(tmpdir(), "upturn-env-"))
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const MAIL_CERT = file("cert.pem", testCertificate.cert)
const MAIL_KEY = file("key.pem", testCertificate.key)

function problemOf(env: NodeJS.ProcessEnv) {
  try {
    readEnv(env)
  } catch (error) {
    if (error instanceof EnvProblem) return error.message
    throw error
  }
  return null
}

test("without a word the mail door speaks SMTP and offers no TLS", () => {
  expect(readEnv({ NODE_ENV: "test" })).toMatchObject({ MAIL_PROTOCOL: "smtp", certificate: null })
})

test("a certificate and its key are read when the desk starts", () => {
  expect(readEnv({ NODE_ENV: "test", MAIL_CERT, MAIL_KEY }).certificate).toEqual(testCertificate)
})

test("a certificate that cannot work is one line that names it", () => {
  expect(problemOf({ NODE_ENV: "test", MAIL_CERT })).toBe(
    "MAIL_KEY: MAIL_CERT and MAIL_KEY are set together or not at all",
  )
  const none = "/nowhere/cert.pem"
  expect(problemOf({ NODE_ENV: "test", MAIL_CERT: none, MAIL_KEY })).toBe(
    "MAIL_CERT: the file /nowhere/cert.pem cannot be read (ENOENT)",
  )
  const other = problemOf({ NODE_ENV: "test", MAIL_CERT, MAIL_KEY: file("other.pem", "no key") })
  expect(other).toMatch(/^MAIL_CERT: is no certificate that fits MAIL_KEY \(.+\)$/)
  expect(problemOf({ NODE_ENV: "test", MAIL_PROTOCOL: "uucp" })).toBe("MAIL_PROTOCOL: must be smtp or lmtp")
})
