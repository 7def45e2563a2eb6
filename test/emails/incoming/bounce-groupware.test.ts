import { expect, test } from "vitest"
import { cameBack, notice, report } from "#test/fixtures/notice.ts"

const administrator = { From: '"System Administrator" <postmaster@corp.example>' }

test("Exchange 5.5 and 2003", async () => {
  const text = `
Your message

  To:      help@customer.example
  Subject: My order
  Sent:    Thu, 29 Apr 2010 18:14:35 +0000

did not reach the following recipient(s):

dana@customer.example on Thu, 29 Apr 2010 18:14:35 +0000
    The recipient name is not recognized
	The MTS-ID of the original message is: c=us;a= ;p=corp
    MSEXCH:IMS:CORP:SITE:EXCHANGE 0 (000C05A6) Unknown Recipient`
  expect(await cameBack(notice("Undeliverable: My order", text, administrator))).toEqual([
    "dana@customer.example 5.1.1 hard userunknown",
  ])
})

test("Exchange 2007 with its diagnostic lines", async () => {
  const text = `
Delivery has failed to these recipients or distribution lists:

dana@customer.example
The recipient's mailbox is full. Microsoft Exchange will not try to redeliver this message for you.

Diagnostic information for administrators:

Generating server: mx.example

dana@customer.example
#550 5.2.2 STOREDRV.Deliver; mailbox full ##`
  expect(await cameBack(notice("Undeliverable: My order", text, administrator))).toEqual([
    "dana@customer.example 5.2.2 soft mailboxfull",
  ])
})

test("Exchange Online, its words in German", async () => {
  const text = `
Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:

dana@customer.example<mailto:dana@customer.example>
Die eingegebene E-Mail-Adresse konnte nicht gefunden werden.

Diagnoseinformationen für Administratoren:
Generierender Server: mx.example
dana@customer.example
Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'`
  const head = { From: "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@corp.example>" }
  expect(await cameBack(notice("Unzustellbar: Bestellung", text, head))).toEqual([
    "dana@customer.example 5.1.10 hard userunknown",
  ])
})

test("Exchange in French, with only its own words", async () => {
  const text = `
Votre message n'a pas été remis aux destinataires suivants :

dana@customer.example
L'adresse de messagerie n'existe pas.`
  expect(await cameBack(notice("Non remis : Commande", text, administrator))).toEqual([
    "dana@customer.example 5.1.1 hard userunknown",
  ])
})

test("Exchange in Spanish, Portuguese, Italian, Dutch, Japanese and Chinese", async () => {
  const told = (subject: string, text: string) =>
    cameBack(notice(subject, `${text}\n\ndana@customer.example\n`, { From: "postmaster@corp.example" }))
  const unknown = ["dana@customer.example 5.1.1 hard userunknown"]
  const full = ["dana@customer.example 5.2.2 soft mailboxfull"]
  expect(await told("No se puede entregar: Pedido", "La dirección de correo no existe:")).toEqual(unknown)
  expect(await told("Não é possível entregar: Pedido", "A caixa postal está cheia:")).toEqual(full)
  expect(await told("Non recapitabile: Ordine", "La casella del destinatario è piena:")).toEqual(full)
  expect(await told("Onbestelbaar: Bestelling", "Dit e-mailadres bestaat niet:")).toEqual(unknown)
  expect(await told("配信不能: 注文", "指定されたメール アドレスは見つかりませんでした:")).toEqual(unknown)
  expect(await told("无法送达: 订单", "找不到您输入的电子邮件地址:")).toEqual(unknown)
})

test("Exchange Online refuses what its recipient address cannot take", async () => {
  const fields = (status: string, said: string) =>
    report(`
Final-Recipient: rfc822;dana@customer.example
Action: failed
Status: ${status}
Diagnostic-Code: smtp;${said}
`)
  expect(
    await cameBack(
      fields("5.4.1", "550 5.4.1 Recipient address rejected: Access denied. [DB5EUR.protection.outlook.com]"),
    ),
  ).toEqual(["dana@customer.example 5.4.1 hard userunknown"])
  expect(await cameBack(fields("5.7.1", "550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized"))).toEqual([
    "dana@customer.example 5.7.1 soft filtered",
  ])
  expect(await cameBack(fields("5.3.4", "550 5.3.4 RESOLVER.RST.RecipSizeLimit; message too large"))).toEqual([
    "dana@customer.example 5.3.4 soft mesgtoobig",
  ])
  expect(await cameBack(fields("4.4.7", "550 4.4.7 QUEUE.Expired; message expired"))).toEqual([
    "dana@customer.example 4.4.7 soft expired",
  ])
})

test("Lotus Domino", async () => {
  const text = `
Your message

  Subject: My order

was not delivered to:

  dana@customer.example

because:

  User dana (dana@customer.example) not listed in Domino Directory`
  expect(
    await cameBack(
      notice("DELIVERY FAILURE: User dana not listed in Domino Directory", text, { From: "Postmaster@corp.example" }),
    ),
  ).toEqual(["dana@customer.example 5.1.1 hard userunknown"])
})

test("Lotus Notes of old", async () => {
  const text = `
------- Failure Reasons  --------

User not listed in public Name & Address Book
dana@customer.example

------- Returned Message --------`
  expect(
    await cameBack(
      notice("DELIVERY FAILURE REPORT", text, { From: "Mail Router <mailrouter@corp.example>", "Return-Path": "<>" }),
    ),
  ).toEqual(["dana@customer.example 5.1.1 hard userunknown"])
})

test("GroupWise", async () => {
  const text = `
The message that you sent was undeliverable to the following:
	dana@customer.example (user not found)`
  expect(
    await cameBack(notice("Message status - undeliverable", text, { From: "Mailer-Daemon@corp.example" })),
  ).toEqual(["dana@customer.example 5.1.1 hard userunknown"])
})

test("IMail: SMTP32", async () => {
  const told = (text: string) =>
    cameBack(
      notice("Undeliverable Mail", `${text}\n\nOriginal message follows.`, {
        From: "Postmaster <postmaster@corp.example>",
        "X-Mailer": "<SMTP32 v8.22>",
      }),
    )
  expect(await told("Unknown user: dana@customer.example")).toEqual(["dana@customer.example 5.1.1 hard userunknown"])
  expect(await told("User mailbox exceeds allowed size: dana@customer.example")).toEqual([
    "dana@customer.example 5.2.2 soft mailboxfull",
  ])
  expect(await told("Delivery failed 20 attempts: dana@customer.example")).toEqual([
    "dana@customer.example 4.4.7 soft expired",
  ])
})

test("MailEnable", async () => {
  const text = `
MailEnable: Message could not be delivered to some recipients.
The following recipient(s) could not be reached:

	Recipient: [SMTP:dana@customer.example]
	Reason: Remote SMTP Server Returned: 550 5.1.1 User does not exist`
  expect(await cameBack(notice("Message Delivery Failure", text, { From: "POSTMASTER@corp.example" }))).toEqual([
    "dana@customer.example 5.1.1 hard userunknown",
  ])
})

test("MDaemon with the talk of the servers", async () => {
  const text = `
The attached message had PERMANENT fatal delivery errors!

The following addresses did NOT receive a copy of your message:

> dana@customer.example

--- Session Transcript ---
 Attempting SMTP connection to [192.0.2.7 : 25]
 Waiting for socket connection...
 250-AUTH LOGIN CRAM-MD5
 RCPT To:<dana@customer.example>
 552 Message for <dana@customer.example> would exceed mailbox quota
 QUIT
--- End Transcript ---`
  expect(await cameBack(notice("Permanent Delivery Failure", text, { From: "MDaemon@corp.example" }))).toEqual([
    "dana@customer.example 5.2.2 soft mailboxfull",
  ])
})
