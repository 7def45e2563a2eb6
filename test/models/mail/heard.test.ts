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

test("what a list sends by itself, and any other machine, stays quiet", async () => {
  expect(await heard({ "List-Id": "<news.customer.example>" }, "News of May")).toBe("list")
  expect(await heard({ "List-Id": "<team.customer.example>" }, "Re: My order", "")).toBe("list")
  expect(await heard({ "Auto-Submitted": "auto-generated" })).toBe("auto")
})
