import { createPrivateKey } from "node:crypto"
import { expect, test } from "vitest"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { composeReply } from "#emails/outgoing/compose.server.ts"
import { makeSigningKey, signed } from "#emails/outgoing/dkim.server.ts"
import { withLinksAt } from "#emails/outgoing/links.server.ts"

const token = "abcdefghijklmnopqrstuvwxyz"
const facesAt = (origin: string) => ({
  happy: `${origin}/r/${token}/happy`,
  ok: `${origin}/r/${token}/ok`,
  frown: `${origin}/r/${token}/frown`,
})

const write = (
  origin: string,
  text = "Ünder = the äpple tree",
  files: { filename: string; contentType: string; content: Buffer }[] = [],
) =>
  composeReply({
    ...{ messageId: "<1@desk.example>", inReplyTo: null, references: [], date: new Date(0), subject: "Your order" },
    from: { name: "Help", address: "help@desk.example" },
    replyTo: "help@desk.example",
    to: [{ name: "Dana", address: "dana@customer.example" }],
    ...{ cc: [], text, signature: "Bo\nHelp", faces: facesAt(origin), quote: null, marker: "", files },
  })

test.each([
  ["http://localhost:3000", "https://support.a-company-with-a-long-name.example"],
  ["http://localhost:3000", "https://d.example"],
  ["https://support.a-company-with-a-long-name.example:8443", "http://localhost:3000"],
])("a mail written with links at %s is as if it had been written with links at %s", async (from, to) => {
  const moved = withLinksAt(await write(from), from, to)
  const [there, written] = [await readEmail(moved), await readEmail(await write(to))]
  expect([there.text, there.html]).toEqual([written.text, written.html])
  expect(there.text).toContain(facesAt(to).frown)
  expect(
    moved
      .toString("latin1")
      .split("\r\n")
      .filter((line) => line.length > 76 && line.includes("/r/")),
  ).toEqual([])
})

test("attachments and words stay byte for byte, an address without a rating link behind it too", async () => {
  const [from, to] = ["http://localhost:3000", "https://desk.example"]
  const content = Buffer.from(Array.from({ length: 5000 }, (_, n) => n % 256))
  const text = `See http://localhost:3000/cases/1 = ${"lang ".repeat(60)}=3D=\n=`
  const files = [{ filename: "all.bin", contentType: "application/octet-stream", content }]
  const moved = await readEmail(withLinksAt(await write(from, text, files), from, to))
  expect(moved.text).toContain("http://localhost:3000/cases/1 = ")
  expect(moved.text).toBe((await readEmail(await write(to, text, files))).text)
  expect(moved.attachments.map(({ bytes }) => Buffer.compare(Buffer.from(bytes), content))).toEqual([0])
})

test("signatures that no longer fit are taken off, all of them, and no other line of the header", async () => {
  const { privatePem } = await makeSigningKey("rsa")
  const key = {
    domain: "desk.example",
    selector: "s1",
    algorithm: "rsa" as const,
    privateKey: createPrivateKey(privatePem),
  }
  const plain = await write("http://localhost:3000")
  const twice = signed(plain, [key, key], new Date(0))
  expect(twice.toString("latin1")).toMatch(/^DKIM-Signature:/im)
  const unsigned = withLinksAt(twice, "http://localhost:3000", "http://localhost:3000").toString("latin1")
  const head = (text: string) => text.slice(0, text.indexOf("\r\n\r\n"))
  expect(head(unsigned)).toBe(head(plain.toString("latin1")))
})
