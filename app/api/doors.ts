import { z } from "zod"
import type { Call } from "./calls.ts"

const part = z.string().describe("ok, or what is wrong")
const Ready = z
  .object({ status: z.enum(["ready", "not ready"]), database: part, mailDoor: part, worker: part })
  .partial({ mailDoor: true, worker: true })
  .describe("And each queue that stands still, by its name")

/** What stands beside the API, for whoever runs the desk. */
export const doors: Record<string, Record<string, Call>> = {
  "/healthz": {
    get: {
      says: "Whether it runs",
      answers: { 200: { inline: z.object({ status: z.enum(["alive"]) }) } },
      refuses: [],
      open: true,
    },
  },
  "/readyz": {
    get: {
      says: "Whether it works",
      answers: { 200: { inline: Ready }, 503: { inline: Ready } },
      refuses: [],
      open: true,
    },
  },
  "/metrics": {
    get: { says: "Prometheus metrics", answers: { 200: { bytes: "text/plain" } }, refuses: [], scope: "metrics" },
  },
}
