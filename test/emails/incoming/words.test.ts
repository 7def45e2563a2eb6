import iconv from "iconv-lite"
import { expect, test } from "vitest"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { decodeWords } from "#emails/incoming/words.server.ts"

const bytes = (text: string, charset: string) => iconv.encode(text, charset).toString("latin1")

test("a letter cut between two words is whole, whatever the words call their charset", () => {
  expect(decodeWords("=?utf8?Q?=E3=81?= =?UTF-8?Q?=82?=")).toBe("あ")
  expect(decodeWords("=?gb2312?B?xOM=?= =?GBK?B?usM=?=")).toBe("你好")
  expect(decodeWords("=?utf-8?Q?=F0=9F?=\t=?utf-8*en?B?mIA=?=")).toBe("😀")
  expect(decodeWords("=?utf-7?Q?+AOQ?= =?utf-7?Q?abc?=")).toBe("äabc")
  expect(decodeWords("=?windows-1251?Q?=CF=F0=E8?= =?iso-8859-1?Q?=E4?=")).toBe("Приä")
})

test("words made carelessly are read as they were meant", () => {
  const meant: Record<string, string> = {
    "=?utf-8?Q?a b c?=": "a b c",
    "=?utf-8?Q?never_closed": "never closed",
    "=?utf-8?Q?cut_off? and more": "cut off and more",
    "=?utf-8?Q?cut =?utf-8?Q?off?=": "cutoff",
    "=?utf-8?B?w6Q?=": "ä",
    "=?utf-8?B?w6Q=w6Q=?=": "ää",
    "=?utf-8?B?w6Q= w6Q=?=": "ää",
    "=?utf-8 ?Q?=C3=A4?=": "ä",
    "=?utf-8?Q?Why?=20not?=": "Why? not",
    "=??Q?=C3=A4?=": "ä",
    "=?NONE?q?=E4?=": "ä",
    "=?utf-8?Q?caf=E9?=": "café",
    '"=?utf-8?Q?J=C3=B6rg?="': '"Jörg"',
    "=?utf-8?X?=C3=A4?=": "=?utf-8?X?=C3=A4?=",
    "=?utf-8?Q?a?=12 and =?utf-8?Q?b?=": "a12 and b",
    "=?utf-8?Q?=3D=3Futf-8=3FQ=3FJ=3DC3=3DB6rg=3F=3D?=": "Jörg",
    "2 =? 3 or ?= 4": "2 =? 3 or ?= 4",
  }
  expect(Object.fromEntries(Object.keys(meant).map((word) => [word, decodeWords(word)]))).toEqual(meant)
})

test("letters that stand raw in a header are read like the text below it", async () => {
  const mail = (charset: string) =>
    bytes(
      `From: Žofie <zofie@customer.example>\r\nSubject: Příliš =?utf-8?Q?=C3=A4?=\r\n` +
        `Content-Type: text/plain; charset="${charset}"\r\n\r\nkůň`,
      "windows-1250",
    )
  const { subject, from, text } = await readEmail(Buffer.from(mail("windows-1250"), "latin1"))
  expect([subject, from[0]?.name, text]).toEqual(["Příliš ä", "Žofie", "kůň"])
})

test("without one to go by, raw letters are read in the charset in which they make words", () => {
  for (const charset of ["koi8-r", "windows-1251", "utf-8"])
    expect(decodeWords(bytes("Re: Мой заказ не пришёл", charset))).toBe("Re: Мой заказ не пришёл")
  expect(decodeWords(bytes("件名：注文について", "shift_jis"))).toBe("件名：注文について")
})

const named = async (disposition: string) => {
  const raw = `Content-Type: application/pdf\r\nContent-Disposition: attachment; ${disposition}\r\n\r\nx`
  return (await readEmail(Buffer.from(raw, "latin1"))).attachments[0]?.filename
}

test("a file's name is read in pieces, in any charset, in words, and raw", async () => {
  expect(await named("filename*0*=UTF-8''%E2%82; filename*1*=%AC; filename*2=.pdf")).toBe("€.pdf")
  expect(await named("filename*1*=%C5.pdf; filename*0*=koi8-r'ru'%C1")).toBe("ае.pdf")
  expect(await named("filename*=iso-2022-jp''%1B%24B%25F%259%25H%1B%28B.pdf")).toBe("テスト.pdf")
  expect(await named('filename="=?utf-8?Q?Rechnung_M=C3=A4rz.pdf?="')).toBe("Rechnung März.pdf")
  expect(await named('filename="=?utf-8?Q?Rechnung_M=C3?=\r\n =?utf-8?Q?=A4rz.pdf?="')).toBe("Rechnung März.pdf")
  expect(await named(`filename="${bytes("März.pdf", "utf-8")}"`)).toBe("März.pdf")
  expect(await named(`filename="${bytes("Счёт.pdf", "windows-1251")}"`)).toBe("Счёт.pdf")
  expect(await named("filename*=%E2%82%AC.pdf")).toBe("€.pdf")
})
