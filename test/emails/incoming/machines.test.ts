import { expect, test } from "vitest"
import { causeOf } from "#emails/incoming/bounce-words.ts"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { mailFile } from "#test/fixtures/mail-file.ts"

const machine = async (name: string) => (await readEmail(mailFile(name))).machine
const changed = async (name: string, from: string | RegExp, to: string) =>
  (await readEmail(Buffer.from(mailFile(name).toString("latin1").replace(from, to), "latin1"))).machine

test("a person's mail is nobody else's", async () => {
  expect(await machine("plain-text")).toEqual({ kind: null, because: "", answersUs: false, bounce: null })
})

test("an out-of-office is an answer to us", async () => {
  expect(await machine("out-of-office")).toMatchObject({ kind: "auto", answersUs: true })
  expect(await machine("auto-replied-with-parameter")).toMatchObject({ kind: "auto", answersUs: true })
})

test("out of office is said in many languages", async () => {
  for (const subject of [
    "Out of office: My order",
    "Automatische Antwort: Bestellung",
    "Abwesenheitsnotiz",
    "Réponse automatique : Commande",
    "Respuesta automática: Pedido",
    "Risposta automatica: Ordine",
    "Resposta automática: Pedido",
    "Automatisch antwoord: Bestelling",
    "Automatiskt svar: Order",
    "Autosvar: Ordre",
    "Odpowiedź automatyczna: Zamówienie",
    "自動応答: 注文",
  ]) {
    const encoded = `Subject: =?utf-8?B?${Buffer.from(subject).toString("base64")}?=`
    expect(await changed("out-of-office", /Subject: .*/, encoded), subject).toMatchObject({ answersUs: true })
  }
})

test("a person may write about being out of office", async () => {
  expect(await changed("plain-text", "Subject: My order", "Subject: Out of office next week")).toMatchObject({
    kind: null,
  })
  expect(await changed("customer-about-a-lost-parcel", /Subject: .*/, "Subject: Vacation hours?")).toMatchObject({
    kind: null,
  })
})

test("a mail handed on by a machine is a person's", async () => {
  expect(await machine("auto-forwarded-is-a-person")).toMatchObject({ kind: null })
})

test("lists and shops are machines that do not answer us", async () => {
  expect(await machine("mailing-list")).toMatchObject({ kind: "list", answersUs: false })
  expect(await machine("web-shop")).toMatchObject({ kind: "auto", answersUs: false })
})

test("every header of an automatic mail is enough by itself", async () => {
  for (const header of [
    "Auto-Submitted: auto-generated",
    "Precedence: bulk",
    "Precedence: junk",
    "X-Precedence: bulk",
    "X-Auto-Response-Suppress: DR, OOF",
    "X-Autoreply: yes",
    "X-Autorespond: x",
    "X-Mail-Autoreply: 1",
    "X-FC-MachineGenerated: true",
    "X-Loop: x",
    "X-AMAZON-MAIL-RELAY-TYPE: notification",
    "Delivered-To: autoresponder",
    "List-Unsubscribe: <https://x.example>",
    "Feedback-ID: 1:2",
    "Return-Path: <>",
  ])
    expect(
      (await changed("customer-about-a-lost-parcel", "Subject:", `${header}\r\nSubject:`)).kind,
      header,
    ).not.toBeNull()
  for (const header of ["Auto-Submitted: no", "Precedence: normal", "X-Autoreply: no"])
    expect((await changed("customer-about-a-lost-parcel", "Subject:", `${header}\r\nSubject:`)).kind, header).toBeNull()
})

test("a complaint is told from a bounce", async () => {
  expect(await machine("complaint")).toMatchObject({ kind: "complaint", bounce: null })
})

test("a delivery report names each recipient once, with the better status and whether it is for good", async () => {
  const { kind, bounce } = await machine("bounce-rfc3464")
  expect(kind).toBe("bounce")
  expect(bounce?.recipients).toEqual([
    { address: "dana@customer.example", status: "5.1.1", hard: true, reason: "userunknown", delayed: false },
    { address: "eli@customer.example", status: "5.2.2", hard: false, reason: "mailboxfull", delayed: false },
    { address: "fay@elsewhere.example", status: "4.4.1", hard: false, reason: "networkerror", delayed: true },
  ])
  expect(bounce?.originalIds).toEqual(["d7.abc@desk.example"])
})

test("a report that all went well is no bounce", async () => {
  expect(await machine("bounce-delivered-only")).toMatchObject({ kind: "auto", bounce: null })
})

test("a notice in words alone names the address, the reason and the original", async () => {
  const { kind, bounce } = await machine("bounce-qmail")
  expect(kind).toBe("bounce")
  expect(bounce?.recipients).toMatchObject([
    { address: "dana@customer.example", status: "5.1.1", hard: true, reason: "userunknown" },
  ])
  expect(bounce?.originalIds).toEqual(["d8.def@desk.example"])
  expect((await machine("bounce-exim")).bounce?.recipients).toMatchObject([
    { address: "eli@customer.example", hard: false, reason: "mailboxfull" },
  ])
})

test("a customer whose parcel was not delivered is a customer", async () => {
  expect(await machine("customer-about-a-lost-parcel")).toMatchObject({ kind: null })
})

test("only what makes the address itself wrong is for good", () => {
  expect(causeOf("5.1.1", "").hard).toBe(true)
  expect(causeOf("5.1.2", "").hard).toBe(true)
  expect(causeOf("", "550 user unknown").hard).toBe(true)
  expect(causeOf("4.1.1", "user unknown").hard).toBe(false)
  expect(causeOf("5.2.2", "mailbox full").hard).toBe(false)
  expect(causeOf("5.7.1", "rejected by policy").hard).toBe(false)
  expect(causeOf("5.0.0", "message looks like spam").reason).toBe("spamdetected")
})
