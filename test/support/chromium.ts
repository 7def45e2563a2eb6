import { existsSync } from "node:fs"
import { type Browser, chromium } from "playwright-core"

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
