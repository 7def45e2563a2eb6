import { expect, test } from "vitest"
import { chipsOf } from "#app/models/cases/chips.ts"

const file = (filename: string, contentType: string, sha256 = filename, size = 1000) => ({
  ...{ filename, contentType, size, sha256 },
  inline: false,
})
const shown = (...files: ReturnType<typeof file>[]) => chipsOf(files).map(({ filename }) => filename)
const scan = file("scan.pdf", "application/pdf")

test("the signature of a signed mail is no file to open, whichever name the standard gives it", () => {
  expect(shown(scan, file("smime.p7s", "application/pkcs7-signature"))).toEqual(["scan.pdf"])
  expect(shown(scan, file("smime.p7s", "application/x-pkcs7-signature"))).toEqual(["scan.pdf"])
  expect(shown(scan, file("smime.p7s", "application/octet-stream"))).toEqual(["scan.pdf"])
  expect(shown(file("attachment.p7s", "application/pkcs7-signature"))).toEqual([])
  expect(shown(file("signature.asc", "application/pgp-signature"), scan)).toEqual(["scan.pdf"])
})

test("the signature of one of the files is a file to keep", () => {
  expect(shown(file("contract.pdf.p7s", "application/pkcs7-signature"))).toEqual(["contract.pdf.p7s"])
  expect(shown(scan, file("scan.pdf.sig", "application/pgp-signature"))).toEqual(["scan.pdf", "scan.pdf.sig"])
})

test("of a mail encrypted with PGP the part that only says so is left out, the sealed words are there", () => {
  const sealed = file("encrypted.asc", "application/octet-stream")
  expect(shown(file("attachment.asc", "application/pgp-encrypted"), sealed)).toEqual(["encrypted.asc"])
  expect(shown(file("attachment.asc", "application/pgp-encrypted"))).toEqual(["attachment.asc"])
})

test("an invitation that came twice is shown once, by its name", () => {
  const nameless = file("attachment.ics", "text/calendar", "same")
  expect(shown(nameless, file("invite.ics", "application/ics", "same"))).toEqual(["invite.ics"])
  expect(shown(file("invite.ics", "application/ics", "same"), nameless)).toEqual(["invite.ics"])
  expect(shown(nameless, file("invite.ics", "application/ics", "with a line end more", 1002))).toEqual(["invite.ics"])
  expect(shown(nameless, { ...nameless })).toEqual(["attachment.ics"])
  expect(shown(nameless)).toEqual(["attachment.ics"])
})

test("two invitations are two", () => {
  const [tuesday, friday] = [file("tuesday.ics", "text/calendar"), file("friday.ics", "text/calendar")]
  expect(shown(tuesday, friday)).toEqual(["tuesday.ics", "friday.ics"])
  for (const size of [400, 1000])
    expect(shown(file("attachment.ics", "text/calendar", "a", size), friday)).toEqual(["attachment.ics", "friday.ics"])
})

test("pictures shown in the text are not listed again", () => {
  expect(chipsOf([{ ...file("logo.png", "image/png"), inline: true }, scan])).toEqual([scan])
})
