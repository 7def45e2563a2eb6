import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, expect, inject, test } from "vitest"
import { openBrowser, signedInBrowser } from "#test/support/chromium.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { sendMail } from "#test/support/mail.ts"
import { clearFolder, type RunningDesk, rows, startDesk, until } from "#test/support/server.ts"

const email = "ann@desk.example"
const password = "a long enough passphrase"
const long = "w".repeat(300)
const arabic = "مرحبا، أين طلبي رقم 12؟"
let desk: RunningDesk
let database: string
let browser: Browser

beforeAll(async () => {
  database = await freshDatabase(inject("clusterUrl"))
  desk = await startDesk({ databaseUrl: database })
  const names = ["--name", long.slice(0, 100), "--email", email, "--password", password, "--desk", long.slice(0, 60)]
  expect((await desk.desk("setup", ...names, "--mailbox", "help@desk.example")).err).toBe("")
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  clearFolder(desk.dataDir)
})

const signedIn = (width: number) =>
  signedInBrowser(browser, { url: desk.url, email, password }, { viewport: { width, height: 860 } })

async function caseBy(subject: string, letter: Parameters<typeof sendMail>[1] = {}) {
  await sendMail(desk.mailPort, { subject, ...letter })
  const [found] = await until(
    () => rows<{ number: string }>(database, `select number from cases where subject = '${subject}'`),
    (seen) => seen.length === 1,
  )
  return Number(found?.number)
}

async function opened(where: BrowserContext, path: string) {
  const page = await where.newPage()
  await page.goto(path)
  await page.waitForSelector("body[data-keys=heard]")
  return page
}

const isTooWide = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const main = document.querySelector("main")
    return scrollWidth > clientWidth || (main !== null && main.scrollWidth > main.clientWidth)
  })

test("words of three hundred letters make no page wider than its window", async () => {
  const number = await caseBy(long, {
    text: `${long} https://x.example/${long}\n${long}`,
    attachments: [{ filename: `${long.slice(0, 180)}.txt`, content: "x" }],
  })
  const table = (sql: string) => rows<{ id: string }>(database, sql)
  await table(`update participants set name = '${long}'`)
  await table(
    `update messages set "from" = jsonb_build_object('name', '${long}', 'address', '${"a".repeat(60)}@${"b".repeat(60)}.example')`,
  )
  await table(`update customers set name = '${long}', about = '${long}'`)
  await table(`update mailboxes set name = '${long}'`)
  const [customer] = await table("select id from customers limit 1")
  const [mail] = await table("select id from mail_received limit 1")
  const mine = await signedIn(1280)
  const page = await opened(mine, `/cases/${number}`)
  await page.fill("#reply-text", `${long}\n- ${long}\n> ${long}`)
  await page.click("[data-send-close]")
  await page.waitForURL((url) => url.pathname !== `/cases/${number}`)
  const [sent] = await table("select id from mail_to_send order by id desc limit 1")
  const [box] = await table("select id from mailboxes limit 1")
  const lists = ["view=everyone", "view=closed", "view=all", `q=${long}`, `view=closed&mailbox=${box?.id}`]
  const paths = [
    ...lists.map((list) => `/cases?${list}`),
    ...[`/cases/${number}`, `/cases/${number}/next`, "/cases/new", "/customers", `/customers/${customer?.id}`],
    ...["/mail", `/mail/${mail?.id}`, "/sent", `/sent/${sent?.id}`, "/trays/held", "/me", "/load", "/frowns"],
    ...["/settings/desk", "/settings/mailboxes", `/settings/mailboxes/${box?.id}`, "/settings/people"],
  ]
  const wide: string[] = []
  for (const path of paths) {
    await page.goto(path)
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 860 })
      if (await isTooWide(page)) wide.push(`${width} ${path.replaceAll(long, "long")}`)
    }
  }
  expect(wide).toEqual([])
  await mine.close()
})

test("Arabic is read from the right in the list, the case, the composer and an email's own page", async () => {
  const number = await caseBy("كيف حالك", { text: arabic })
  const page = await caseBy("صفحة", { text: arabic, html: `<p>${arabic}</p><p>Order 12</p>` })
  const mine = await signedIn(1280)
  const sideOf = (seen: Page, selector: string) =>
    seen
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).direction)
  const list = await opened(mine, "/cases?view=everyone")
  expect(await sideOf(list, ".case-row__subject:has-text('كيف')")).toBe("rtl")
  const kase = await opened(mine, `/cases/${number}`)
  expect(await sideOf(kase, "h1")).toBe("rtl")
  expect(await sideOf(kase, ".plain-text")).toBe("rtl")
  await kase.fill("#reply-text", arabic)
  expect(await sideOf(kase, "#reply-text")).toBe("rtl")
  const framed = await opened(mine, `/cases/${page}`)
  const body = framed.frameLocator("iframe.mail-frame").locator("body")
  expect(await body.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl")
  await mine.close()
})

test("a case is printed whole, in black on white, without drafts, buttons and internal notes", async () => {
  const number = await caseBy("On paper", {
    text: "The first of five",
    attachments: [{ filename: "plan.txt", content: "x" }],
  })
  const id = Number(
    (await rows<{ id: string }>(database, `select id from messages where case_number = ${number}`))[0]?.id,
  )
  await rows(
    database,
    `insert into messages (case_number, kind, at, "from", "to", cc, subject, text, new_text)
    select case_number, kind, at + n * interval '1 minute', "from", "to", cc, subject, 'Word ' || n, 'Word ' || n
    from messages, generate_series(2, 5) n where id = ${id}`,
  )
  await rows(
    database,
    `insert into notes (case_number, agent_id, body, at) select ${number}, id, 'Between us', now() from agents`,
  )
  const mine = await signedIn(1280)
  const page = await opened(mine, `/cases/${number}`)
  await page.fill("#reply-text", "Not sent yet")
  expect(await page.isVisible("text=Printed without internal notes")).toBe(false)
  await page.emulateMedia({ media: "print", colorScheme: "dark" })
  const seen = async () => (await page.locator("main").innerText()).replace(/\s+/g, " ")
  for (const words of ["The first of five", "Word 2", "Word 5", "plan.txt", "Printed without internal notes."])
    expect(await page.getByText(words, { exact: true }).last().isVisible(), words).toBe(true)
  for (const words of ["Between us", "Not sent yet", "Send and close", "Hand over"])
    expect(await seen()).not.toContain(words)
  expect(await page.locator("button:visible, textarea:visible").count()).toBe(0)
  const [ink, paper] = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.documentElement)
    return [color, backgroundColor]
  })
  expect([ink, paper]).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"])
  await page.emulateMedia({ media: "screen" })
  await page.check("#print-notes")
  await page.emulateMedia({ media: "print" })
  expect(await seen()).toContain("Between us")
  expect(await seen()).not.toContain("Printed without")
  await mine.close()
})
