import { readFile } from "node:fs/promises"
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core"
import { afterAll, beforeAll, expect, inject, test } from "vitest"
import { attacks } from "#test/fixtures/html-attacks.ts"
import { openBrowser, signedInBrowser } from "#test/support/chromium.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { sendMail } from "#test/support/mail.ts"
import { clearFolder, type RunningDesk, rows, startDesk, until } from "#test/support/server.ts"

const email = "ann@desk.example"
const password = "a long enough passphrase"
let desk: RunningDesk
let database: string
let browser: Browser
let context: BrowserContext

beforeAll(async () => {
  database = await freshDatabase(inject("clusterUrl"))
  desk = await startDesk({ databaseUrl: database })
  const names = ["--name", "Ann Lee", "--email", email, "--password", password, "--desk", "Acme"]
  expect((await desk.desk("setup", ...names, "--mailbox", "help@desk.example")).err).toBe("")
  await desk.desk("agent", "add", "--email", "bo@desk.example", "--name", "Bo Diaz", "--role", "agent",
    "--mailbox", "help@desk.example", "--password", password) // biome-ignore format: one command, one line
  browser = await openBrowser()
  context = await signedIn({})
})

afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  clearFolder(desk.dataDir)
})

const signedIn = (how: BrowserContextOptions) => signedInBrowser(browser, { url: desk.url, email, password }, how)

/** A mail of Dana's through the door, and the case it became, held by Ann so that it stands in her list. */
async function caseBy(subject: string, letter: Parameters<typeof sendMail>[1] = {}) {
  await sendMail(desk.mailPort, { subject, ...letter })
  const [found] = await until(
    () =>
      rows<{ number: string; agent_id: string | null }>(database, `select * from cases where subject = '${subject}'`),
    (seen) => seen.length === 1,
  )
  const number = Number(found?.number)
  await rows(
    database,
    `update cases set agent_id = (select id from agents where email = '${email}') where number = ${number}`,
  )
  return number
}

async function opened(path: string, where: BrowserContext = context) {
  const page = await where.newPage()
  const troubles: string[] = []
  page.on("console", (said) => said.type() === "error" && troubles.push(said.text()))
  page.on("pageerror", (error) => troubles.push(error.message))
  await page.goto(path)
  return { page, troubles }
}

/** The keys work once the page's script has run, effects and all; before that every control still does. */
const ready = (page: Page) => page.waitForSelector("body[data-keys=heard]")
const focusOn = (page: Page) => page.evaluate(() => document.activeElement?.id)

test("a case is opened, answered, taken back and sent by keys alone", async () => {
  const number = await caseBy("By keys")
  const { page, troubles } = await opened("/cases")
  await ready(page)
  await page.keyboard.press("j")
  while (!(await page.evaluate(() => document.activeElement?.textContent === "By keys"))) await page.keyboard.press("j")
  await page.keyboard.press("Enter")
  await page.waitForSelector("#reply-text")
  await page.keyboard.press("r")
  expect(await focusOn(page)).toBe("reply-text")
  await page.keyboard.type("Hello, e j k m u ? are words here.")
  await page.waitForSelector("text=Draft saved")
  await page.keyboard.press("Control+Enter")
  await page.waitForSelector(".undo-bar")
  expect(new URL(page.url()).pathname).not.toBe(`/cases/${number}`)
  await page.keyboard.press("z")
  await page.waitForURL(`**/cases/${number}*`)
  await page.waitForFunction(() => document.querySelector("textarea")?.value !== "")
  expect(await page.inputValue("#reply-text")).toBe("Hello, e j k m u ? are words here.")
  await page.keyboard.press("r")
  await page.keyboard.press("Control+Shift+Enter")
  await page.waitForSelector(".undo-bar")
  const [kase] = await rows<{ closed_at: string | null }>(
    database,
    `select closed_at from cases where number = ${number}`,
  )
  expect(kase?.closed_at).not.toBeNull()
  expect(troubles).toEqual([])
  await page.close()
})

test("the second key of a sequence never means what it means alone", async () => {
  const number = await caseBy("In sequence")
  const { page } = await opened(`/cases/${number}`)
  await ready(page)
  await page.keyboard.press("g")
  await page.keyboard.press("e")
  await page.waitForURL("**/cases?view=everyone")
  expect(await page.textContent(".case-list")).toContain("In sequence")
  await page.keyboard.press("?")
  expect(await page.isVisible("#keys")).toBe(true)
  await page.close()
})

test("back in the list, the row one came from has the focus", async () => {
  const number = await caseBy("There and back")
  const { page } = await opened("/cases?view=everyone")
  await ready(page)
  await page.click("text=There and back")
  await page.waitForSelector("#reply-text")
  expect(page.url()).toBe(`${desk.url}/cases/${number}?view=everyone`)
  await page.keyboard.press("u")
  await page.waitForSelector(".case-list")
  await page.waitForFunction(() => document.activeElement?.textContent === "There and back")
  await page.close()
})

test("a draft that cannot be saved says so, and the words stay", async () => {
  const number = await caseBy("Signed out")
  const mine = await signedIn({})
  const { page } = await opened(`/cases/${number}`, mine)
  await ready(page)
  await mine.clearCookies()
  await page.fill("#reply-text", "Half an answer")
  await page.waitForSelector("text=Draft not saved")
  expect(await page.inputValue("#reply-text")).toBe("Half an answer")
  await mine.close()
})

test("sending stops at what arrived meanwhile, and goes on when it was seen", async () => {
  const number = await caseBy("Meanwhile")
  const { page } = await opened(`/cases/${number}`)
  await ready(page)
  await page.fill("#reply-text", "We are looking into it")
  await rows(
    database,
    `insert into notes (case_number, agent_id, at, body)
    select ${number}, id, now(), 'Stop, I called them' from agents where email = 'bo@desk.example'`,
  )
  await page.click("[data-send]")
  await page.waitForSelector("text=something new arrived in this case while you wrote")
  expect(await page.textContent(".conversation")).toContain("Stop, I called them")
  expect(await page.inputValue("#reply-text")).toBe("We are looking into it")
  await page.click("[data-send]")
  await page.waitForSelector(".undo-bar")
  await page.close()
})

test("all of it works without script", async () => {
  const number = await caseBy("No script")
  const plain = await signedIn({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  const { page } = await opened(`/cases/${number}`, plain)
  await page.click(".composer__part--note > summary")
  await page.fill("#note-text", "Be kind")
  await page.click("text=Leave note")
  expect(await page.textContent(".note")).toContain("Be kind")
  await page.fill("#reply-text", "Without script")
  await page.click("[data-send]")
  await page.click(".undo-bar button")
  expect(await page.inputValue("#reply-text")).toBe("Without script")
  await page.click(".actions .drop > summary")
  await page.click(".actions .drop__item >> nth=1")
  expect(await page.textContent(".case__state")).toContain("snoozed until")
  await page.click("text=Wake")
  await page.click(".actions >> text=Close")
  expect(await page.textContent(".case__state")).toContain("closed")
  await page.click(".frame__menu")
  await page.click("#frame-menu >> text=Closed")
  expect(await page.textContent(".case-list")).toContain("No script")
  await page.click(".frame__menu")
  await page.click("[name=scheme]")
  expect(await page.getAttribute("html", "data-scheme")).toBe("dark")
  await plain.close()
})

/** Opens a case with such HTML and waits until the frame has it; what it tried is counted. */
async function framed(number: number, body: ((was: string) => string) | null) {
  const page = await context.newPage()
  const tried: string[] = []
  page.on("dialog", (dialog) => {
    tried.push(`dialog ${dialog.message()}`)
    return dialog.dismiss()
  })
  page.on("popup", (popup) => void tried.push(`popup ${popup.url()}`))
  const isOutside = (url: string) => !url.startsWith(desk.url) && !url.startsWith("data:")
  page.on("response", (answer) => isOutside(answer.url()) && tried.push(`answered ${answer.url()}`))
  // A request the policy stopped is reported too, as failed by it; any other got out of the frame.
  page.on("requestfailed", (request) => {
    const stopped = request.failure()?.errorText === "csp"
    if (isOutside(request.url()) && !stopped) tried.push(`asked ${request.url()} ${request.failure()?.errorText}`)
  })
  if (body)
    await page.route("**/messages/*/frame", async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, body: body(await answer.text()) })
    })
  await page.goto(`/cases/${number}`)
  await page.waitForSelector(".mail-frame")
  await page.waitForTimeout(1500)
  return { page, tried }
}

test("HTML mail that wants to act does nothing, and asks nobody anything", async () => {
  const number = await caseBy("Attacks", { html: `<p>Hello</p>${attacks.join("<hr>")}` })
  const { page, tried } = await framed(number, null)
  expect(tried).toEqual([])
  expect(await page.title()).toContain("Attacks")
  await page.close()
})

test("the frame stops everything even when nobody cleaned the mail", async () => {
  const number = await caseBy("Uncleaned", { html: "<p>Hello</p>" })
  const beacon = `<img src="https://evil.example/a.gif"><style>@import "https://evil.example/b.css"</style>`
  const { page, tried } = await framed(number, () => `<!doctype html><body>${beacon}${attacks.join("<hr>")}</body>`)
  const inside = page.frames().find((frame) => frame.url().includes("/frame"))
  expect(await inside?.evaluate(() => document.body.innerHTML.length).catch(() => 0)).toBeGreaterThan(1000)
  expect(tried).toEqual([])
  expect(page.url()).toContain(`/cases/${number}`)
  await page.close()
})

test("pictures from elsewhere come when asked for, and the frame fits what it holds", async () => {
  const number = await caseBy("Pictures", {
    html: `<p>Hi</p><img src="${desk.url}/assets/none.png"><p style="height:900px">tall</p>`,
  })
  const { page } = await opened(`/cases/${number}`)
  const inside = page.frameLocator(".mail-frame")
  await inside.locator("text=Show images").click()
  await inside.locator("img[src]").waitFor({ state: "attached" })
  await ready(page)
  const fits = () =>
    page.evaluate(() => {
      const frame = document.querySelector<HTMLIFrameElement>(".mail-frame")
      const room = frame?.contentDocument?.documentElement.scrollHeight ?? 0
      return Math.abs((frame?.offsetHeight ?? 0) - room) < 3 && room > 900
    })
  expect(await until(fits, Boolean)).toBe(true)
  await page.close()
})

const axe = readFile(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8")

// Colours are judged in both schemes; what a width adds is whether it fits.
test.each([
  [1280, "light"],
  [390, "dark"],
] as const)("at %i px, %s, every page is readable, fits, and breaks no policy", async (width, colorScheme) => {
  const number = await caseBy(`Looked at ${width} ${colorScheme}`, { html: "<p>Hello</p><table border=1><tr><td>a" })
  const mine = await signedIn({ viewport: { width, height: 860 }, colorScheme })
  const [customer] = await rows<{ customer_id: string }>(
    database,
    `select customer_id from cases where number = ${number}`,
  )
  const places = ["/cases?view=everyone", "/cases?view=snoozed", "/cases?q=looked", `/cases/${number}`, "/cases/new"]
  for (const path of [...places, "/load", "/customers", `/customers/${customer?.customer_id}`, "/nowhere/at/all"]) {
    const { page, troubles } = await opened(path, mine)
    await ready(page)
    expect([path, troubles.filter((trouble) => !trouble.includes("404"))]).toEqual([path, []])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect([path, wide]).toEqual([path, false])
    expect([path, await seriousIn(page)]).toEqual([path, []])
    await page.close()
  }
  await mine.close()
})

/** axe by the debugger's door: the page's own policy would refuse a script put into it. */
async function seriousIn(page: Page) {
  const debug = await page.context().newCDPSession(page)
  const found = `axe.run().then(({ violations }) => JSON.stringify(violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => id + " " + nodes[0].html.slice(0, 200))))`
  const { result } = await debug.send("Runtime.evaluate", { expression: `${await axe};${found}`, awaitPromise: true })
  return JSON.parse(String(result.value)) as string[]
}

test("no page sends more than 150 kilobytes of script", async () => {
  const number = await caseBy("Light")
  const fresh = await signedIn({})
  for (const path of ["/cases", `/cases/${number}`, "/load", "/customers"]) {
    const page = await fresh.newPage()
    const debug = await fresh.newCDPSession(page)
    await debug.send("Network.enable")
    await debug.send("Network.setCacheDisabled", { cacheDisabled: true })
    const scripts = new Set<string>()
    let bytes = 0
    debug.on("Network.responseReceived", ({ requestId, type }) => void (type === "Script" && scripts.add(requestId)))
    debug.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength
    })
    await page.goto(path)
    await ready(page)
    await page.waitForTimeout(300)
    expect(bytes).toBeGreaterThan(20_000)
    expect([path, bytes < 150_000]).toEqual([path, true])
    if (process.env.SHOW) process.stdout.write(`${path} ${Math.round(bytes / 1000)} kB of script\n`)
    await page.close()
  }
  await fresh.close()
})
