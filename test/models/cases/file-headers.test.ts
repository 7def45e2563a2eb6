import { expect, test } from "vitest"
import { attachmentAs, fileHeaders, pictureType } from "#app/models/cases/file-headers.ts"

const bytes = (text: string) => new Uint8Array([...text].map((sign) => sign.charCodeAt(0)))

test("a file of a stranger's is bytes to save, under a policy that lets it do nothing", () => {
  expect(fileHeaders("a.html", null)).toEqual({
    "Content-Type": "application/octet-stream",
    "Content-Disposition": `attachment; filename="a.html"; filename*=UTF-8''a.html`,
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
  })
})
test("a picture may be looked at", () => {
  expect(fileHeaders("a.png", "image/png")).toMatchObject({
    "Content-Type": "image/png",
    "Content-Disposition": "inline",
  })
})

test.each([
  ["\x89PNG\r\n\x1a\nrest", "image/png"],
  ["\xff\xd8\xff\xe0", "image/jpeg"],
  ["GIF89a", "image/gif"],
  ["RIFF....WEBPVP8 ", "image/webp"],
  ["RIFF....WAVE", null],
  ["<svg onload=alert(1)>", null],
  ["<!doctype html>", null],
  ["%PDF-1.7", null],
  ["", null],
])("what begins with %j is %s", (start, type) => expect(pictureType(bytes(start))).toBe(type))

test.each([
  ['a"b\\c.pdf', "a_b_c.pdf"],
  ["a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie_ x=1.pdf"],
  ["../../etc/passwd", "_.._etc_passwd"],
  ["photo\u202Egpj.exe", "photogpj.exe"],
  ["a\u200B.php", "a.php"],
  ["nul\0.txt", "nul.txt"],
  ["", "file"],
  ["...", "file"],
])("the name %j cannot do anything", (name, safe) => expect(attachmentAs(name)).toContain(`filename="${safe}"`))

test("a name keeps its own letters beside the plain ones", () => {
  expect(attachmentAs("Übersicht 請求.pdf")).toBe(
    `attachment; filename="_bersicht __.pdf"; filename*=UTF-8''%C3%9Cbersicht%20%E8%AB%8B%E6%B1%82.pdf`,
  )
})
test("a very long name keeps its end, where its kind stands", () => {
  const header = attachmentAs(`${"x".repeat(5000)}.pdf`)
  expect(header.length).toBeLessThan(400)
  expect(header).toMatch(/\.pdf"/)
})
