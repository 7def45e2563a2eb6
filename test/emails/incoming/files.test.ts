import { expect, test } from "vitest"
import { extensionOf } from "#emails/incoming/file-extension.ts"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { shownOn } from "#emails/incoming/referenced.ts"

const bytes = (text: string) => Buffer.from(text, "latin1")
const zip = (names: string) => bytes(`PK\x03\x04${"\0".repeat(26)}${names}`)

test("an unnamed file is called by what it is, whatever its mail says", () => {
  const binary = "application/octet-stream"
  expect(extensionOf(bytes("\x89PNG\r\n\x1a\n"), binary)).toBe("png")
  expect(extensionOf(bytes("\xff\xd8\xff\xe0"), "image/png")).toBe("jpg")
  expect(extensionOf(bytes("%PDF-1.7"), "text/plain")).toBe("pdf")
  expect(extensionOf(bytes("\0\0\0\x18ftypheic"), binary)).toBe("heic")
  expect(extensionOf(zip("[Content_Types].xml word/document.xml"), binary)).toBe("docx")
  expect(extensionOf(zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), binary)).toBe("ods")
  expect(extensionOf(zip("a.txt"), "application/x-zip-compressed")).toBe("zip")
  expect(extensionOf(bytes("\xd0\xcf\x11\xe0"), "application/vnd.ms-excel")).toBe("xls")
  expect(extensionOf(bytes('<?xml version="1.0"?>\n<svg xmlns="">'), binary)).toBe("svg")
  expect(extensionOf(bytes("BEGIN:VCARD"), binary)).toBe("vcf")
})

test("what its bytes do not tell, its type does, and plain words are a text", () => {
  expect(extensionOf(bytes("x"), "image/jpeg")).toBe("jpg")
  expect(extensionOf(bytes("x"), "message/rfc822")).toBe("eml")
  expect(extensionOf(Buffer.from("Où ça?"), "application/octet-stream")).toBe("txt")
  expect(extensionOf(bytes("\0\x01"), "application/octet-stream")).toBe("bin")
  expect(extensionOf(bytes(""), "application/x-what+ever")).toBe("bin")
})

test("a mail's unnamed picture without a type has the name of a picture", async () => {
  const raw =
    "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nwords\n--b\nContent-Type: application/octet-stream\n\nGIF89a\n--b--\n"
  expect((await readEmail(bytes(raw))).attachments).toMatchObject([{ filename: "attachment.gif" }])
})

test("a file is on the page when the page names its id or its address, however it writes them", () => {
  const isOnPage = shownOn(
    '<img src="cid:a@x"><img src=CID:b@x/><td background=\'cid:c%20d%40x\' style="background:url(cid:e@x)">' +
      '<img src="pictures/f.png?a=1&amp;b=2">',
  )
  const byId = ["a@x", "b@x", "c d@x", "e@x", "f@x", "a@", ""].map((contentId) => isOnPage({ contentId, location: "" }))
  expect(byId).toEqual([true, true, true, true, false, false, false])
  expect(isOnPage({ contentId: "", location: "pictures/f.png?a=1&b=2" })).toBe(true)
  expect(isOnPage({ contentId: "", location: "f.png" })).toBe(false)
})
