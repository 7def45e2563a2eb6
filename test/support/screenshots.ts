import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { openBrowser } from "./chromium.ts"

/**
 * Pictures of a running desk, for the README and for looking at a change:
 * `node --import tsx test/support/screenshots.ts http://localhost:3000 ann@… password folder /cases /happiness …`
 */
const [url = "http://localhost:3000", email = "", password = "", folder = "screenshots", ...paths] =
  process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const browser = await openBrowser()
for (const width of [1280, 390])
  for (const colorScheme of ["light", "dark"] as const) {
    const viewport = { width, height: width === 390 ? 844 : 860 }
    const context = await browser.newContext({ baseURL: url, viewport, colorScheme, deviceScaleFactor: 2 })
    const page = await context.newPage()
    await page.goto("/sign-in")
    await page.fill("[name=email]", email)
    await page.fill("[name=password]", password)
    await page.click("[type=submit]")
    await page.waitForURL("**/cases*")
    for (const path of paths) {
      await page.goto(path)
      await page.waitForTimeout(800)
      const name = path.replace(/[^\w]+/g, "-").replace(/^-|-$/g, "") || "home"
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) })
    }
    await context.close()
  }
await browser.close()
