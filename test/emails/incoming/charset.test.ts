import iconv from "iconv-lite"
import { expect, test } from "vitest"
import { decodeBytes, guess } from "#emails/incoming/charset.server.ts"
import { charsetNamed } from "#emails/incoming/charset-names.ts"
import { readEmail } from "#emails/incoming/parse.server.ts"

const latin1 = (text: string) => Buffer.from(text, "latin1")

test("a charset is known by every name that mail programs give it", () => {
  const named: Record<string, string> = {
    utf8: "utf-8",
    "UTF-8;": "utf-8",
    "'utf-8'": "utf-8",
    "charset=utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "cp-850": "cp850",
    "x-sjis": "shift_jis",
    "Windows-31J": "shift_jis",
    "ks_c_5601-1987": "euc-kr",
    "windows-874": "windows-874",
    "iso-8859-8-i": "iso-8859-8",
    ISO8859_1: "windows-1252",
    "x-cp1251": "windows-1251",
    "win-1251": "windows-1251",
    "utf-8*en": "utf-8",
    "ansi_x3.4-1968": "",
    macintosh: "macintosh",
    "x-mac-cyrillic": "maccyrillic",
    default: "",
    "unknown-8bit": "",
    "x-user-defined": "",
    "no such thing": "",
  }
  expect(Object.fromEntries(Object.keys(named).map((name) => [name, charsetNamed(name)]))).toEqual(named)
})

const written: [text: string, charsets: string][] = [
  ["Grüße aus Köln, schöne Woche", "windows-1252"],
  ["Café", "windows-1252"],
  ["Où est ma commande ? Déjà trois semaines, ça suffit…", "windows-1252"],
  ["¿Dónde está mi pedido? Mañana", "windows-1252"],
  ["It’s £20 – not 30°C © 2026 Müller", "windows-1252"],
  ["ÜBERGRÖSSE", "windows-1252"],
  ["Blåbærsyltetøy, äiti", "windows-1252"],
  ["Здравствуйте, где мой заказ? Спасибо", "windows-1251 koi8-r"],
  ["Re: ЗАКАЗ 12", "windows-1251 koi8-r"],
  ["Иван", "windows-1251 koi8-r"],
  ["Zażółć gęślą jaźń, proszę o zamówienie", "windows-1250 iso-8859-2"],
  ["Πού είναι η παραγγελία μου; Ευχαριστώ", "windows-1253"],
  ["שלום, איפה ההזמנה שלי", "windows-1255"],
  ["أين طلبي؟ شكرا جزيلا", "windows-1256"],
  ["คำสั่งซื้อของฉันอยู่ที่ไหน ขอบคุณ", "windows-874"],
  ["您好，我的订单在哪里？谢谢", "gb18030"],
  ["测试邮件", "gb18030"],
  ["您好，我的訂單在哪裡？謝謝", "big5"],
  ["주문이 어디에 있습니까? 감사합니다", "euc-kr"],
  ["ご注文の商品はどこですか。よろしくお願いします", "shift_jis euc-jp"],
  ["テスト", "shift_jis euc-jp"],
]

test("without a word about its charset, a text is read in the one in which it makes words", () => {
  const read = written.flatMap(([text, charsets]) =>
    charsets.split(" ").map((charset) => [charset, guess(iconv.encode(text, charset), "")]),
  )
  expect(read).toEqual(written.flatMap(([text, charsets]) => charsets.split(" ").map((charset) => [charset, text])))
})

test("a declaration that does not fit gives way, one that fits stands", () => {
  const russian = "Здравствуйте, где мой заказ?"
  expect(decodeBytes(iconv.encode(russian, "windows-1251"), "utf-8", "")).toBe(russian)
  expect(decodeBytes(iconv.encode(russian, "koi8-r"), "us-ascii", "")).toBe(russian)
  expect(decodeBytes(latin1("Ðóñ"), "iso-8859-1", "")).toBe("Ðóñ")
  expect(decodeBytes(latin1("\x8akoda"), "iso-8859-2", "")).toBe("Škoda")
})

test("one line in an older charset does not spoil the others", () => {
  const bytes = Buffer.concat([Buffer.from("Grüße — schön\n"), latin1("Gr\xfc\xdfe\n"), Buffer.from("ΑΒΓ\n")])
  expect(decodeBytes(bytes, "utf-8", "")).toBe("Grüße — schön\nGrüße\nΑΒΓ\n")
})

test("UTF-16 is read with and without its mark, declared or not", () => {
  for (const encoding of ["utf-16le", "utf-16be"])
    for (const mark of ["", "\ufeff"])
      for (const declared of ["utf-16", "UCS-2", ""])
        expect(decodeBytes(iconv.encode(`${mark}Where is it?`, encoding), declared, "")).toBe("Where is it?")
})

test("UTF-16 that does not say which end is first is told by its letters, and believed when it does", () => {
  const russian = "Здравствуйте, где мой заказ?"
  for (const encoding of ["utf-16le", "utf-16be"])
    for (const declared of ["utf-16", encoding])
      expect(decodeBytes(iconv.encode(russian, encoding), declared, "")).toBe(russian)
  expect(decodeBytes(iconv.encode("山田太郎", "utf-16le"), "utf-16le", "")).toBe("山田太郎")
})

test("there is no charset by whose name a text cannot be read", () => {
  const names = [...Object.keys(iconv.encodings ?? {}), "x-viscii", "vps", "x-mac-iceland", "cp28605", "tcvn-5712"]
  expect(names.length).toBeGreaterThan(400)
  for (const name of names) expect(decodeBytes(latin1("a\xe4\xc3"), name, "")).toMatch(/./)
})

test("charsets that switch by escapes are read, Microsoft's letters and half-width kana included", () => {
  expect(decodeBytes(latin1("\x1b$B%F%9%H-!\x1b(B \x1b(I1\x1b(B"), "iso-2022-jp", "")).toBe("テスト① ｱ")
  expect(decodeBytes(latin1("\x1b$B%F%9%H\x1b(B"), "us-ascii", "")).toBe("テスト")
  expect(decodeBytes(latin1("\x1b$)C\x0e>H3g\x0f!"), "iso-2022-kr", "")).toBe("안녕!".normalize())
  expect(decodeBytes(latin1("~{<:Ky2;S{~}~~"), "hz-gb-2312", "")).toBe("己所不欲~")
  expect(decodeBytes(latin1("Zwei Fr+APY-sche"), "unicode-1-1-utf-7", "")).toBe("Zwei Frösche")
})

test("a page that says what it is written in is believed when its mail says nothing", async () => {
  const page = iconv.encode('<meta charset="windows-1257"><p>Ačiū už žinutę', "windows-1257")
  const read = await readEmail(Buffer.concat([latin1("Content-Type: text/html\r\n\r\n"), page]))
  expect(read.text).toBe("Ačiū už žinutę")
  expect(read.html).toContain("Ačiū už žinutę")
})

test("UTF-8 under the name of ISO-8859-1, as careless programs send it, is read as what it is", async () => {
  const read = await readEmail(Buffer.from("Content-Type: text/plain; charset=iso-8859-1\r\n\r\nGrüße"))
  expect(read.text).toBe("Grüße")
})
