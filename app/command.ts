import { join } from "node:path"
import { projectRoot } from "#db/place.server.ts"
import "./build.ts"

/** `npm run desk -- …`: what was built, in this very process, so that its output and its exit code are the command's. */
process.env.NODE_ENV ??= "production"
const built = join(projectRoot, "build/server/desk.js")
process.argv.splice(1, 1, built)
await import(built)
