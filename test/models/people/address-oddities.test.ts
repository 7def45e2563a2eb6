import { expect, test } from "vitest"
import { canonicalAddress } from "#app/models/people/address.ts"
import { parseAddresses } from "#emails/incoming/head.server.ts"

/** As written, and the only address it may ever be answered at; null: it is shown, and never answered. */
const odd: [string, string | null][] = [
  ['"Reyes, Dana" <dana@customer.example>', "dana@customer.example"],
  ["Dana (work) <dana@customer.example>", "dana@customer.example"],
  ["pete(his account)@silly.test(his host)", "pete@silly.test"],
  ["<@a.example,@b.example:dana@customer.example>", "dana@customer.example"],
  ['"dana reyes"@customer.example', null],
  ['"xclow3n@gmail.com x"@internal.example', null],
  ["dana@customer.example@evil.example", null],
  ["dana@@customer.example", null],
  ["DANA@CUSTOMER.EXAMPLE", "dana@customer.example"],
  ["dana@m\u00fcnchen.example", "dana@xn--mnchen-3ya.example"],
  ["d\u00e4n\u00e4@customer.example", "d\u00e4n\u00e4@customer.example"],
  ["da\u0308na@customer.example", "d\u00e4na@customer.example"],
  ["dana@[192.0.2.1]", null],
  ["dana", null],
  ["@customer.example", null],
  ["dana@", null],
  ["mailer-daemon", null],
  ["dana@customer..example", null],
  ["dana@-customer.example", null],
  ["dana@customer.example.", null],
  ["dana+tag@customer.example", "dana+tag@customer.example"],
  ["d.a.n.a@customer.example", "d.a.n.a@customer.example"],
  ["o'neil@customer.example", "o'neil@customer.example"],
  ["mailto:dana@customer.example", "dana@customer.example"],
  ['"dana@bank.example" <eve@evil.example>', "eve@evil.example"],
  ["dana@bank.example <eve@evil.example>", "eve@evil.example"],
  ["=?utf-8?q?dana=40bank.example?= <eve@evil.example>", "eve@evil.example"],
  ["=?utf-8?q?a=0D=0ABcc:_eve@evil.example?= <dana@customer.example>", "dana@customer.example"],
  [`${"a".repeat(65)}@customer.example`, null],
  [`a@${"b".repeat(260)}.example`, null],
  [`dana@${"b".repeat(63)}.example`, `dana@${"b".repeat(63)}.example`],
  [`dana@${"b".repeat(64)}.example`, null],
  ["dana@123.45", null],
  ["dana@0x7f.1", null],
  ["dana@192.0.2.1", null],
  ["dana@customer.example (Dana Reyes)", "dana@customer.example"],
  ["Dana Reyes dana@customer.example", "dana@customer.example"],
  ["<dana@customer.example", "dana@customer.example"],
  ["dana@customer.example>", null],
  ["<<dana@customer.example>>", "dana@customer.example"],
  ['"Dana\\" <evil@x.example>" <dana@customer.example>', "dana@customer.example"],
  ["dana @ customer.example", "dana@customer.example"],
  ["dana(@evil.example)@customer.example", "dana@customer.example"],
  ["dana@customer.example\u0000", "dana@customer.example"],
  ["dana\u200b@customer.example", null],
  ["dana@customer\u3002example", "dana@customer.example"],
  ["dana%evil.example@customer.example", "dana%evil.example@customer.example"],
  ["evil.example!dana@customer.example", "evil.example!dana@customer.example"],
  ["'dana@customer.example'", null],
  ["dana@customer.example:25", null],
]

for (const [written, answered] of odd)
  test(`${JSON.stringify(written.slice(0, 60))} is answered ${answered ? `at ${answered}` : "nowhere"}`, () => {
    const [first] = parseAddresses(written)
    expect(canonicalAddress(first?.address ?? "")).toBe(answered)
    expect(first?.name ?? "").not.toMatch(/[\r\n]/)
  })

test("a group without anybody in it is nobody", () => {
  for (const written of ["undisclosed-recipients:;", "<>", ""]) expect(parseAddresses(written)).toEqual([])
})

test("several addresses are several, however they are put together", () => {
  const count = (written: string) => parseAddresses(written).length
  expect(count("d@c.example, e@f.example")).toBe(2)
  expect(count("Team: d@c.example, e@f.example;")).toBe(2)
  expect(count("d@c.example;e@f.example")).toBe(2)
})
