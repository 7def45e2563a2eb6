import { createRequire } from "node:module"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { afterAll, beforeAll, expect, inject, test } from "vitest"
import { setSecret } from "#app/models/people/secret.server.ts"
import type { Face } from "#app/models/ratings/face.ts"
import { connect, db, disconnect } from "#db/connection.server.ts"
import { settings } from "#db/tables/people.ts"
import { asked, standing, votesOf } from "#test/fixtures/asked.ts"
import { noon, resetDesk } from "#test/fixtures/desk.ts"
import { openBrowser } from "#test/support/chromium.ts"
import { freshDatabase } from "#test/support/fresh-database.ts"
import { type RunningDesk, secret, startDesk, until } from "#test/support/server.ts"

let desk: RunningDesk
let browser: Browser

beforeAll(async () => {
  setSecret(secret)
  const databaseUrl = await freshDatabase(inject("clusterUrl"))
  connect(databaseUrl)
  await resetDesk()
  await db.insert(settings).values({ key: "ratings.settleSeconds", value: 8, changedAt: noon })
  desk = await startDesk({ databaseUrl })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await desk.stop()
  await disconnect()
})

const faces: Face[] = ["happy", "ok", "frown"]
const sentAgo = (seconds: number) => asked({ sentAt: new Date(Date.now() - seconds * 1000) })
const because = async (requestId: number) => (await votesOf(requestId)).map((vote) => vote.because)
const link = (token: string, face: Face) => `${desk.url}/r/${token}/${face}`
const settleTime = () => new Promise((resolve) => setTimeout(resolve, 10_000))

/** A browser of its own: nothing shared with any other. */
async function profile(options: BrowserContextOptions = {}) {
  return (await browser.newContext(options)).newPage()
}

async function opened(page: Page, token: string, face: Face) {
  await page.goto(link(token, face))
  await page.waitForTimeout(800)
}

async function pressed(page: Page, name: string) {
  await page.getByRole("button", { name, exact: true }).click()
  await page.waitForURL(/\/thanks/)
}

test("S5: a real browser opens every link twice, runs its script, waits and scrolls: nothing", async () => {
  const { token, requestId } = await sentAgo(22)
  const page = await profile()
  for (const face of faces) {
    await page.goto(link(token, face))
    await page.waitForTimeout(134)
    await page.goto(link(token, face))
  }
  await page.mouse.wheel(0, 600)
  await page.waitForTimeout(10_000)
  expect(await votesOf(requestId)).toEqual([])
  await page.context().close()
})

test("S6: a script that sends the form or clicks the button, at once or after five seconds, is held", async () => {
  // Run the way automation does it, which to the browser counts as if a person had just clicked.
  const ways = ["form.requestSubmit(form.querySelector('button'))", "form.querySelector('button').click()"]
  for (const way of ways) {
    for (const wait of [0, 5000]) {
      const { token, requestId } = await sentAgo(600)
      const page = await profile()
      await page.goto(link(token, "happy"))
      await page.waitForTimeout(wait)
      await Promise.all([page.waitForEvent("load"), page.evaluate(`const [form] = document.forms; ${way}`)])
      const votes = await votesOf(requestId)
      expect([way, wait, votes.map(({ status }) => status)]).toEqual([way, wait, ["held"]])
      if (wait > 0) expect(votes[0]?.because).toBe("no gesture")
      await page.context().close()
    }
  }
})

test("S6: sent by script with the face filled in, five seconds on: held, no gesture", async () => {
  const { token, requestId } = await sentAgo(600)
  const page = await profile()
  await page.goto(link(token, "happy"))
  await page.waitForTimeout(5000)
  const fill = `const face = Object.assign(document.createElement("input"), { name: "choice", value: "happy" });
    document.forms[0].append(face); document.forms[0].submit()`
  await Promise.all([page.waitForEvent("load"), page.evaluate(fill)])
  expect(await because(requestId)).toEqual(["no gesture"])
  expect(await page.getByRole("status").textContent()).toBe("Tap once more to confirm.")
  await page.context().close()
})

test("S7 S8: buttons pressed on all three links, in fresh browsers or in one, count nothing", async () => {
  const [fresh, same] = [await sentAgo(600), await sentAgo(600)]
  for (const [place, face] of faces.entries()) {
    const page = await profile({ userAgent: `Scanner ${place}` })
    await opened(page, fresh.token, face)
    await page.getByRole("button", { name: /^Send/ }).click()
    await page.waitForLoadState()
    await page.context().close()
  }
  const one = await profile()
  for (const face of faces) {
    await opened(one, same.token, face)
    await one.getByRole("button", { name: /^Send/ }).click()
    await one.waitForLoadState()
  }
  await one.context().close()
  await settleTime()
  expect([await standing(fresh.requestId), await standing(same.requestId)]).toEqual([null, null])
  expect(await because(fresh.requestId)).toEqual(["contest", "contest", "contest"])
  expect(await because(same.requestId)).toEqual(["sweep", "sweep", "sweep"])
})

test("S9: the button pressed ten seconds after the mail left is held; a person taps once more", async () => {
  const { token, requestId } = await sentAgo(10)
  const page = await profile()
  await opened(page, token, "happy")
  await page.getByRole("button", { name: "Send: Happy" }).click()
  await page.getByRole("status").waitFor()
  expect(await because(requestId)).toEqual(["too soon"])
  await page.waitForTimeout(10_000)
  await pressed(page, "Send: Happy")
  expect((await votesOf(requestId)).at(-1)).toMatchObject({ status: "accepted", mode: "tap", gesture: true })
  await page.context().close()
})

test("S19: Enter is enough; pressing twice, reloading, going back and a second tab leave one rating", async () => {
  const { token, requestId } = await sentAgo(600)
  const page = await profile()
  await opened(page, token, "happy")
  await page.keyboard.press("Enter")
  await page.waitForURL(/\/thanks/)
  await page.reload()
  await page.goBack()
  await page.waitForTimeout(800)
  await page.getByRole("button", { name: "Send: Happy" }).dblclick()
  await page.waitForURL(/\/thanks/)
  const tab = await page.context().newPage()
  await opened(tab, token, "happy")
  await pressed(tab, "Send: Happy")
  await until(
    () => standing(requestId),
    (seen) => seen?.[1] === "happy",
  )
  expect((await votesOf(requestId)).every(({ status }) => status === "accepted")).toBe(true)
  await page.context().close()
})

test("S21 S22: change it on the thanks, then by another link of the mail: the last face stands", async () => {
  const { token, requestId } = await sentAgo(600)
  const page = await profile()
  await opened(page, token, "frown")
  await pressed(page, "Send: Unhappy")
  expect(await page.getByText("A person will read this and write to you").isVisible()).toBe(true)
  await page.getByLabel("Add a line for us, if you like").fill("Still waiting")
  await page.waitForTimeout(800)
  await page.getByRole("button", { name: "Send the line" }).click()
  await page.getByText("with a line for us").waitFor()
  await opened(page, token, "ok")
  await pressed(page, "Send: OK")
  await until(
    () => standing(requestId),
    (seen) => seen?.[1] === "ok",
  )
  expect((await votesOf(requestId)).map(({ face, status }) => [face, status])).toEqual([
    ["frown", "accepted"],
    ["frown", "accepted"],
    ["ok", "accepted"],
  ])
  await page.context().close()
})

test("S20: without JavaScript the same page rates", async () => {
  const { token, requestId } = await sentAgo(600)
  const page = await profile({ javaScriptEnabled: false })
  await opened(page, token, "ok")
  await pressed(page, "Send: OK")
  expect((await votesOf(requestId))[0]).toMatchObject({ status: "accepted", mode: "tap_nojs" })
  await page.context().close()
})

test("every page of the customer's side fits from 320 to 1280, in light and dark, with targets a thumb can hit", async () => {
  const { token, requestId } = await sentAgo(600)
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js")
  const paths = [`/r/${token}/frown`, `/r/${token}`, `/r/${token}/thanks`, "/r/nothing/happy"]
  const before = await profile({ userAgent: "The one who rates" })
  await opened(before, token, "frown")
  await pressed(before, "Send: Unhappy")
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [width, height] of [
      [320, 568],
      [390, 844],
      [1280, 800],
    ] as const) {
      const page = await profile({ colorScheme, viewport: { width, height }, bypassCSP: true })
      for (const path of paths) {
        await page.goto(desk.url + path)
        const wide = await page.evaluate("document.documentElement.scrollWidth")
        expect([path, width, wide]).toEqual([path, width, width])
        const boxes = await page.getByRole("button").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()))
        for (const box of boxes) expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44)
        await page.addScriptTag({ path: axe })
        const found = await page.evaluate("axe.run().then(({ violations }) => violations.map(({ id }) => id))")
        expect([path, found]).toEqual([path, []])
      }
      await page.context().close()
    }
  }
  expect((await votesOf(requestId)).length).toBe(1)
}, 240_000)

test("the page breaks no rule of its own policy, asks only us, and weighs under fifteen kilobytes on the wire", async () => {
  const { token } = await sentAgo(600)
  const page = await profile()
  const complaints: string[] = []
  const answers: { url: string; bytes: Promise<number> }[] = []
  page.on("console", (message) => complaints.push(message.text()))
  page.on("pageerror", (error) => complaints.push(error.message))
  page.on("response", (answer) => answers.push({ url: answer.url(), bytes: answer.body().then((body) => body.length) }))
  await opened(page, token, "happy")
  expect(complaints).toEqual([])
  expect(answers.filter(({ url }) => !url.startsWith(desk.url))).toEqual([])
  const bytes = await Promise.all(answers.map((answer) => answer.bytes))
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(15_000)
  expect(await page.evaluate("document.activeElement.textContent")).toBe("Send: Happy")
  await page.context().close()
})
