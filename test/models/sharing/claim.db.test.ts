import { expect, test } from "vitest"
import { takeCase } from "#app/models/sharing/hand-over.server.ts"
import { db } from "#db/connection.server.ts"
import { agents } from "#db/tables/people.ts"
import { later, noon } from "#test/fixtures/desk.ts"
import { addCrowd, allIsWell, arrives } from "#test/support/crowd.ts"
import { patience, sized } from "#test/support/sizes.ts"
import { viewer } from "#test/support/viewer.ts"

test(
  "two hundred cases, fifty who press for each at once: each has one owner, and the others are told who (Q1)",
  async () => {
    const everybody = await addCrowd(50)
    await db.update(agents).set({ switchedTo: "off" })
    const numbers = await Promise.all(Array.from({ length: sized({ push: 40, night: 200 }) }, () => arrives(noon)))
    const answers = await Promise.all(
      numbers.flatMap((number) => everybody.map((person) => takeCase(viewer(person), number, later(1)))),
    )
    expect(answers.filter((one) => one === "done")).toHaveLength(numbers.length)
    const told = answers.filter((one) => typeof one === "object" && everybody.some(({ name }) => name === one.with))
    expect(told).toHaveLength(numbers.length * 49)
    await allIsWell()
  },
  patience(60_000),
)
