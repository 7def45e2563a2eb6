import { expect, test } from "vitest"
import { cameBack, notice, report } from "#test/fixtures/notice.ts"

test("a report without a final recipient names the original, or the actual one", async () => {
  expect(
    await cameBack(
      report(`
Reporting-MTA: dns; mx.example

Original-Recipient: rfc822;dana@customer.example
Action: failed
Status: 5.1.1

X-Actual-Recipient: rfc822; eli@customer.example
Action: failed
Status: 5.2.2
`),
    ),
  ).toEqual(["dana@customer.example 5.1.1 hard userunknown", "eli@customer.example 5.2.2 soft mailboxfull"])
})

test("groups without blank lines between them are told apart by what comes again", async () => {
  expect(
    await cameBack(
      report(`
Reporting-MTA: dns; mx.example
Final-Recipient: rfc822; dana@customer.example
Action: failed
Status: 5.1.1
Final-Recipient: rfc822; eli@customer.example
Action: failed
Status: 5.7.1
`),
    ),
  ).toEqual(["dana@customer.example 5.1.1 hard userunknown", "eli@customer.example 5.7.1 soft policyviolation"])
})

test("fields in the order of PMDF, the original after the status, belong together", async () => {
  expect(
    await cameBack(
      report(`
Reporting-MTA: dns;mx.example

Action: failed
Status: 5.0.0 (recipient reached disk quota)
Original-recipient: rfc822;dana@customer.example
Final-recipient: rfc822;dana@ims-daemon
`),
    ),
  ).toEqual(["dana@customer.example 5.2.2 soft mailboxfull"])
})

test("a final recipient in X.400 gives way to the original", async () => {
  expect(
    await cameBack(
      report(`
Reporting-MTA: x400; mta mx in /ADMD= /C=WW/

Original-Recipient: rfc822; dana@customer.example
Final-Recipient: x400; /RFC-822=dana(a)customer.example/ADMD= /C=WW/
Action: failed
Diagnostic-Code: Reason 1 (Unable-To-Transfer); Diagnostic 0 (Unrecognised-ORName) user unknown
`),
    ),
  ).toEqual(["dana@customer.example 5.1.1 hard userunknown"])
})

test("relayed and expanded are no failures", async () => {
  expect(
    await cameBack(
      report(`
Final-Recipient: rfc822; dana@customer.example
Action: relayed
Status: 2.1.9

Final-Recipient: rfc822; all@customer.example
Action: expanded
Status: 2.0.0
`),
    ),
  ).toEqual(["auto"])
})

test("a delay is said to be one, and is never for good", async () => {
  expect(
    await cameBack(
      report(`
Final-Recipient: rfc822; dana@customer.example
Action: delayed
Status: 4.1.1
Diagnostic-Code: smtp; 450 4.1.1 user unknown
`),
    ),
  ).toEqual(["dana@customer.example 4.1.1 delayed userunknown"])
})

test("what was given up after days because the user is unknown is for good, whatever its first digit", async () => {
  expect(
    await cameBack(
      report(`
Final-Recipient: rfc822; dana@customer.example
Action: failed
Status: 4.1.1
Diagnostic-Code: smtp; 450 4.1.1 <dana@customer.example>: User unknown
`),
    ),
  ).toEqual(["dana@customer.example 4.1.1 hard userunknown"])
})

test("the server's answer makes a general status exact, by its own code or by its words", async () => {
  const said = (answer: string) =>
    report(`
Final-Recipient: rfc822; dana@customer.example
Action: failed
Status: 5.0.0
Diagnostic-Code: smtp; ${answer}
`)
  expect(await cameBack(said("550 5.1.1 no such user"))).toEqual(["dana@customer.example 5.1.1 hard userunknown"])
  expect(await cameBack(said("550 mailbox unavailable"))).toEqual(["dana@customer.example 5.1.1 hard userunknown"])
  expect(await cameBack(said("554 your mail looks like spam"))).toEqual([
    "dana@customer.example 5.7.1 soft spamdetected",
  ])
})

test("without a status the answer gives one", async () => {
  const said = (answer: string) =>
    report(`
Final-Recipient: rfc822; dana@customer.example
Action: failed
Diagnostic-Code: smtp; ${answer}
`)
  expect(await cameBack(said("452 4.2.2 over quota"))).toEqual(["dana@customer.example 4.2.2 soft mailboxfull"])
  expect(await cameBack(said("552 message size exceeds fixed limit"))).toEqual([
    "dana@customer.example 5.3.4 soft mesgtoobig",
  ])
  expect(await cameBack(said("550 the account has been suspended"))).toEqual([
    "dana@customer.example 5.2.1 soft suspend",
  ])
})

test("an address inside a server's name or a version is no status, and a server called antispam says nothing of spam", async () => {
  expect(
    await cameBack(
      report(`
Final-Recipient: rfc822; dana@customer.example
Action: failed
Status: 5.0.0
Diagnostic-Code: smtp; host antispam.customer.example[4.5.1.9] running Exim 4.92.3 said: 550 user unknown
`),
    ),
  ).toEqual(["dana@customer.example 5.1.1 hard userunknown"])
})

test("a report that a gateway packed into another mail is found", async () => {
  const packed = `
--b
Content-Type: message/rfc822

From: postmaster@mx.example
Content-Type: multipart/report; report-type=delivery-status; boundary=c

--c
Content-Type: message/delivery-status

Final-Recipient: rfc822;dana@customer.example
Action: failed
Status: 5.1.1

--c--
--b--`
  const head = { "Content-Type": "multipart/mixed; report-type=delivery-status; boundary=b" }
  expect(await cameBack(notice("Delivery Status Notification (Failure)", packed, head))).toEqual([
    "dana@customer.example 5.1.1 hard userunknown",
  ])
})

test("a report whose fields stand in the text is read as one", async () => {
  const text = `
This is a delivery failure notification.

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; dana@customer.example
Action: failed
Status: 5.4.4
Diagnostic-Code: smtp; Host or domain name not found`
  expect(await cameBack(notice("Undeliverable mail", text))).toEqual(["dana@customer.example 5.4.4 hard hostunknown"])
})

test("of a megabyte of recipients the first hundred are named", async () => {
  const group = (n: number) => `Final-Recipient: rfc822; dana${n}@customer.example\nAction: failed\nStatus: 5.1.1\n`
  const mail = report(Array.from({ length: 12_000 }, (_, n) => group(n)).join("\n"))
  expect(await cameBack(mail)).toHaveLength(100)
})
