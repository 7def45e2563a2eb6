import { sql } from "drizzle-orm"
import { beforeEach, expect, test } from "vitest"
import { attach } from "#app/models/cases/attachment.server.ts"
import { markSpam } from "#app/models/cases/case.server.ts"
import { makeWordsDue, wordsDue } from "#app/models/cases/case-words.server.ts"
import { mergeCase, unmergeCase } from "#app/models/cases/merge.server.ts"
import { appendMessage } from "#app/models/cases/message.server.ts"
import { leaveNote } from "#app/models/cases/note.server.ts"
import { caseMeant, explainSearch } from "#app/models/cases/search-cases.server.ts"
import { listCases } from "#app/models/cases/views.server.ts"
import type { Viewer } from "#app/models/people/agent.ts"
import { db } from "#db/connection.server.ts"
import { ann, billing, bo, cy, dana, eli, fay, help, later, noon } from "#test/fixtures/desk.ts"
import { fileOfAll } from "#test/fixtures/merged-desk.ts"
import { caseOf, fromCustomer } from "#test/support/cases.ts"
import { viewer } from "#test/support/viewer.ts"

const program: Viewer = { ...viewer(ann), id: null }
const page = (q: string, who = viewer(ann), cursor: string | null = null) =>
  listCases(who, { view: "all", mailboxId: null, agentId: null, customerId: null, q, cursor }, later(1000))
const numbers = async (q: string, who = viewer(ann)) => (await page(q, who)).rows.map(({ number }) => number)
const finds = async (found: number[], queries: string[], who = viewer(ann)) => {
  for (const q of queries) expect([q, (await numbers(q, who)).sort((a, b) => a - b)]).toEqual([q, found])
}

let one: number
beforeEach(async () => {
  one = await caseOf("My café order 2024-00187 is late, call +49 (0)171/234 5678", later(1))
  await caseOf("Something else, 99 times", later(2), fay)
})

test("beginnings, accents, numbers and phones are found however they are typed", () =>
  finds(
    [one],
    [
      ...[
        "caf",
        "cafe",
        "CAFÉ",
        "ord cafe",
        "2024-00187",
        "2024 00187",
        "202400187",
        "2024/00187",
        "00187",
        "cafe 2024-00187",
      ],
      ...["+49 171 2345678", "0171 2345678", "0171-234-5678", "01712345678", "004917 12345678", "234 5678"],
    ],
  ))

test("people are found by parts of a name or an address, in any order and with other words", async () => {
  await finds(
    [one],
    [
      ...["dana", "reyes dana", "Reyes order", "dana@customer.example", "dana@cust", "from:dana", 'from:"Dana Reyes"'],
      ...[
        'from:"Reyes Dana"',
        "from:ustomer.exam",
        "@customer.example",
        "customer.example",
        "customer:reyes",
        "from: dana",
      ],
    ],
  )
  const named = {
    ...fromCustomer(one, "And him", later(3)),
    cc: [{ name: "Zoë Quartz", address: "zq@partner.example" }],
  }
  await db.transaction((tx) => appendMessage(tx, named, later(3)))
  await finds([one], ["zoe", "quartz order", "zq@partner", "cc:zoe", "partner.example", "cc:partner"])
  await finds([], ["from:zoe", "to:zoe"])
})

test("Japanese and Chinese are found inside a sentence", async () => {
  const japanese = await caseOf("昨日の請求書をもう一度送ってください", later(3), eli)
  const chinese = await caseOf("我的订单还没有收到", later(4), eli)
  await finds([japanese], ["請求書", "請求書 送って", "請", "もう一度"])
  await finds([chinese], ["订单", "没有收到", "单"])
  await finds([], ["求請"])
})

test("names of files and, for agents, notes are found", async () => {
  const messageId = await db.transaction((tx) => appendMessage(tx, fromCustomer(one, "Attached", later(3)), later(3)))
  const file = { messageId, caseNumber: one, sha256: fileOfAll, size: 1, filename: "Ledger_final-v2.xlsx" }
  await db.transaction((tx) =>
    attach(tx, [{ ...file, contentType: "application/x", inline: false, contentId: null }], later(3)),
  )
  await leaveNote(viewer(bo), one, { body: "Careful, a zebra lover", again: false }, later(4))
  await finds([one], ["ledger", "file:ledger", "ledger_final-v2.xlsx", "file:xlsx", "has:file", "has:file order"])
  await finds([one], ["zebra", "note:zebra", "zebra order", "has:note"])
  await finds([], ["zebra", "note:zebra", "zebra order", "has:note"], program)
  expect((await page("zebra")).rows[0]?.found).toMatchObject({ from: "note" })
  expect(JSON.stringify(await page("order", program))).not.toContain("zebra")
})

test("phrases hold together, what has a dash before it is left out, and conditions narrow", async () => {
  const two = await caseOf("The order of my café", later(3), eli, billing.id, "Refund")
  await finds(
    [one],
    ['"cafe order"', "cafe -refund", "order mailbox:help", "order from:dana", "order before:2026-03-11 -eli"],
  )
  await finds(
    [two],
    ["subject:refund", "order mailbox:billing", "order -mailbox:help", "subject:refund is:unassigned is:open"],
  )
  await finds(
    [],
    ['"order cafe"', "order is:closed", "order after:2026-04", "order before:2026-03-10", "order rating:frown"],
  )
  await finds([one, two], ["order is:open", "order after:2026-03-10 before:2026-04", "order -is:closed"])
})

test("all conditions hold together, though each alone holds for thousands of others", async () => {
  const target = await caseOf("needle and hello", later(-5000), eli, billing.id)
  await crowd("hello", 3000, help.id, dana.id)
  await crowd("needle", 3000, help.id, dana.id)
  while (await makeWordsDue());
  await finds([target], ["hello needle", "hello mailbox:billing", "needle from:eli", "hel nee from:stone"])
  expect(await numbers("hello", { ...viewer(bo), mailboxIds: [billing.id] })).toEqual([target])
}, 60_000)

test("pages of what was found follow one another without a gap or a repeat, subjects before mere mentions", async () => {
  await crowd("hello", 130, help.id, dana.id)
  while (await makeWordsDue());
  const inSubject = await caseOf("Nothing", later(-40_000), eli, help.id, "Hello there")
  const seen: number[] = []
  let cursor: string | null = null
  do {
    const { rows, next } = await page("hello", viewer(ann), cursor)
    seen.push(...rows.map(({ number }) => number))
    cursor = next
  } while (cursor)
  expect([seen[0], seen.length, new Set(seen).size]).toEqual([inSubject, 131, 131])
})

test("a merged case is found as the one it went into, by words of both, and again as itself once taken out", async () => {
  const two = await caseOf("A giraffe", later(3), eli)
  const three = await caseOf("An elephant", later(4), fay)
  await mergeCase(viewer(ann), one, two, later(5))
  await mergeCase(viewer(ann), two, three, later(6))
  await finds([three], ["giraffe", "order elephant", "giraffe from:dana", "2024-00187 elephant giraffe"])
  await finds([two], ["giraffe is:merged"])
  await unmergeCase(viewer(ann), two, later(7))
  await finds([two], ["giraffe", "order giraffe"])
  await finds([], ["giraffe elephant"])
})

test("whoever may not read a part of a merged case finds nothing by it", async () => {
  const secret = await caseOf("A secret giraffe", later(3), eli, billing.id)
  await mergeCase(viewer(ann), secret, one, later(5))
  await finds([one], ["giraffe", "giraffe order"])
  await finds([], ["giraffe", "giraffe order"], viewer(cy))
  await finds([one], ["order"], viewer(cy))
  const other = await caseOf("A hippo", later(6), eli, billing.id)
  const mine = await caseOf("A walrus", later(7), fay)
  await mergeCase(viewer(ann), mine, other, later(8))
  await finds([mine], ["walrus"], viewer(cy))
  await finds([], ["hippo", "walrus hippo"], viewer(cy))
})

test("spam is found by who asks for it", async () => {
  await markSpam(viewer(ann), one, later(5))
  await finds([], ["order"])
  await finds([one], ["order is:spam"])
})

test("a number opens its case, comes first, and is still found in emails", async () => {
  const other = await caseOf(`About your case ${one}`, later(30), eli)
  expect(await numbers(String(one))).toEqual([one, other])
  expect(await caseMeant(viewer(ann), `#${one}`)).toBe(one)
  expect([await caseMeant(viewer(ann), "order"), await caseMeant({ ...viewer(cy), mailboxIds: [] }, `${one}`)]).toEqual(
    [null, null],
  )
})

test("what was found is marked in its row, and what a condition does not know is said", async () => {
  const [row] = (await page("cafe")).rows
  expect(row?.found?.words.filter(({ isFound }) => isFound)).toEqual([{ text: "café", isFound: true }])
  const said = await explainSearch(viewer(ann), "cafe is:nice mailbox:sales agent:zed tag:x", noon)
  expect(said.understood).toEqual(["cafe"])
  expect(said.ignored.map(({ text }) => text)).toEqual(["is:nice", "tag:x", "mailbox:sales", "agent:zed"])
  expect((await explainSearch(program, "note:x", noon)).ignored).toHaveLength(1)
})

test("cases from before are read into the search by the worker, and it is said that this goes on", async () => {
  await crowd("ostrich", 300, help.id, dana.id)
  expect((await explainSearch(viewer(ann), "ostrich", noon)).unread).toBeGreaterThan(200)
  while (await makeWordsDue());
  expect([await wordsDue(1000), (await page("ostrich")).rows.length]).toEqual([0, 50])
})

/** Many cases at once, as an import leaves them. */
async function crowd(word: string, count: number, mailboxId: number, customerId: number) {
  await db.execute(sql`
    with made as (
      insert into cases (mailbox_id, customer_id, subject, opened_at, last_message_at)
      select ${mailboxId}, ${customerId}, 'Matter', at, at
        from generate_series(1, ${count}::int) n, lateral (select ${noon.toISOString()}::timestamptz - n * interval '1 minute' as at) t
      returning number, opened_at)
    insert into messages (case_number, kind, at, "from", new_text)
    select number, 'email', opened_at, '{"name":"","address":"x@crowd.example"}', ${word} || ' crowd' from made`)
}
