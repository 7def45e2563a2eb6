import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest"
import { brokenLine } from "#test/support/broken-line.ts"
import { openBrowser } from "#test/support/chromium.ts"
import { freePort } from "#test/support/free-port.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { sendMail } from "#test/support/mail.ts"
import { clearFolder, passphrase, type RunningDesk, rows, setUp, startDesk, until } from "#test/support/server.ts"

let desk: RunningDesk
let database: string
let browser: Browser
let line: Awaited<ReturnType<typeof brokenLine>>

beforeAll(async () => {
  database = await freshDatabase(inject("clusterUrl"))
  desk = await startDesk({ databaseUrl: database, port: await freePort(), mailPort: await freePort() })
  expect((await setUp(desk)).err).toBe("")
  await desk.desk("agent", "add", "--email", "bo@desk.example", "--name", "Bo Diaz", "--role", "agent",
    "--mailbox", "help@desk.example", "--password", passphrase) // biome-ignore format: one command, one line
  line = await brokenLine(() => desk.port)
  browser = await openBrowser()
})

afterEach(async () => {
  line.set("open")
  for (const context of browser.contexts()) await context.close()
})

afterAll(async () => {
  await browser?.close()
  line?.close()
  await desk?.stop()
  clearFolder(desk.dataDir)
})

async function signedIn(email = "ann@desk.example") {
  const context = await browser.newContext({ baseURL: line.url, viewport: { width: 1280, height: 860 } })
  const page = await context.newPage()
  await page.goto("/sign-in")
  await signIn(page, email)
  return { context, page }
}

async function signIn(page: Page, email = "ann@desk.example") {
  await page.fill("[name=email]", email)
  await page.fill("[name=password]", passphrase)
  await page.click("[type=submit]")
  await page.waitForURL((url) => url.pathname !== "/sign-in")
}

async function caseBy(subject: string) {
  await sendMail(desk.mailPort, { subject })
  const [found] = await until(
    () => rows<{ number: string }>(database, `select number from cases where subject = '${subject}'`),
    (seen) => seen.length === 1,
  )
  return Number(found?.number)
}

const ready = (page: Page) => page.waitForSelector("body[data-keys=heard]")

/** Ann before a case of that subject, its script running. */
async function writing(subject: string) {
  const number = await caseBy(subject)
  const { context, page } = await signedIn()
  await page.goto(`/cases/${number}`)
  await ready(page)
  return { number, context, page }
}

const replies = (number: number) =>
  rows<{ text: string }>(database, `select text from messages where case_number = ${number} and kind = 'reply'`)
const notes = (number: number) =>
  rows<{ body: string }>(database, `select body from notes where case_number = ${number}`)
const sent = (page: Page) => page.waitForSelector(".undo-bar", { timeout: 40_000 })
const banner = (page: Page, words: string) => page.waitForSelector(`.banner >> text=${words}`, { timeout: 40_000 })
const noBanner = (page: Page) => page.waitForSelector(".banner__line", { state: "detached", timeout: 40_000 })

test.each(["502", "reset"] as const)(
  "a reply sent while the line says %s stays in its box, and leaves once",
  async (how) => {
    const { number, page } = await writing(`Line ${how}`)
    await page.fill("#reply-text", "It is on its way")
    await page.waitForSelector("text=Draft saved")
    line.set(how)
    await page.click("[data-send]")
    await banner(page, "The desk cannot be reached")
    expect(await page.inputValue("#reply-text")).toBe("It is on its way")
    line.set("open")
    await sent(page)
    await noBanner(page)
    await until(
      () => replies(number),
      (all) => all.length > 0,
    )
    expect(await replies(number)).toHaveLength(1)
  },
)

test("a reply whose answer got lost is sent once", async () => {
  const { number, page } = await writing("Answer lost")
  await page.fill("#reply-text", "Once is enough")
  line.set("swallow")
  await page.click("[data-send]")
  await banner(page, "The desk cannot be reached")
  await until(
    () => replies(number),
    (all) => all.length === 1,
  )
  line.set("open")
  await sent(page)
  expect(await replies(number)).toHaveLength(1)
})

test("a desk killed and started again while somebody writes takes nothing from them", async () => {
  const { number, page } = await writing("Killed")
  await page.fill("#reply-text", "Written before")
  await desk.kill()
  await banner(page, "The desk cannot be reached")
  await page.locator("#reply-text").pressSequentially(" and while it was away")
  await page.click("[data-send]")
  const { dataDir, port, mailPort } = desk
  desk = await startDesk({ databaseUrl: database, dataDir, port, mailPort })
  await sent(page)
  await until(
    () => replies(number),
    (all) => all.length > 0,
  )
  expect(await replies(number)).toMatchObject([{ text: "Written before and while it was away" }])
})

test("a page whose part cannot be fetched opens when the line is there again", async () => {
  const { page } = await writing("Parts")
  await page.fill("#reply-text", "Half a thought")
  line.set("reset")
  await page.click("text=Customers")
  await banner(page, "The desk cannot be reached")
  expect(await page.inputValue("#reply-text")).toBe("Half a thought")
  line.set("open")
  await page.waitForURL("**/customers")
  await page.waitForSelector("h1:has-text('Customers')")
  await page.goBack()
  await page.waitForSelector("#reply-text")
  await page.waitForFunction(
    () => document.querySelector<HTMLTextAreaElement>("#reply-text")?.value === "Half a thought",
  )
})

test("signed out while writing, one signs in and finds the words in place", async () => {
  const { number, context, page } = await writing("Session over")
  await page.fill("#reply-text", "Not lost")
  await rows(database, "delete from sessions")
  await page.click("[data-send]")
  await banner(page, "You are signed out")
  expect(await page.inputValue("#reply-text")).toBe("Not lost")
  await page.click(".banner a")
  await signIn(page)
  expect(new URL(page.url()).pathname).toBe(`/cases/${number}`)
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("#reply-text")?.value === "Not lost")
  await context.close()
})

test("whoever signs in after somebody in the same browser sees none of their words, and who signs out leaves none", async () => {
  const { number, page, context } = await writing("Shared browser")
  await page.fill("#reply-text", "For my eyes")
  await page.click(".composer__part--note > summary")
  await page.fill("#note-text", "A secret note")
  await rows(database, "delete from sessions")
  await page.goto("/sign-in")
  await signIn(page, "bo@desk.example")
  await page.goto(`/cases/${number}`)
  await ready(page)
  expect(await page.inputValue("#reply-text")).toBe("")
  expect(await page.inputValue("#note-text")).toBe("")
  await page.fill("#reply-text", "Mine")
  await page.click("text=Sign out")
  await page.waitForURL("**/sign-in")
  const left = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("words 2 ")))
  expect(left).toEqual([])
  await context.close()
})

test("reload, Back and the next case leave a note and a reply as they were typed", async () => {
  const other = await caseBy("The other one")
  const { number, page } = await writing("There and back")
  await rows(database, `update cases set agent_id = 1 where number in (${number}, ${other})`)
  await page.reload()
  await ready(page)
  await page.fill("#reply-text", "Dear Dana")
  await page.click(".composer__part--note > summary")
  await page.fill("#note-text", "She called twice")
  await page.reload()
  await ready(page)
  const words = () =>
    page.evaluate(() =>
      ["#reply-text", "#note-text"].map((id) => document.querySelector<HTMLTextAreaElement>(id)?.value),
    )
  expect(await words()).toEqual(["Dear Dana", "She called twice"])
  await page.keyboard.press("j")
  await page.waitForFunction((here) => !location.pathname.endsWith(`/${here}`), number)
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("#note-text")?.value === "")
  await page.goBack()
  await page.waitForFunction(
    () => document.querySelector<HTMLTextAreaElement>("#note-text")?.value === "She called twice",
  )
  expect(await words()).toEqual(["Dear Dana", "She called twice"])
})

test("a browser that crashed has its words from the desk, files too", async () => {
  const { number, page, context } = await writing("Crash")
  await page.fill("#reply-text", "With a file")
  const file = join(desk.dataDir, "plan.txt")
  writeFileSync(file, "the plan")
  await page.setInputFiles(".composer [type=file]", file)
  await page.waitForSelector(".composer .chip >> text=plan.txt")
  await page.click(".composer__part--note > summary")
  await page.fill("#note-text", "And a note")
  await until(
    () => rows(database, "select * from form_drafts"),
    (kept) => kept.length > 0,
  )
  await until(
    () => rows<{ body: string }>(database, `select body from drafts where case_number = ${number}`),
    ([one]) => one?.body === "With a file",
  )
  await context.close()
  const fresh = await signedIn()
  await fresh.page.goto(`/cases/${number}`)
  await ready(fresh.page)
  expect(await fresh.page.inputValue("#reply-text")).toBe("With a file")
  expect(await fresh.page.inputValue("#note-text")).toBe("And a note")
  await fresh.page.click("[data-send]")
  await sent(fresh.page)
  expect(
    await rows(
      database,
      `select filename from attachments a join messages m on m.id = a.message_id where m.case_number = ${number}`,
    ),
  ).toEqual([{ filename: "plan.txt" }])
})

test("a note is cleared once it is left, and a second press makes no second one", async () => {
  const { number, page } = await writing("Noted")
  await page.click(".composer__part--note > summary")
  await page.fill("#note-text", "Only once")
  await page.locator("text=Leave note").dblclick()
  await page.waitForSelector(".note >> text=Only once")
  expect(await page.inputValue("#note-text")).toBe("")
  await page.reload()
  await ready(page)
  expect(await page.inputValue("#note-text")).toBe("")
  expect(await notes(number)).toHaveLength(1)
})

test("a case merged by a colleague keeps the words, and they go on in the living one", async () => {
  const into = await caseBy("Lives on")
  const { number, page } = await writing("Is merged")
  await page.fill("#reply-text", "Half written")
  await page.waitForSelector("text=Draft saved")
  const bo = await signedIn("bo@desk.example")
  await bo.page.goto(`/cases/${number}`)
  await bo.page.click("text=Same matter as another case")
  await bo.page.fill("#merge-into", String(into))
  await bo.page.press("#merge-into", "Enter")
  await bo.page.waitForURL("**/merge?into=*")
  for (const box of await bo.page.locator("[name=customersDiffer]").all()) await box.check()
  await bo.page.click(`button:has-text("Merge into #${into}")`)
  await page.waitForSelector(`text=was merged into #${into} meanwhile`)
  expect(await page.inputValue("#reply-text")).toBe("Half written")
  await page.click(`text=Go on in #${into}`)
  await page.waitForURL(`**/cases/${into}?*`)
  await until(
    () => page.inputValue("#reply-text"),
    (text) => text === "Half written",
  )
  await page.click("[data-send]")
  await sent(page)
  await until(
    () => replies(into),
    (all) => all.length > 0,
  )
  expect(await replies(into)).toMatchObject([{ text: "Half written" }])
})

test("words left in a case that was merged since are offered where it goes on", async () => {
  const into = await caseBy("Goes on")
  const { number, page } = await writing("Left behind")
  await page.fill("#reply-text", "From before")
  await page.waitForSelector("text=Draft saved")
  await page.goto("/cases")
  await rows(database, `update cases set merged_into = ${into} where number = ${number}`)
  await page.goto(`/cases/${into}`)
  await page.click("text=Go on with it here")
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("#reply-text")?.value === "From before")
  expect(await page.locator("text=Go on with it here").count()).toBe(0)
})

test("a case called spam by a colleague keeps the words until it is none", async () => {
  const { number, page } = await writing("Called spam")
  await page.fill("#reply-text", "Still here")
  await page.waitForSelector("text=Draft saved")
  await rows(database, `update cases set spam_at = now() where number = ${number}`)
  await rows(
    database,
    `with e as (insert into events (kind, case_number, at) values ('case', ${number}, now()) returning 1) select pg_notify('desk', '')`,
  )
  await page.waitForSelector("text=This case is spam by now")
  expect(await page.inputValue("#reply-text")).toBe("Still here")
  await page.click("text=Not spam >> nth=0")
  await page.waitForSelector("[data-send]")
  expect(await page.inputValue("#reply-text")).toBe("Still here")
})

test("a reply or a file that is too large says so with its size before it is sent", async () => {
  const { page } = await writing("Large")
  await page.fill("#reply-text", "x".repeat(50_001))
  await page.waitForSelector("text=This is 50,001 characters long")
  await page.click("[data-send]")
  expect(await page.inputValue("#reply-text")).toHaveLength(50_001)
  await page.fill("#reply-text", "Short")
  const file = join(desk.dataDir, "film.bin")
  writeFileSync(file, Buffer.alloc(26 * 1024 * 1024))
  await page.setInputFiles(".composer [type=file]", file)
  await page.waitForSelector("text=/Not attached: film.bin \\(2/")
})

test("a new case and its files, and a signature, wait for whoever comes back", async () => {
  const { page } = await writing("Others")
  await page.goto("/cases/new")
  await ready(page)
  await page.fill("[name=to]", "eva@customer.example")
  await page.fill("[name=subject]", "Your order")
  await page.fill("[name=text]", "Dear Eva")
  const file = join(desk.dataDir, "bill.txt")
  writeFileSync(file, "12")
  await page.setInputFiles("[type=file]", file)
  await page.waitForSelector(".chip >> text=bill.txt")
  await page.reload()
  await ready(page)
  expect(await page.inputValue("[name=subject]")).toBe("Your order")
  await page.click("[data-send]")
  await page.waitForSelector("#reply-text")
  expect(
    await rows(database, "select filename from attachments where filename = 'bill.txt' and message_id is not null"),
  ).toHaveLength(1)
  await page.goto("/cases/new")
  await ready(page)
  expect(await page.inputValue("[name=subject]")).toBe("")
  await page.goto("/me")
  await ready(page)
  await page.fill("[name=signature]", "Ann, who helps")
  await page.reload()
  await ready(page)
  await page.waitForSelector("text=not sent yet")
  expect(await page.inputValue("[name=signature]")).toBe("Ann, who helps")
  await page.click("text=Save")
  await page.waitForSelector("text=Saved")
  expect(await page.inputValue("[name=signature]")).toBe("Ann, who helps")
})

test("a page in use that cannot be brought up to date stays, says so, and is there again", async () => {
  const number = await caseBy("Refreshed")
  const { page } = await signedIn("bo@desk.example")
  await page.goto(`/cases/${number}`)
  await ready(page)
  await page.fill("#reply-text", "In use")
  await page.waitForSelector("text=Draft saved")
  const mine = "agent_id = (select id from agents where email = 'bo@desk.example')"
  const [row] = await rows<{ mailbox_id: string }>(database, `delete from mailbox_agents where ${mine} returning *`)
  await banner(page, "This page cannot be brought up to date")
  expect(await page.inputValue("#reply-text")).toBe("In use")
  await page.click("[data-send]")
  await banner(page, "There is no such case in your mailboxes. What you wrote is still here")
  expect(await page.inputValue("#reply-text")).toBe("In use")
  await rows(
    database,
    `insert into mailbox_agents (mailbox_id, agent_id) select ${row?.mailbox_id}, id from agents where email = 'bo@desk.example'`,
  )
  await page.click(".banner >> text=Try now")
  await page.waitForSelector(".banner >> text=cannot be brought up to date", { state: "detached" })
  await page.click("[data-send]")
  await sent(page)
  await noBanner(page)
})
