import { parentPort } from "node:worker_threads"
import { textRules } from "./text-rules.ts"

/** Milliseconds a rule takes for each text. */
parentPort?.on("message", async ({ rule, texts }: { rule: string; texts: string[] }) => {
  const times: number[] = []
  for (const text of texts) {
    const began = performance.now()
    await textRules[rule]?.(text)
    times.push(performance.now() - began)
  }
  parentPort?.postMessage(times)
})
parentPort?.postMessage("ready")
