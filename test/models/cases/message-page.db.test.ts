import { eq } from "drizzle-orm"
import { afterAll, expect, test, vi } from "vitest"
import { appendMessage } from "#app/models/cases/message.server.ts"
import { pageFor, recleaning } from "#app/models/cases/message-page.server.ts"
import { db } from "#db/connection.server.ts"
import { attachments, messages } from "#db/tables/cases.ts"
import { messagePages } from "#db/tables/pages.ts"
import { endIdleThreads } from "#emails/incoming/threads.server.ts"
import { billing, bo, cy, dana, help, noon } from "#test/fixtures/desk.ts"
import { arrive, letter, storyOf } from "#test/support/arrive.ts"
import { caseOf, fromCustomer } from "#test/support/cases.ts"
import { statementsOf } from "#test/support/statements.ts"
import { viewer } from "#test/support/viewer.ts"

// A thread that starts from the sources takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 })
afterAll(endIdleThreads)

const page = (html: string) => letter({ more: ["Content-Type: text/html; charset=utf-8"], text: html })

async function arrived(raw: string) {
  const { caseNumber } = await arrive(raw)
  const { last } = await storyOf(caseNumber ?? 0)
  return last.id
}

/** As messages lay there before pages were kept. */
async function before(html: string, mailboxId: number = help.id) {
  const number = await caseOf("Hello", noon, dana, mailboxId)
  return db.transaction((tx) => appendMessage(tx, { ...fromCustomer(number, "Hello", noon), html }, noon))
}

const rowOf = async (messageId: number) =>
  (await db.select().from(messagePages).where(eq(messagePages.messageId, messageId)))[0]

/** How many threads were started or asked while something was done. */
async function threadsIn(work: () => Promise<unknown>) {
  await endIdleThreads()
  let started = 0
  const count = () => void started++
  process.on("worker", count)
  await work()
  process.off("worker", count)
  return started
}

test("a page is cleaned as its mail arrives and kept beside the HTML as it came", async () => {
  const id = await arrived(page(`<p onclick="x()">Hello<script>alert(1)</script></p><img src="//t.example/a.gif">`))
  expect(await rowOf(id)).toMatchObject({
    html: `<p>Hello</p><img data-src="https://t.example/a.gif" />`,
    trouble: null,
    remoteImages: 1,
    hasColours: false,
  })
  const [message] = await db.select({ html: messages.html }).from(messages).where(eq(messages.id, id))
  expect(message?.html).toContain("onclick")
})

test("opening it reads one row, and no thread and no parser", async () => {
  const id = await arrived(page("<p>Hello</p>"))
  expect(await threadsIn(() => pageFor(viewer(bo), id))).toBe(0)
  expect(await statementsOf(() => pageFor(viewer(bo), id))).toHaveLength(1)
})

test("what is stored is what is shown, whatever the HTML beside it says by then", async () => {
  const id = await arrived(page("<p>Hello</p>"))
  await db.update(messages).set({ html: "<p>Other</p>" }).where(eq(messages.id, id))
  expect((await pageFor(viewer(bo), id))?.page?.html).toBe("<p>Hello</p>")
})

test("pictures that came with a mail are shown from its own files", async () => {
  const part = (head: string, body: string) => `--b\r\n${head}\r\n\r\n${body}\r\n`
  const image = (id: string) => part(`Content-Type: image/png\r\nContent-ID: <${id}>`, "x")
  const raw = letter({
    more: ["MIME-Version: 1.0", "Content-Type: multipart/related; boundary=b"],
    text: `${part("Content-Type: text/html", '<img src="cid:two@x"><img src="cid:three@x">')}${image("one@x")}${image("two@x")}--b--`,
  })
  const id = await arrived(raw)
  const files = await db.select().from(attachments).where(eq(attachments.messageId, id)).orderBy(attachments.id)
  const shown = `<img src="/attachments/${files[1]?.id}?inline" /><img />`
  expect((await rowOf(id))?.html).toBe(shown)
  await db.delete(messagePages)
  expect((await pageFor(viewer(bo), id))?.page?.html).toBe(shown)
})

test("a page too costly to clean is shown as text, and the original is attached", async () => {
  const { caseNumber } = await arrive(page(`<p>Hello</p><p title="<!--">${"<div>".repeat(600)}`))
  const { last } = await storyOf(caseNumber ?? 0)
  expect(last).toMatchObject({ html: null, text: "Hello" })
  expect(last.joinedBecause ?? "").toBe("")
  expect(await db.select().from(attachments).where(eq(attachments.messageId, last.id))).toMatchObject([
    { filename: "original.eml" },
  ])
})

test("a page from before is cleaned when somebody opens it, and kept", async () => {
  const id = await before(`<p onclick="x()">Hello</p>`)
  expect(await threadsIn(() => pageFor(viewer(bo), id))).toBe(1)
  expect(await rowOf(id)).toMatchObject({ html: "<p>Hello</p>" })
  expect(await threadsIn(() => pageFor(viewer(bo), id))).toBe(0)
})

test("nobody has a page cleaned that they may not read", async () => {
  const id = await before("<p>Hello</p>", billing.id)
  expect(await pageFor(viewer(cy), id)).toBeNull()
  expect(await rowOf(id)).toBeUndefined()
})

test("one from before that cannot be cleaned says so and shows its text", async () => {
  const id = await before("<div>".repeat(600))
  expect(await pageFor(viewer(bo), id)).toEqual({
    page: null,
    trouble: "Its page is nested deeper than 500 and is shown as text.",
    text: "Hello",
  })
})

test("after an upgrade of the cleaner, pages are cleaned again in the background, newest first", async () => {
  const old: number[] = []
  for (let i = 0; i < 25; i++) old.push(await before(`<p>${i}</p><script>`))
  await db.insert(messagePages).values(old.slice(0, 5).map((messageId) => ({ messageId, cleaner: 0, html: "old" })))
  const now = await arrived(page("<p>new</p>"))
  await db.update(messagePages).set({ html: "<p>kept</p>" }).where(eq(messagePages.messageId, now))
  const clean = recleaning()
  expect(await clean()).toBe(true)
  expect(await rowOf(old[24] ?? 0)).toMatchObject({ html: "<p>24</p>" })
  expect(await rowOf(old[0] ?? 0)).toMatchObject({ html: "old" })
  while (await clean());
  for (const [i, id] of old.entries()) expect(await rowOf(id)).toMatchObject({ html: `<p>${i}</p>`, trouble: null })
  expect(await rowOf(now)).toMatchObject({ html: "<p>kept</p>" })
  expect(await clean()).toBe(false)
})

test("a page made by a newer cleaner is left alone", async () => {
  const id = await before("<p>Hello</p>")
  await db.insert(messagePages).values({ messageId: id, cleaner: 99, html: "<p>newer</p>" })
  while (await recleaning()());
  expect((await rowOf(id))?.html).toBe("<p>newer</p>")
  expect((await pageFor(viewer(bo), id))?.page?.html).toBe("<p>newer</p>")
})
