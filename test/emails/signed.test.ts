import { expect, test } from "vitest"
import {
  marker,
  ourMessageId,
  readMarker,
  readOurMessageId,
  readReplyAddress,
  readReturnPath,
  replyAddress,
  returnPath,
} from "#emails/signed.server.ts"

const key = Buffer.alloc(32, 7)
const other = Buffer.alloc(32, 8)

test("a reply address names its mailbox and its case", () => {
  const address = replyAddress("help@desk.example", 1234, key)
  expect(address).toMatch(/^help\+c[0-9a-v]+\.[a-z2-7]{16}@desk\.example$/)
  expect(readReplyAddress(address, key)).toEqual({ mailbox: "help@desk.example", caseNumber: 1234 })
})

test("a mail server that shouts the address changes nothing", () => {
  const address = replyAddress("Help@desk.example", 7, key).toUpperCase()
  expect(readReplyAddress(address, key)).toEqual({ mailbox: "help@desk.example", caseNumber: 7 })
})

test("a reply address for another case, mailbox or key does not pass", () => {
  const address = replyAddress("help@desk.example", 7, key)
  expect(readReplyAddress(address.replace("+c7.", "+c8."), key)).toBeNull()
  expect(readReplyAddress(address.replace("help", "billing"), key)).toBeNull()
  expect(readReplyAddress(address, other)).toBeNull()
})

test("a return path is not a reply address, nor the other way round", () => {
  const path = returnPath("help@desk.example", 7, key)
  expect(readReturnPath(path, key)).toEqual({ mailbox: "help@desk.example", mailId: 7 })
  expect(readReplyAddress(path, key)).toBeNull()
  expect(readReplyAddress(path.replace("+b", "+c"), key)).toBeNull()
})

test("a mailbox with a tag of its own keeps it", () => {
  const address = replyAddress("help+eu@desk.example", 7, key)
  expect(readReplyAddress(address, key)?.mailbox).toBe("help+eu@desk.example")
})

test("a mailbox name that leaves no room for a token keeps its plain address", () => {
  const long = `${"a".repeat(60)}@desk.example`
  expect(replyAddress(long, 7, key)).toBe(long)
})

test("addresses without a token are nobody's", () => {
  for (const plain of ["help@desk.example", "help+news@desk.example", "", "@", "+c7.aaaaaaaaaaaaaaaa@x"])
    expect(readReplyAddress(plain, key)).toBeNull()
})

test("a Message-ID of ours is known, a forged one is told apart, a stranger's is neither", () => {
  const id = ourMessageId("a1b2", "desk.example", key)
  expect(id).toMatch(/^<da1b2\.[a-z2-7]{16}@desk\.example>$/)
  expect(readOurMessageId(id, key)).toEqual({ id: "a1b2" })
  expect(readOurMessageId(id.slice(1, -1), key)).toEqual({ id: "a1b2" })
  expect(readOurMessageId(id, other)).toBe("forged")
  expect(readOurMessageId("<da1b3.aaaaaaaaaaaaaaaa@desk.example>", key)).toBe("forged")
  expect(readOurMessageId("<CAF+x1@mail.gmail.com>", key)).toBeNull()
})

test("the marker is found inside quoted text, and only a genuine one", () => {
  const line = marker(99, key)
  expect(readMarker(`Thanks\n> > ${line}\n> more`, key)).toBe(99)
  expect(readMarker(`${marker(98, other)}\n${line}`, key)).toBe(99)
  expect(readMarker(marker(98, other), key)).toBeNull()
})
