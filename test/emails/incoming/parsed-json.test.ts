import { expect, test } from "vitest"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { parsedJson } from "#emails/incoming/parsed-json.ts"
import { mailFile } from "#test/fixtures/mail-file.ts"

const parsed = async (name: string) => parsedJson(await readEmail(mailFile(name)))

test("what is printed of a mail has every field a reader may count on", async () => {
  expect(await parsed("plain-text")).toEqual({
    from: ["dana@customer.example"],
    fromNames: ["Dana Reyes"],
    to: ["help@desk.example"],
    cc: ["eli@customer.example", "fay@elsewhere.example"],
    subject: "My order",
    messageId: "1@customer.example",
    inReplyTo: "a@desk.example",
    references: ["z@desk.example", "a@desk.example"],
    date: "2026-03-10T11:00:00.000Z",
    text: "Where is it?\n",
    newText: "Where is it?",
    html: null,
    attachments: [],
    machine: { kind: null, because: "", bounce: null },
  })
})

test("of an attachment only the facts are printed, of a bounce its recipients", async () => {
  expect((await parsed("raw-8bit-filename")).attachments[0]).toEqual({
    filename: "Rechnung März.pdf",
    contentType: "application/pdf",
    size: 4,
    inline: false,
  })
  expect((await parsed("bounce-qmail")).machine.bounce).toEqual({
    recipients: [{ address: "dana@customer.example", status: "5.1.1", hard: true, reason: "userunknown" }],
  })
})
