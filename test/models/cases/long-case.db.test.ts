import { expect, test } from "vitest"
import { casePage } from "#app/case-page.server.ts"
import { caseRecord } from "#app/models/mail/case-record.server.ts"
import { db } from "#db/connection.server.ts"
import { messages } from "#db/tables/cases.ts"
import { bo, dana, later, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { viewer } from "#test/support/viewer.ts"

const count = 450
const words = "a word ".repeat(4000)

async function longCase() {
  const caseNumber = await caseOf("A mail program gone mad")
  await db.insert(messages).values(
    Array.from({ length: count }, (_, n) => ({
      ...{ caseNumber, kind: "email" as const, at: later(n), from: { name: dana.name, address: dana.address } },
      ...{ subject: `Mail ${n}`, text: words, newText: words },
    })),
  )
  return caseNumber
}

const shown = { view: "all", asText: null } as const

test("a page shows the newest of a long case, the last ones whole, and leads to all before them", async () => {
  const number = await longCase()
  const page = await casePage(viewer(bo), number, shown, noon)
  if (!page) throw new Error("no page")
  expect(JSON.stringify(page).length).toBeLessThan(600_000)
  expect([page.messages.length, page.earlier]).toEqual([200, count + 1 - 200])
  expect([page.messages.at(-1)?.subject, page.messages.at(-1)?.text.length]).toEqual([`Mail ${count - 1}`, 20_000])
  expect([page.messages[0]?.text.length, page.messages[0]?.isCut]).toEqual([300, true])
  const seen = new Set(page.messages.map(({ id }) => id))
  let before = page.messages[0]?.id ?? 0
  for (let left = page.earlier; left > 0; ) {
    const earlier = await casePage(viewer(bo), number, { ...shown, before }, noon)
    for (const { id } of earlier?.messages ?? []) seen.add(id)
    before = earlier?.messages[0]?.id ?? 0
    left = earlier?.earlier ?? 0
  }
  expect(seen.size).toBe(count + 1)
})

test("the API gives of a long case every message, and of the oldest the beginnings only", async () => {
  const record = await caseRecord(viewer(bo), await longCase(), noon)
  expect(record?.messages).toHaveLength(count + 1)
  expect(record?.messages.at(-1)).toMatchObject({ text: words, isCut: false })
  expect(record?.messages[1]).toMatchObject({ text: words.slice(0, 300), isCut: true })
  expect(JSON.stringify(record).length).toBeLessThan(16_000_000)
})
