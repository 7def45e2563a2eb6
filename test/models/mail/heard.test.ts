import { expect, test } from "vitest"
import { heardOf } from "#app/models/mail/heard.ts"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { notice } from "#test/fixtures/notice.ts"

const dana = { From: "Dana <dana@customer.example>", "In-Reply-To": "<d1.x@desk.example>" }
const heard = async (head: Record<string, string>, subject = "Re: My order", text = "It came.") =>
  heardOf(await readEmail(notice(subject, text, { ...dana, ...head }))).machine.kind

test("a person who answers over a list, or through a bulk sender, is heard", async () => {
  expect(await heard({ "List-Id": "<team.customer.example>" })).toBeNull()
  expect(await heard({ "Feedback-ID": "1.eu-west-1:AmazonSES" })).toBeNull()
})

test("so is whoever answers from a ticket system, through a form, or under a rule of their inbox", async () => {
  const systems: Record<string, string>[] = [
    { "Auto-Submitted": "auto-generated", "X-Mailer": "Zendesk Mailer", Precedence: "bulk" },
    { "Auto-Submitted": "auto-generated", "X-JIRA-FingerPrint": "3d8d037ee072182d", Precedence: "bulk" },
    { "X-ServiceNow-Generated": "true", "X-Auto-Response-Suppress": "All", Precedence: "bulk" },
    { "Auto-Submitted": "auto-replied", "X-Zendesk-From-Account-Id": "1" },
    { "X-Loop": "vendor.example" },
    { "X-MS-Exchange-Inbox-Rules-Loop": "dana@customer.example" },
    { "X-Auto-Response-Suppress": "OOF, AutoReply" },
    { Precedence: "junk" },
    { "Return-Path": "<>" },
  ]
  for (const head of systems) expect([head, await heard(head)]).toEqual([head, null])
})

test("an absence, a receipt and a report are nobody's words, whatever stands above them", async () => {
  const replied = { "Auto-Submitted": "auto-replied" }
  for (const [head, subject, text] of [
    [replied, "Re: My order", "I am out of the office until Monday."],
    [replied, "Re: My order", "Ich bin bis Montag im Urlaub."],
    [replied, "Automatic reply: My order", "Back on Monday."],
    [replied, "Re: My order", "We have received your request. A ticket has been created."],
    [{ "Auto-Submitted": "auto-replied (vacation)" }, "Re: My order", "Back on Monday."],
    [{ "X-Autoreply": "yes", Precedence: "bulk" }, "Re: My order", "Back on Monday."],
    [{ "Auto-Submitted": "auto-generated" }, "Automatic reply: My order", "Back on Monday."],
    [{ "Auto-Submitted": "auto-generated" }, "[Request received] Re: My order", "Your request (77) is with us."],
    [{ "Return-Path": "<>" }, "Re: My order", "I am out of the office until Monday."],
  ] as const)
    expect([subject, text, await heard(head, subject, text)]).toEqual([subject, text, "auto"])
})
