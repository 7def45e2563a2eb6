/** node --import tsx test/support/record-expressions.ts: writes down anew which expressions are linear. Takes minutes. */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { projectRoot } from "#db/place.server.ts"
import { allExpressions, faultOf, keyOf } from "./expressions.ts"

const linear = new Set<string>()
const waiting = await allExpressions()
const checkAll = async () => {
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const fault = await faultOf(next)
    if (fault === null) linear.add(keyOf(next))
    else console.log(`${next.file}\n  /${next.source}/${next.flags}\n  ${fault}`)
  }
}
// Two at a time: what waits for a processor would run out of its time.
await Promise.all([checkAll(), checkAll()])
writeFileSync(
  join(projectRoot, "test/fixtures/linear-expressions.json"),
  `${JSON.stringify([...linear].sort(), null, 1)}\n`,
)
process.exit(0)
