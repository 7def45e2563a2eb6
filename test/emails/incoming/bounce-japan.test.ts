import { expect, test } from "vitest"
import { cameBack, notice } from "#test/fixtures/notice.ts"

const unknown = ["dana@customer.example 5.1.1 hard userunknown"]

test("au and EZweb", async () => {
  const au = `
Could not be delivered to: <dana@customer.example>
As their mailbox is full.`
  expect(await cameBack(notice("Mail System Error - Returned Mail", au, { From: "Postmaster@ezweb.example" }))).toEqual(
    ["dana@customer.example 5.2.2 soft mailboxfull"],
  )
  const ezweb = `
The user(s) account is disabled.

<dana@customer.example>: 550 user unknown`
  expect(
    await cameBack(notice("Mail System Error - Returned Mail", ezweb, { From: "Postmaster@ezweb.example" })),
  ).toEqual(unknown)
})

test("DoCoMo", async () => {
  const text = `
The original message was received at Fri, 26 Nov 2010 10:12:04 +0900
from desk.example [192.0.2.1]

   ----- The following addresses had permanent fatal errors -----
<dana@docomo.example>
    (reason: 550 Unknown user dana@docomo.example)`
  expect(await cameBack(notice("Returned mail: see transcript for details", text))).toEqual([
    "dana@docomo.example 5.1.1 hard userunknown",
  ])
})

test("Vodafone and SoftBank in Japanese", async () => {
  const text = `
次のあて先へのメッセージはエラーのため送信できませんでした。

送信先メールアドレスが見つかりません。

<dana@customer.example>`
  expect(await cameBack(notice("送信エラー", text))).toEqual(unknown)
})

test("Biglobe", async () => {
  const text = `
   ----- The following addresses had delivery problems -----
<dana@customer.example>

   ----- Non-delivered information -----
The number of messages in recipient's mailbox exceeded the local limit.`
  expect(await cameBack(notice("Returned mail:", text, { From: "postmaster@biglobe.example" }))).toEqual([
    "dana@customer.example 5.2.2 soft mailboxfull",
  ])
})

test("ActiveHunter", async () => {
  const text = `
This is an automatically generated notice.

  ----- The following addresses had permanent fatal errors -----

>>> dana@customer.example <dana@customer.example>

  ----- Transcript of session follows -----
550 sorry, no mailbox here by that name (#5.1.1 - chkusr)`
  expect(await cameBack(notice("FAILURE NOTICE :", text, { From: '"MAILER-DAEMON" <post@corp.example>' }))).toEqual(
    unknown,
  )
})

test("m-FILTER", async () => {
  const text = `
-------server message
550 5.1.1 unknown user <dana@customer.example>

-------SMTP command
DATA

-------original message`
  expect(
    await cameBack(
      notice("failure notice", text, { From: "Mail Administrator <root@mfilter.example>", "X-Mailer": "m-FILTER" }),
    ),
  ).toEqual(unknown)
})

test("a handset's picture message that came back", async () => {
  const text = `
Message to: <dana@customer.example>
Error: No valid recipients for this MM`
  expect(await cameBack(notice("Undeliverable Message", text, { From: "post_master@vtext.example" }))).toEqual(unknown)
})
