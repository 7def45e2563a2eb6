import { existsSync } from "node:fs"
import { dirname, join } from "node:path"

/** The folder of package.json, found from wherever this code runs: the sources or the built server. */
export const projectRoot = findUp(import.meta.dirname)

function findUp(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder
  if (folder === dirname(folder)) throw new Error("package.json is in none of the folders above the server")
  return findUp(dirname(folder))
}
