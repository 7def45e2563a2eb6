import { spawnSync } from "node:child_process"
import { existsSync, readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { projectRoot } from "#db/place.server.ts"

/**
 * Before `npm start` and `npm run desk -- …`: builds when a source is newer than what was built. The server itself then
 * runs without the loader of TypeScript, which would cost it 70 MB.
 */
const built = join(projectRoot, "build/server/index.js")
if (isStale()) build()

function isStale() {
  if (!existsSync(built)) return true
  const sources = ["app", "db", "emails", "package.json"].map((name) => join(projectRoot, name)).filter(existsSync)
  return sources.some((source) => newestIn(source) > statSync(built).mtimeMs)
}

function newestIn(path: string): number {
  const facts = statSync(path)
  if (!facts.isDirectory()) return facts.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}

function build() {
  process.stderr.write("Building Upturn, about ten seconds, only after a change\n")
  const remix = join(projectRoot, "node_modules/@remix-run/dev/dist/cli.js")
  const done = spawnSync(
    process.execPath,
    [remix, "vite:build", "--config", "app/vite.config.ts", "--logLevel", "warn"],
    {
      cwd: projectRoot,
      // Standard output belongs to the command: `desk … --json` must print JSON and nothing else.
      stdio: ["ignore", 2, 2],
      env: { ...process.env, NODE_ENV: "production" },
    },
  )
  if (done.status !== 0) process.exit(done.status ?? 1)
}
