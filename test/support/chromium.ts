import { existsSync } from "node:fs"
import { type Browser, type BrowserContextOptions, chromium } from "playwright-core"

const places = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]

/** The Chromium on this machine: CHROMIUM, a system one, or the one the browser library downloaded; null when none is. */
export function chromiumPath(): string | null {
  const found = [...places, chromium.executablePath()].find((path) => path && existsSync(path))
  return found ?? null
}

const quiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

export function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath()
  if (!executablePath)
    throw new Error("no Chromium: set CHROMIUM to its path, or run the whole `npm test`, which installs one")
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : []
  return chromium.launch({ executablePath, args: [...quiet, ...asRoot] })
}

type Login = { url: string; email: string; password: string }

/** A browser of one person, signed in and in their list. */
export async function signedInBrowser(browser: Browser, { url, email, password }: Login, how: BrowserContextOptions) {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 860 }, ...how })
  const page = await context.newPage()
  await page.goto("/sign-in")
  await page.fill("[name=email]", email)
  await page.fill("[name=password]", password)
  await page.click("[type=submit]")
  await page.waitForURL("**/cases*")
  await page.close()
  return context
}
