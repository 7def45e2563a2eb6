import { afterAll, expect, test, vi } from "vitest"
import { cleanApart } from "#emails/incoming/html/cleaner.server.ts"
import { endIdleThreads, inThread } from "#emails/incoming/threads.server.ts"
import { costlyPages } from "#test/fixtures/costly-pages.ts"
import { dangersIn } from "#test/support/dangers.ts"
import { sized } from "#test/support/sizes.ts"

// A thread that starts from the sources takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 })
afterAll(endIdleThreads)

/** Far more than any of them takes on a machine that has other things to do, far less than a cleaner that is not linear. */
const milliseconds = 10_000

const length = sized({ push: 1_000_000, night: 2_000_000 })
const beside = { newText: "words", contentIds: [] }

test.each(Object.entries(costlyPages))("megabytes of %s are cleaned or refused in good time", async (_, make) => {
  const html = make(length)
  const ask = () => ({ html, ...beside })
  const { page, trouble } = await inThread({ work: "clean", size: html.length, ask, waiting: "nobody", milliseconds })
  if (page) expect(dangersIn(page.html.slice(0, 20_000).replace(/<[^>]*$/, ""))).toEqual([])
  else expect(trouble).toMatch(/^Its page .* and is shown as text\.$/)
})

test("a page that ends the thread that cleans it is shown as text", async () => {
  await endIdleThreads()
  process.once("worker", (thread) => void thread.terminate())
  expect(await cleanApart({ html: "<p>x", ...beside, waiting: "a person" })).toEqual({
    page: null,
    trouble: "Its page could not be cleaned and is shown as text.",
  })
})

test.each([
  ["nested deeper than 500", "<div>".repeat(600)],
  ["nested deeper than 500", `<p title="<!--">${"<div>".repeat(600)}`],
  ["nested deeper than 500", `<!--->${"<div>".repeat(600)}`],
  ["nested deeper than 500", `<style><!--</style>${"<div>".repeat(600)}`],
  ["nested deeper than 500", "<table><tr><td>".repeat(200)],
  [
    "made of more than 150,000 parts",
    `<p>${Array.from({ length: 400 }, (_, i) => `<b a=${i}>`).join("")}${"</p><p>x".repeat(1000)}`,
  ],
  ["more than 200 attributes on one element", `<p ${Array.from({ length: 300 }, (_, i) => `a${i}`).join(" ")}>`],
  ["expands to more than 4 MB", "&".repeat(1_900_000)],
  ["larger than 2 MB", "x".repeat(2 * 1024 * 1024)],
])("a page is refused when it is %s", async (words, html) => {
  const { trouble } = await cleanApart({ html, ...beside, waiting: "nobody" })
  expect(trouble).toContain(words)
})

test("a page as deep and as long as people's mail gets is no trouble", async () => {
  const thread = `<div>${"<blockquote><div><p>said</p>".repeat(150)}</div>`
  const report = `<table>${"<tr><td>1<td>2<td>3".repeat(20_000)}</table>`
  for (const html of [thread, report])
    expect((await cleanApart({ html, ...beside, waiting: "nobody" })).trouble).toBeNull()
})
