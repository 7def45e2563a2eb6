import { expect, test } from "vitest"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { notice } from "#test/fixtures/notice.ts"

const dana = { From: "Dana <dana@customer.example>" }
const kindOf = async (subject: string, text: string, head: Record<string, string> = {}) =>
  (await readEmail(notice(subject, text, { ...dana, ...head }))).machine.kind

const returned = `
This is the mail system at host mx.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

<help@desk.example>: host mx.desk.example[192.0.2.1] said: 550 5.1.1 User unknown`

test("whoever forwards mail that came back is a person", async () => {
  const text = `Hello, what is wrong with your address?\n\n---------- Forwarded message ---------\n${returned}`
  expect(await kindOf("Fwd: Undelivered Mail Returned to Sender", text)).toBeNull()
  expect(await kindOf("WG: Unzustellbar: Bestellung", `Geht nicht.\n\n${returned}`)).toBeNull()
  expect(await kindOf("TR : Non remis : Commande", returned)).toBeNull()
  expect(await kindOf("Undelivered Mail Returned to Sender", text)).toBeNull()
})

test("whoever pastes what a server said is a person", async () => {
  const text = `I tried to write to sales and got this:\n${returned}\n\nPlease help. Dana`
  expect(await kindOf("Mail returned: cannot reach sales@desk.example", text)).toBeNull()
  expect(await kindOf("Delivery failed", text, { "User-Agent": "Mozilla Thunderbird" })).toBeNull()
})

test("whoever sends a bounce on as a file is a person, the report among the files or not", async () => {
  const attached = (type: string, content: string) =>
    `--b\n\nSee the attachment.\n--b\nContent-Type: ${type}\n\n${content}\n--b--`
  const mixed = { "Content-Type": "multipart/mixed; boundary=b", "User-Agent": "Mozilla Thunderbird" }
  const fields =
    "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; help@desk.example\nAction: failed\nStatus: 5.1.1"
  expect(await kindOf("Fwd: Undelivered Mail", attached("message/delivery-status", fields), mixed)).toBeNull()
  const mail = "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender\n\nUser unknown"
  expect(await kindOf("Undelivered mail", attached("message/rfc822", mail), mixed)).toBeNull()
})

test("whoever answers our mail about a bounce is a person, even at a postmaster's desk", async () => {
  const head = { From: "Postmaster <postmaster@customer.example>", "In-Reply-To": "<d1.x@desk.example>" }
  const text = "We have looked: your message was rejected as spam. It will be let through now.\n\nEli, mail team"
  expect(await kindOf("Re: Mail to customer.example is rejected", text, head)).toBeNull()
})

test("parcels that were not delivered are not mail that was not delivered", async () => {
  const text = "Your parcel could not be delivered to the following address:\n\n1 High Street\nHelp me please"
  expect(await kindOf("Delivery failed", text)).toBeNull()
  expect(
    await kindOf("Failed delivery of order 12", "The courier says it was returned to sender. Where is it?"),
  ).toBeNull()
})

test("a question about out of office is a question", async () => {
  expect(await kindOf("Out of office", "How do I turn this on?")).toBeNull()
  expect(await kindOf("Automatic reply does not work?", "It used to.")).toBeNull()
  expect(await kindOf("Auto-reply settings", "Where are they?", { "In-Reply-To": "<d1.x@desk.example>" })).toBeNull()
  expect(await kindOf("Absence de réponse", "Bonjour, j'attends.", { References: "<d1.x@desk.example>" })).toBeNull()
})

test("whoever answers an out-of-office is a person", async () => {
  const head = { "In-Reply-To": "<d1.x@desk.example>" }
  expect(await kindOf("Re: Automatic reply: My order", "Thanks, that is fine.", head)).toBeNull()
  expect(await kindOf("AW: Automatische Antwort: Bestellung", "Danke!", head)).toBeNull()
})

test("a firm that wants no out-of-office for its people's mail still employs people", async () => {
  const head = { "X-Auto-Response-Suppress": "DR, RN, NRN, OOF", "X-Mailer": "Microsoft Outlook 16.0" }
  expect(await kindOf("My order", "Where is it?", head)).toBeNull()
  const threaded = { "X-Auto-Response-Suppress": "OOF", "In-Reply-To": "<d1.x@desk.example>" }
  expect(await kindOf("Re: My order", "It came.", threaded)).toBeNull()
})

test("support, info and the like are people's addresses", async () => {
  const head = { From: "Acme Support <support@acme.example>" }
  expect(await kindOf("[Ticket 12] Your question", "We have fixed it.\n\nEli", head)).toBeNull()
  expect(await kindOf("Party", "Is it free?", { From: "Bounce House Hire <bouncehouse@acme.example>" })).toBeNull()
  expect(
    await kindOf("Party", "Is it free?", { From: "bounce@acme.example", "User-Agent": "Mozilla Thunderbird" }),
  ).toBeNull()
})

test("whoever writes by hand from an address that wants no answers is a person", async () => {
  const head = { From: "noreply@acme.example", "In-Reply-To": "<d1.x@desk.example>" }
  expect(await kindOf("Re: My order", "It came, thank you.", head)).toBeNull()
})

test("whoever writes over a list is at most a list", async () => {
  const head = { "List-Id": "<list.example>", Precedence: "list", "In-Reply-To": "<d1.x@desk.example>" }
  expect(await kindOf("Re: [list] My order", "I have it.", head)).toBe("list")
  expect(await kindOf("Re: My order", "It came.", { "Feedback-ID": "1.eu-west-1:AmazonSES" })).toBe("list")
})

test("whoever sends a complaint on is a person", async () => {
  const text = "--b\n\nIs this about us?\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n--b--"
  const head = { "Content-Type": "multipart/mixed; boundary=b" }
  expect(await kindOf("Fwd: abuse report", text, head)).toBeNull()
})

test("an invitation answered with words is a person's mail", async () => {
  const calendar =
    "--b\n\nCan we make it three o'clock?\n--b\nContent-Type: text/calendar; method=REPLY\n\nMETHOD:REPLY\n--b--"
  expect(await kindOf("Accepted: Visit", calendar, { "Content-Type": "multipart/mixed; boundary=b" })).toBeNull()
})
