import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"
import { Worker } from "node:worker_threads"
import { projectRoot } from "#db/place.server.ts"
import { heapMegabytes } from "./thread-work.ts"

const resourceLimits = { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 8 }

/** A thread that works for others (reader-thread.server.ts), from the build or, while developing, from the sources. */
export function startThread(): Worker {
  const built = join(projectRoot, "build/server")
  const options = { resourceLimits, execArgv: [] }
  if (import.meta.dirname.startsWith(built)) return new Worker(join(built, "reader.js"), options)
  return new Worker(sourceReader(), { ...options, eval: true })
}

/** TypeScript needs its loader in each thread; Node 20 does not pass on the one of the main thread. */
function sourceReader() {
  const tsx = dirname(createRequire(join(projectRoot, "package.json")).resolve("tsx/package.json"))
  const address = (path: string) => JSON.stringify(pathToFileURL(path).href)
  const loader = address(join(tsx, "dist/esm/api/index.mjs"))
  const reader = address(join(projectRoot, "emails/incoming/reader-thread.server.ts"))
  return `import(${loader}).then(({ register }) => { register(); return import(${reader}) })`
}
