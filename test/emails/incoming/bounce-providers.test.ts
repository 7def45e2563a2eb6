import { expect, test } from "vitest"
import { cameBack, notice } from "#test/fixtures/notice.ts"

const gmail = { From: "Mail Delivery Subsystem <mailer-daemon@googlemail.com>" }

test("Gmail of old", async () => {
  const text = `
Delivery to the following recipient failed permanently:

     dana@customer.example

Technical details of permanent failure:
Google tried to deliver your message, but it was rejected by the server for the recipient domain customer.example by mx.customer.example. [192.0.2.7].

The error that the other server returned was:
550 5.1.1 <dana@customer.example>... User Unknown

----- Original message -----`
  expect(await cameBack(notice("Delivery Status Notification (Failure)", text, gmail))).toEqual([
    "dana@customer.example 5.1.1 hard userunknown",
  ])
})

test("Gmail of today, as a page", async () => {
  const page = `
<html><body><h2>Address not found</h2>
<p>Your message wasn't delivered to <b>dana@customer.example</b> because the address couldn't be found, or is unable to receive mail.</p>
<p>The response from the remote server was:</p>
<p>550 5.2.1 The email account that you tried to reach is inactive.</p></body></html>`
  const head = { ...gmail, "Content-Type": "text/html; charset=utf-8", "X-Failed-Recipients": "dana@customer.example" }
  expect(await cameBack(notice("Delivery Status Notification (Failure)", page, head))).toEqual([
    "dana@customer.example 5.2.1 soft suspend",
  ])
})

test("Gmail that is still trying", async () => {
  const text = `
This is an automatically generated Delivery Status Notification

THIS IS A WARNING MESSAGE ONLY.

YOU DO NOT NEED TO RESEND YOUR MESSAGE.

Delivery to the following recipient has been delayed:

     dana@customer.example

Message will be retried for 2 more day(s)`
  expect(await cameBack(notice("Delivery Status Notification (Delay)", text, gmail))).toEqual([
    "dana@customer.example 4.4.7 delayed expired",
  ])
})

test("a Google group that is not there", async () => {
  const text = `
Hello help@desk.example,

We're writing to let you know that the group you tried to contact (team) may not exist, or you may not have permission to post messages to the group.`
  const head = { ...gmail, "X-Failed-Recipients": "team@groups.example" }
  expect(await cameBack(notice("Undelivered: My order", text, head))).toEqual([
    "team@groups.example 5.7.1 soft rejected",
  ])
})

test("Yahoo", async () => {
  const text = `
Sorry, we were unable to deliver your message to the following address.

<dana@customer.example>:
Remote host said: 554 delivery error: dd Sorry your message to dana@customer.example cannot be delivered. This account has been disabled or discontinued [#102].

--- Below this line is a copy of the message.`
  expect(await cameBack(notice("Failure Notice", text))).toEqual(["dana@customer.example 5.2.1 soft suspend"])
})

test("AOL, which names its own people without their domain", async () => {
  const text = `
Your mail to the following recipients could not be delivered because they are not accepting mail from help@desk.example:
	dana`
  expect(await cameBack(notice("Mail Delivery Problem", text, { From: "MAILER-DAEMON@aol.example" }))).toEqual([
    "dana@aol.example 5.2.1 soft filtered",
  ])
})

test("GMX and 1&1", async () => {
  const text = `
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of
its recipients. This is a permanent error. The following address
failed:

"dana@customer.example":
SMTP error from remote server after RCPT command:
host: mx.customer.example
5.1.1 <dana@customer.example>... User Unknown`
  expect(await cameBack(notice("Mail delivery failed: returning message to sender", text))).toEqual([
    "dana@customer.example 5.1.1 hard userunknown",
  ])
})

test("Yandex, Mail.ru and their words", async () => {
  const text = `
Это письмо создано автоматически. Письмо не может быть доставлено:

dana@customer.example
Пользователь не найден`
  expect(await cameBack(notice("Недоставленное сообщение", text))).toEqual([
    "dana@customer.example 5.1.1 hard userunknown",
  ])
})

test("Zoho", async () => {
  const text = `
This message was created automatically by mail delivery software.
 A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.

dana@customer.example Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 <dana@customer.example>... User Unknown`
  expect(await cameBack(notice("Undelivered Mail Returned to Sender", text))).toEqual([
    "dana@customer.example 5.1.1 hard userunknown",
  ])
})

test("MessageLabs, McAfee and MailFoundry", async () => {
  const unknown = ["dana@customer.example 5.1.1 hard userunknown"]
  const messageLabs = `
This is the mail delivery agent at messagelabs.example.
I was unable to deliver your message to the following addresses:

dana@customer.example

Reason: 550 5.1.1 user unknown`
  expect(await cameBack(notice("Mail Delivery Failure", messageLabs))).toEqual(unknown)
  const mcAfee = `
--- The following addresses had delivery problems ---

<dana@customer.example>   (User unknown dana@customer.example)

--------------Returned Message Follows--------------`
  expect(await cameBack(notice("Delivery Status", mcAfee))).toEqual(unknown)
  const mailFoundry = `
Unable to deliver message to: <dana@customer.example>
Delivery failed for the following reason:
Server mx.customer.example[192.0.2.7] failed with: 550 <dana@customer.example> No such user here

This has been a permanent failure.  No further delivery attempts will be made.`
  expect(await cameBack(notice("Message delivery has failed", mailFoundry))).toEqual(unknown)
})

test("MailMarshal and InterScan", async () => {
  const mailMarshal = `
Your message:
   From:    help@desk.example
   Subject: My order

Could not be delivered because of

550 5.1.1 User unknown

The following recipients were affected:
    dana@customer.example`
  const unknown = ["dana@customer.example 5.1.1 hard userunknown"]
  expect(await cameBack(notice("Undeliverable Mail: My order", mailMarshal))).toEqual(unknown)
  const interScan = `
Sent <<< RCPT TO:<dana@customer.example>
Received >>> 550 5.1.1 <dana@customer.example>... user unknown

Unable to deliver message to <dana@customer.example>`
  expect(
    await cameBack(
      notice("Mail Delivery Error", interScan, { From: "InterScan MSS <post@corp.example>", "Return-Path": "<>" }),
    ),
  ).toEqual(unknown)
})

test("Amazon SES by way of SNS", async () => {
  const json = JSON.stringify({
    notificationType: "Bounce",
    bounce: {
      bounceType: "Permanent",
      bouncedRecipients: [
        {
          emailAddress: "dana@customer.example",
          action: "failed",
          status: "5.1.1",
          diagnosticCode: "smtp; 550 5.1.1 user unknown",
        },
        { emailAddress: "eli@customer.example", diagnosticCode: "smtp; 552 mailbox full" },
      ],
    },
  })
  const head = { From: "AWS Notifications <no-reply@sns.amazonaws.example>" }
  const both = ["dana@customer.example 5.1.1 hard userunknown", "eli@customer.example 5.2.2 soft mailboxfull"]
  expect(
    await cameBack(notice("AWS Notification Message", `${json}\n\n--\nIf you wish to stop receiving`, head)),
  ).toEqual(both)
  expect(
    await cameBack(notice("AWS Notification Message", JSON.stringify({ Type: "Notification", Message: json }), head)),
  ).toEqual(both)
})
