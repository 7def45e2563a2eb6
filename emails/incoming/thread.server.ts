import type { Worker } from "node:worker_threads"
import { openThread } from "#db/thread.server.ts"
import { heapMegabytes } from "./thread-work.ts"

const program = { built: "reader.js", source: "emails/incoming/reader-thread.server.ts" }
const resourceLimits = { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 8 }

/** A thread that works for others. */
export const startThread = (): Worker => openThread(program, { resourceLimits })
