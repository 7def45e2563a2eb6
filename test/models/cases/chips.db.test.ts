import { expect, test } from "vitest"
import { attachmentsOf } from "#app/models/cases/attachment.server.ts"
import { chipsOf } from "#app/models/cases/chips.ts"
import { ida } from "#test/fixtures/desk.ts"
import { arrive, letter } from "#test/support/arrive.ts"
import { viewer } from "#test/support/viewer.ts"

const calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Visit\r\nEND:VEVENT\r\nEND:VCALENDAR"

async function filesOf(type: string, text: string) {
  const { caseNumber } = await arrive(letter({ more: ["MIME-Version: 1.0", `Content-Type: ${type}`], text }))
  const files = await attachmentsOf(viewer(ida), caseNumber!)
  return { stored: files.map(({ filename }) => filename), shown: chipsOf(files).map(({ filename }) => filename) }
}

test("the seal of a signed mail is stored and not shown", async () => {
  const files = await filesOf(
    "multipart/signed; boundary=s; protocol=application/pkcs7-signature",
    "--s\r\n\r\nIt broke.\r\n--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nseal\r\n--s--\r\n",
  )
  expect(files).toEqual({ stored: ["smime.p7s"], shown: [] })
})

test("of a mail encrypted with PGP the sealed words are shown, not the part that says so", async () => {
  const files = await filesOf(
    "multipart/encrypted; boundary=s; protocol=application/pgp-encrypted",
    "--s\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--s\r\nContent-Type: application/octet-stream; name=encrypted.asc\r\n\r\nsealed\r\n--s--\r\n",
  )
  expect(files).toEqual({ stored: ["attachment.asc", "encrypted.asc"], shown: ["encrypted.asc"] })
})

test("an invitation that stands beside the text and as a file is shown once", async () => {
  const alternative = `--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nPlease come.\r\n--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n${calendar}\r\n--b--\r\n`
  const file = `--a\r\nContent-Type: application/ics; name=invite.ics\r\nContent-Disposition: attachment; filename=invite.ics\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(`${calendar}\r\n`).toString("base64")}\r\n--a--\r\n`
  const files = await filesOf("multipart/mixed; boundary=a", alternative + file)
  expect(files).toEqual({ stored: ["attachment.ics", "invite.ics"], shown: ["invite.ics"] })
})
