import { createPrivateKey } from "node:crypto"
import { dkimVerify } from "mailauth/lib/dkim/verify"
import { expect, test } from "vitest"
import { composeReply } from "#emails/outgoing/compose.server.ts"
import { type Algorithm, makeSigningKey, type SigningKey, signed } from "#emails/outgoing/dkim.server.ts"

const at = new Date("2026-03-10T11:00:00Z")
const domain = "desk.example"

async function keyPair(algorithm: Algorithm) {
  const { privatePem, publicKey } = await makeSigningKey(algorithm)
  const key: SigningKey = { domain, selector: algorithm, algorithm, privateKey: createPrivateKey(privatePem) }
  return { key, record: `v=DKIM1; k=${algorithm}; p=${publicKey}` }
}

/** The verdicts of another implementation, which finds the keys where DNS would have them. */
async function verdicts(raw: Buffer, records: Record<string, string>) {
  const resolver = async (name: string) => {
    const text = records[name.split(".")[0] ?? ""]
    if (!text) throw Object.assign(new Error("none"), { code: "ENOTFOUND" })
    return [[text]]
  }
  const { results } = await dkimVerify(raw, { resolver: resolver as never, curTime: at } as never)
  return results.map((one) => [Reflect.get(one, "algo"), one.status.result])
}

const reply = () =>
  composeReply({
    messageId: "<d1.aaaaaaaaaaaaaaaa@desk.example>",
    inReplyTo: "<1@customer.example>",
    references: ["<case.1@desk.example>", "<1@customer.example>"],
    date: at,
    from: { name: "Help – münchen", address: "help@desk.example" },
    replyTo: "help+c1.aaaaaaaaaaaaaaaa@desk.example",
    to: [{ name: "Dana", address: "dana@customer.example" }],
    cc: Array.from({ length: 12 }, (_, n) => ({ name: `Copy ${n}`, address: `copy${n}@customer.example` })),
    subject: "Re: Wo bleibt die Rechnung für März? ".repeat(4),
    text: "It is on its way.  \n\n\tTabs and   blanks\n.dots\n\n\n",
    signature: "Bo",
    faces: null,
    quote: null,
    marker: "Ref: c1.aaaaaaaaaaaaaaaa",
  })

test("our mail passes elsewhere, signed with both kinds of key at once", async () => {
  const [rsa, ed] = [await keyPair("rsa"), await keyPair("ed25519")]
  const mail = signed(await reply(), [rsa.key, ed.key], at)
  expect(await verdicts(mail, { rsa: rsa.record, ed25519: ed.record })).toEqual([
    ["rsa-sha256", "pass"],
    ["ed25519-sha256", "pass"],
  ])
})

test("signing adds lines before the mail and changes none of its bytes; the same moment gives the same signature", async () => {
  const { key } = await keyPair("rsa")
  const raw = await reply()
  const mail = signed(raw, [key], at)
  expect(mail.subarray(-raw.length).equals(raw)).toBe(true)
  expect(mail.equals(signed(raw, [key], at))).toBe(true)
  for (const line of mail.toString("latin1").split("\r\n\r\n")[0]!.split("\r\n")) expect(line.length).toBeLessThan(200)
})

test("nobody on the way can change or add what was signed: body, sender, a second Subject, a Reply-To where none was", async () => {
  const { key, record } = await keyPair("rsa")
  const raw = Buffer.from("From: help@desk.example\r\nSubject: Hi\r\nTo: dana@customer.example\r\n\r\nYes.\r\n")
  const mail = signed(raw, [key], at).toString("latin1")
  const verdict = async (text: string) => (await verdicts(Buffer.from(text, "latin1"), { rsa: record }))[0]?.[1]
  expect(await verdict(mail)).toBe("pass")
  expect(await verdict(mail.replace("Yes.", "No."))).not.toBe("pass")
  expect(await verdict(mail.replace("help@", "evil@"))).not.toBe("pass")
  for (const more of ["Subject: Other", "From: evil@x.example", "Reply-To: evil@x.example", "List-Unsubscribe: <x:y>"])
    expect(await verdict(mail.replace("\r\n\r\n", `\r\n${more}\r\n\r\n`))).not.toBe("pass")
  expect(await verdict(mail.replace("Subject: Hi", "Subject:   Hi "))).toBe("pass")
})

test.each(["", "\r\n\r\n\r\n", "one", " \t \r\nend \t\r\n\r\n", "a\tb  c\r\n \r\n"])(
  "a body of %j is signed as others read it",
  async (body) => {
    const { key, record } = await keyPair("ed25519")
    const raw = Buffer.from(`From: help@desk.example\r\nSubject: a\r\n\tb   c\r\n\r\n${body}`)
    expect(await verdicts(signed(raw, [key], at), { ed25519: record })).toEqual([["ed25519-sha256", "pass"]])
  },
)
