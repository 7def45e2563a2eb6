import type { ActionFunctionArgs } from "@remix-run/node"
import { expect, test } from "vitest"
import { deskNow } from "#app/clock.server.ts"
import { attachmentsOf, readFile } from "#app/models/cases/attachment.server.ts"
import { draftsOf } from "#app/models/cases/drafts-of.server.ts"
import { deliverNext } from "#app/models/mail/outbox.server.ts"
import { action as reply } from "#app/routes/cases.$number.replies.ts"
import { db } from "#db/connection.server.ts"
import { mailToSend } from "#db/tables/mail.ts"
import { readEmail } from "#emails/incoming/parse.server.ts"
import { bo, ida } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { startSink } from "#test/support/mail-sink.ts"
import { cookieOf } from "#test/support/signed-in.ts"
import { viewer } from "#test/support/viewer.ts"

async function press(number: number, files: File[], fields: Record<string, string> = {}) {
  const body = new FormData()
  for (const [name, value] of Object.entries({ text: "Here you are.", ...fields })) body.append(name, value)
  for (const file of files) body.append("file", file)
  const headers = { cookie: await cookieOf(bo) }
  const request = new Request("http://localhost:3000/cases", { method: "POST", headers, body })
  return (await reply({ request, params: { number: String(number) }, context: {} } as ActionFunctionArgs)) as Response
}
const bytes = Buffer.from(Array.from({ length: 3000 }, (_, n) => n % 256))

test("files chosen in the composer leave with the reply, byte for byte, and stand under it in the case", async () => {
  const number = await caseOf("Where?")
  await press(number, [
    new File([bytes], "Rechnung März.pdf", { type: "application/pdf" }),
    new File(["a,b\r\n"], "list.csv", { type: "text/csv" }),
  ])
  const sink = await startSink()
  await deliverNext("test", () => new Date(deskNow().getTime() + 60_000), { smtpUrl: sink.url })
  await sink.close()
  const { attachments, text } = await readEmail(sink.mails[0]!.raw)
  expect(text).toContain("Here you are.")
  expect(attachments).toMatchObject([
    { filename: "Rechnung März.pdf", contentType: "application/pdf", size: 3000, inline: false },
    { filename: "list.csv", contentType: "text/csv", inline: false },
  ])
  const kept = await attachmentsOf(viewer(ida), number)
  expect(kept.map(({ filename }) => filename)).toEqual(["Rechnung März.pdf", "list.csv"])
  expect((await readFile(kept[0]!.sha256)).equals(bytes)).toBe(true)
})

test("a file's name and type can neither begin a header line nor leave their folder", async () => {
  const number = await caseOf("Where?")
  await press(number, [new File(["x"], '../../etc/pa"ss\r\nBcc: evil@x.example', { type: "message/rfc822" })])
  const [mail] = await db.select().from(mailToSend)
  expect(mail?.rendered.toString("latin1")).not.toMatch(/^Bcc:/im)
  const [kept] = await attachmentsOf(viewer(ida), number)
  expect(kept?.contentType).toBe("application/octet-stream")
  expect(kept?.filename).not.toMatch(/[/\\\r\n]/)
})

test("an empty file field is no file, and too many bytes keep the words as a draft", async () => {
  const number = await caseOf("Where?")
  await press(number, [new File([], "", { type: "application/octet-stream" })])
  expect(await attachmentsOf(viewer(ida), number)).toEqual([])
  const other = await caseOf("And this?")
  const answer = await press(other, [new File([Buffer.alloc(25 * 1024 * 1024 + 1)], "big.bin")])
  expect(answer.headers.get("location")).toBe(`/cases/${other}?said=files-too-large#write`)
  expect(await attachmentsOf(viewer(ida), other)).toEqual([])
  expect(JSON.stringify(await draftsOf(viewer(bo), other))).toContain("Here you are.")
})

test("what could not be sent keeps its files with the draft, and the next sending takes them", async () => {
  const number = await caseOf("Where?")
  const file = new File([bytes], "label.pdf", { type: "application/pdf" })
  const answer = await press(number, [file], { cc: "nobody" })
  expect(answer.headers.get("location")).toBe(`/cases/${number}?said=bad-address#write`)
  const [kept] = (await draftsOf(viewer(bo), number)).mine?.files ?? []
  expect(kept).toMatchObject({ filename: "label.pdf", size: 3000 })
  await press(number, [], { draftFile: String(kept?.id) })
  expect((await attachmentsOf(viewer(ida), number)).map(({ filename }) => filename)).toEqual(["label.pdf"])
  expect((await draftsOf(viewer(bo), number)).mine).toBeNull()
})

test("pressed twice, a reply with a file of its draft is one reply", async () => {
  const number = await caseOf("Where?")
  await press(number, [new File([bytes], "label.pdf")], { cc: "nobody" })
  const [kept] = (await draftsOf(viewer(bo), number)).mine?.files ?? []
  const twice = { draftFile: String(kept?.id), opId: "press-1", next: "/cases" }
  for (const _ of ["once", "again"]) expect((await press(number, [], twice)).headers.get("location")).toBe("/cases")
  expect(await db.select().from(mailToSend)).toHaveLength(1)
})
