/**
 * node --import tsx test/support/record-expressions.ts: writes down which new expressions are linear, and with --all
 * looks at every one anew, which takes minutes.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { projectRoot } from "#db/place.server.ts"
import { boundedExpressions } from "../fixtures/bounded-expressions.ts"
import { allExpressions, faultOf, keyOf } from "./expressions.ts"

const file = join(projectRoot, "test/fixtures/linear-expressions.json")
const known = new Set<string>(process.argv.includes("--all") ? [] : JSON.parse(readFileSync(file, "utf8")))
const all = await allExpressions()
const linear = new Set(all.map(keyOf).filter((key) => known.has(key)))
const waiting = all.filter(
  (one) => !linear.has(keyOf(one)) && !(keyOf(one) in (boundedExpressions[one.file]?.expressions ?? {})),
)
const checkAll = async () => {
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const fault = await faultOf(next)
    if (fault === null) linear.add(keyOf(next))
    else console.log(`${next.file}\n  /${next.source}/${next.flags}\n  ${fault}`)
  }
}
// Two at a time: what waits for a processor would run out of its time.
await Promise.all([checkAll(), checkAll()])
writeFileSync(file, `${JSON.stringify([...linear].sort(), null, 2)}\n`)
process.exit(0)
