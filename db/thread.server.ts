import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"
import { Worker, type WorkerOptions } from "node:worker_threads"
import { projectRoot } from "./place.server.ts"

/** A program that runs in a thread: its file in build/server (app/vite.config.ts), and its source. */
export type Program = { built: string; source: string }

/** Starts it from the build or, while developing, from the sources. */
export function openThread({ built, source }: Program, options: WorkerOptions): Worker {
  const folder = join(projectRoot, "build/server")
  const all = { ...options, execArgv: [] }
  if (import.meta.dirname.startsWith(folder)) return new Worker(join(folder, built), all)
  return new Worker(fromSource(source), { ...all, eval: true })
}

/** TypeScript needs its loader in each thread; Node 20 does not pass on the one of the main thread. */
function fromSource(source: string) {
  const tsx = dirname(createRequire(join(projectRoot, "package.json")).resolve("tsx/package.json"))
  const address = (path: string) => JSON.stringify(pathToFileURL(path).href)
  const loader = address(join(tsx, "dist/esm/api/index.mjs"))
  return `import(${loader}).then(({ register }) => { register(); return import(${address(join(projectRoot, source))}) })`
}
