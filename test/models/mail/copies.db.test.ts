import { expect, test } from "vitest"
import { ledgerMail, rawMail } from "#app/models/mail/ledger.server.ts"
import { db } from "#db/connection.server.ts"
import { cases } from "#db/tables/cases.ts"
import { ida } from "#test/fixtures/desk.ts"
import { arrive, letter, storyOf } from "#test/support/arrive.ts"
import { viewer } from "#test/support/viewer.ts"

const id = "<one@customer.example>"
const words = "The blue one came broken. Can you send another?"
const banner = "CAUTION: This email came from outside the organization. Do not click links you do not know."
const footer = "_______________\nteam mailing list\nhttps://lists.desk.example/listinfo/team"
const plain = letter({ id, text: words })
const ways = {
  "a list's footer": letter({ id, text: `${words}\n\n${footer}` }),
  "a gateway's tag": letter({ id, subject: "[EXTERNAL] My order", text: words }),
  "a list's tag and stars": letter({ id, subject: "***SPAM*** [team] My order", text: words }),
  "a warning above it": letter({ id, text: `${banner}\n\n${words}` }),
  "both, and another width of lines": letter({
    id,
    text: `${banner}\n\n${words.replace(" Can", "\nCan")}\n\n${footer}`,
  }),
}

for (const [way, other] of Object.entries(ways))
  for (const [order, mails] of Object.entries({ after: [plain, other], before: [other, plain] }))
    test(`one email by two ways is one case: with ${way}, ${order} the bare one`, async () => {
      const [first, second] = [await arrive(mails[0]!), await arrive(mails[1]!)]
      expect(second).toMatchObject({ fate: "duplicate", caseNumber: first.caseNumber, copyOf: first.id })
      expect(await db.select().from(cases)).toHaveLength(1)
      expect((await storyOf(first.caseNumber!)).messages).toHaveLength(1)
    })

test("a banner on one copy and a footer on the other are one case", async () => {
  const first = await arrive(ways["a warning above it"])
  expect(await arrive(ways["a list's footer"])).toMatchObject({ fate: "duplicate", copyOf: first.id })
})

test("the second copy can be seen: linked from either, its bytes as they came", async () => {
  const first = await arrive(plain)
  const second = await arrive(ways["a list's footer"])
  expect((await ledgerMail(viewer(ida), first.id))?.copies).toEqual([second.id])
  expect((await ledgerMail(viewer(ida), second.id))?.row.copyOf).toBe(first.id)
  expect((await rawMail(viewer(ida), second.id))?.toString()).toContain("listinfo/team")
})

test("a copy with words or files of its own joins the case, so that nothing of it is lost", async () => {
  const first = await arrive(letter({ id, text: "Hello." }))
  const more = await arrive(letter({ id, text: "Hello. The blue one came broken, and I want my money back today." }))
  expect(more).toMatchObject({ fate: "joined", caseNumber: first.caseNumber })
  const file = [
    'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nHello.\r\n--b',
    'Content-Type: image/png; name="a.png"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--',
  ].join("\r\n")
  const withFile = await arrive(letter({ id }).replace("\r\n\r\nWhere is it?", `\r\n${file}`))
  expect(withFile).toMatchObject({ fate: "joined", caseNumber: first.caseNumber })
})

test("another sender, date or other words under the same id are another email", async () => {
  const first = await arrive(plain)
  for (const other of [
    letter({ id, text: words, from: "eve@evil.example" }),
    plain.replace("11:00:00", "11:00:01"),
    letter({ id, text: "Please send my money to another account." }),
    letter({ id, subject: "My account", text: words }),
  ]) {
    const row = await arrive(other)
    expect(row.fate).toBe("opened")
    expect(row.caseNumber).not.toBe(first.caseNumber)
  }
})

test("two emails whose header is too long to be read whole, and which differ behind that, are two", async () => {
  const endless = (end: string) =>
    letter({ id, text: "" }).replace("\r\n\r\n", `\r\nX-Long: ${"a ".repeat(600_000)}${end}\r\n\r\n`)
  expect((await arrive(endless("one"))).fate).toBe("opened")
  expect((await arrive(endless("two"))).fate).not.toBe("duplicate")
})
