import fc from "fast-check"
import { expect, test } from "vitest"
import { mergeCase, unmergeCase } from "#app/models/cases/merge.server.ts"
import { rebuildCases } from "#app/models/cases/rebuild.server.ts"
import { db } from "#db/connection.server.ts"
import { ann, later, resetDesk } from "#test/fixtures/desk.ts"
import { caseNow } from "#test/support/replies.ts"
import { patience, sized } from "#test/support/sizes.ts"
import {
  act,
  kinds,
  type Pair,
  pairOf,
  type Step,
  sideOfFrown,
  standing,
  workOnFrown,
} from "#test/support/twin-cases.ts"
import { viewer } from "#test/support/viewer.ts"

const step = fc.record({ kind: fc.constantFrom(...kinds), side: fc.constantFrom(0 as const, 1 as const) })
const steps = (maxLength: number) => fc.array(step, { maxLength })

/** So that there is something to rate in each. */
const answers = ([0, 1] as const).map((side): Step => ({ kind: "reply", side }))

/** The same in both pairs, of which one is merged for a while. */
async function both(given: Step, merged: Pair, twin: Pair, now: Date) {
  const { kind } = given
  if (kind === "claim" || kind === "call") {
    const side = merged.isMerged ? await sideOfFrown(merged) : given.side
    if (side === null) return
    for (const pair of [merged, twin]) await workOnFrown(kind, pair.numbers[side], now)
    return
  }
  const isCustomers = ["mail", "frown", "ok", "happy", "draft"].includes(kind)
  const side = merged.isMerged && !isCustomers ? 1 : given.side
  const shown = await caseNow(merged.numbers[side])
  await act({ kind, side }, merged, now)
  // Reopened is what everybody sees as closed; alone it may have been closed all the time.
  if (kind !== "reopen" || shown.closedAt !== null) await act({ kind, side }, twin, now)
}

test(
  "merged, worked on and taken apart, two cases are as if they had never been merged",
  async () => {
    const property = fc.asyncProperty(steps(6), steps(8), steps(3), async (before, between, after) => {
      await resetDesk()
      const [merged, twin] = [await pairOf(), await pairOf()]
      let minute = 10
      const next = () => {
        minute += 10
        return later(minute)
      }
      for (const one of [...answers, ...before]) await both(one, merged, twin, next())
      const [from, into] = merged.numbers
      expect(await mergeCase(viewer(ann), from, into, next())).toBe("done")
      merged.isMerged = true
      for (const one of between) await both(one, merged, twin, next())
      expect(await unmergeCase(viewer(ann), from, next())).toBe("done")
      merged.isMerged = false
      await act({ kind: "draft", side: 0 }, merged, next())
      await act({ kind: "draft", side: 0 }, twin, next())
      for (const one of after) await both(one, merged, twin, next())
      for (const side of [0, 1] as const)
        expect(await standing(merged.numbers[side])).toEqual(await standing(twin.numbers[side]))
      expect(await db.transaction((tx) => rebuildCases(tx))).toEqual([])
    })
    await fc.assert(property, {
      ...(process.env.SEED ? { seed: Number(process.env.SEED), path: process.env.PATHH ?? "0" } : {}),
      numRuns: sized({ push: 12, night: 200, release: 1000 }),
      endOnFailure: true,
    })
  },
  patience(120_000),
)
