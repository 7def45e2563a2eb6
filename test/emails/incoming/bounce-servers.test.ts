import { expect, test } from "vitest"
import { cameBack, notice } from "#test/fixtures/notice.ts"

test("qmail", async () => {
  const text = `
Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<dana@customer.example>:
192.0.2.7 does not like recipient.
Remote host said: 550 5.1.1 unknown user
Giving up on 192.0.2.7.

<eli@elsewhere.example>:
I'm not going to try again; this message has been in the queue too long.

--- Below this line is a copy of the message.`
  expect(await cameBack(notice("failure notice", text))).toEqual([
    "dana@customer.example 5.1.1 hard userunknown",
    "eli@elsewhere.example 4.4.7 soft expired",
  ])
})

test("Exim, without a report", async () => {
  const text = `
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  dana@customer.example
    SMTP error from remote mail server after RCPT TO:<dana@customer.example>:
    host mx.customer.example [192.0.2.7]: 550 5.2.1 The account is disabled

------ This is a copy of the message, including all the headers. ------`
  expect(await cameBack(notice("Mail delivery failed: returning message to sender", text))).toEqual([
    "dana@customer.example 5.2.1 soft suspend",
  ])
})

test("Exim that is still trying", async () => {
  const text = `
This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.example.

The address to which the message has not yet been delivered is:

  dana@customer.example
    Delay reason: Connection timed out

No action is required on your part. Delivery attempts will continue for
some time.`
  expect(await cameBack(notice("Warning: message 1a-2b delayed 24 hours", text))).toEqual([
    "dana@customer.example 4.4.7 delayed expired",
  ])
})

test("Sendmail of the nineties", async () => {
  const text = `
   ----- Transcript of session follows -----
550 dana@customer.example... User unknown
554 eli@nowhere.example... Host unknown (Name server: nowhere.example: host not found)

   ----- Unsent message follows -----
Received: by mx.example`
  expect(await cameBack(notice("Returned mail: User unknown", text))).toEqual([
    "dana@customer.example 5.1.1 hard userunknown",
    "eli@nowhere.example 5.1.2 hard hostunknown",
  ])
})

test("Sendmail 8 whose report was lost", async () => {
  const text = `
The original message was received at Thu, 29 Apr 2010 23:34:45 +0900
from desk.example [192.0.2.1]

   ----- The following addresses had permanent fatal errors -----
<dana@customer.example>
    (reason: 552 5.2.2 Mailbox full)

   ----- Transcript of session follows -----
... while talking to mx.customer.example.:
>>> DATA
<<< 552 5.2.2 Mailbox full
554 5.0.0 Service unavailable`
  expect(await cameBack(notice("Returned mail: see transcript for details", text))).toEqual([
    "dana@customer.example 5.2.2 soft mailboxfull",
  ])
})

test("Postfix whose report was lost", async () => {
  const text = `
This is the mail system at host mx.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<dana@customer.example>: host mx.customer.example[192.0.2.7] said: 550
    5.1.1 <dana@customer.example>: Recipient address rejected: User unknown
    in local recipient table (in reply to RCPT TO command)

<eli@nowhere.example>: Host or domain name not found. Name service error for
    name=nowhere.example type=A: Host not found`
  expect(await cameBack(notice("Undelivered Mail Returned to Sender", text))).toEqual([
    "dana@customer.example 5.1.1 hard userunknown",
    "eli@nowhere.example 5.1.2 hard hostunknown",
  ])
})

test("Courier", async () => {
  const text = `
This is a delivery status notification from mx.example,
running the Courier mail server, version 0.65.2.

                           UNDELIVERABLE MAIL

Your message to the following recipients cannot be delivered:

<dana@customer.example>:
    mx.customer.example [192.0.2.7]:
>>> RCPT TO:<dana@customer.example>
<<< 550 5.1.1 <dana@customer.example>... User Unknown`
  expect(await cameBack(notice("NOTICE: mail delivery status.", text))).toEqual([
    "dana@customer.example 5.1.1 hard userunknown",
  ])
})

test("OpenSMTPD", async () => {
  const text = `
    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this email.

    An error has occurred while attempting to deliver a message for
    the following list of recipients:

dana@customer.example: 550 5.2.2 <dana@customer.example>... Mailbox Full

    Below is a copy of the original message:`
  expect(await cameBack(notice("Delivery status notification: error", text))).toEqual([
    "dana@customer.example 5.2.2 soft mailboxfull",
  ])
})

test("DragonFly", async () => {
  const text = `
This is the DragonFly Mail Agent v0.13 at mx.example.

There was an error delivering your mail to <dana@customer.example>.

mx.customer.example [192.0.2.7] did not like our RCPT TO:
550 5.1.1 <dana@customer.example>: Recipient address rejected: User unknown

Message headers follow.`
  expect(await cameBack(notice("Mail delivery failed", text))).toEqual(["dana@customer.example 5.1.1 hard userunknown"])
})

test("James", async () => {
  const text = `
Hi. This is the James mail server at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

RCPT TO:<dana@customer.example>

    Error message below:
550 - Requested action not taken: no such user here`
  expect(await cameBack(notice("[BOUNCE]", text, { From: "postmaster@mx.example" }))).toEqual([
    "dana@customer.example 5.1.1 hard userunknown",
  ])
})

test("CommuniGate and Stalker's kin", async () => {
  const text = `
Failed to deliver to '<dana@customer.example>'
SMTP module(domain customer.example) reports:
 host mx.customer.example says:
 550 5.1.1 unknown user account`
  expect(await cameBack(notice("Undeliverable mail: My order", text))).toEqual([
    "dana@customer.example 5.1.1 hard userunknown",
  ])
})

test("SurgeMail and SurfControl", async () => {
  const text = `
Your message could not be sent.
A transcript of the attempts to send the message follows.
The number of attempts made: 1
Addressed To: dana@customer.example

Thu 29 Apr 2010 23:34:45 +0900
Failed to send to identified host,
dana@customer.example: [192.0.2.7], 550 dana@customer.example... No such user
--- Message non-deliverable.`
  const head = { From: "Mail Administrator <mail@mx.example>" }
  expect(await cameBack(notice("Message delivery unsuccessful", text, head))).toEqual([
    "dana@customer.example 5.1.1 hard userunknown",
  ])
})

test("a list server (fml) that refuses a post, and one that warns of a loop", async () => {
  const head = { From: "list-admin@lists.example", "X-MLServer": "fml [fml 4.0 STABLE]" }
  const told = (subject: string, text: string) => cameBack(notice(subject, text, head))
  expect(await told("NOT MEMBER article from help@desk.example", "You are not a member of this mailing list.")).toEqual(
    ["list@lists.example 5.1.8 soft rejected"],
  )
  expect(await told("Loop Back Warning: <list@lists.example>", "Loop detected.")).toEqual([
    "list@lists.example 5.4.6 soft networkerror",
  ])
})
