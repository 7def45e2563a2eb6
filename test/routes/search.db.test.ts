import { expect, test } from "vitest"
import { leaveNote } from "#app/models/cases/note.server.ts"
import { makeToken } from "#app/models/people/api-token.server.ts"
import { loader as byToken } from "#app/routes/api.v1.cases._index.ts"
import { loader as list } from "#app/routes/cases._index.tsx"
import { ann, bo, dana, eli, help, noon } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"
import { viewer } from "#test/support/viewer.ts"

async function typed(q: string, more = "") {
  const request = await requestAs(bo, `/cases?view=all&q=${encodeURIComponent(q)}${more}`)
  return list({ request, params: {}, context: {} } as never)
}

async function asked(q: string) {
  const token = await makeToken("reports", ["read"], noon)
  const headers = { authorization: `Bearer ${token}` }
  const request = new Request(`http://localhost:3000/api/v1/cases?q=${encodeURIComponent(q)}`, { headers })
  return (await byToken({ request, params: {}, context: {} } as never)).json()
}

test("Enter on a case's number goes there, and its page leads to the emails that have it", async () => {
  const number = await caseOf("Nothing")
  const about = await caseOf(`It is about ${number}`, noon, eli)
  const answer = await thrown(typed(`#${number}`, "&open=1"))
  expect(answer.headers.get("location")).toBe(`/cases/${number}?searched=${number}`)
  const page = (await (await typed(String(number))).json()) as { rows: { number: number }[] }
  expect(page.rows.map((row) => row.number)).toEqual([number, about])
  expect((await typed("order 66", "&open=1")).status).toBe(200)
})

test("a search says what it understood and what not, on the screen and by API", async () => {
  await caseOf("An order", noon, dana, help.id)
  const said = {
    understood: ["order", "from:dana"],
    ignored: [expect.objectContaining({ text: "is:nice" })],
    unread: 0,
  }
  expect(await (await typed("order from:dana is:nice")).json()).toMatchObject({ search: said })
  expect(await asked("order from:dana is:nice")).toMatchObject({ ...said, data: [{ subject: "Invoice" }] })
})

test("a program finds nothing by what stands in a note alone", async () => {
  const number = await caseOf("An order")
  await leaveNote(viewer(ann), number, { body: "The zebra again", again: false }, noon)
  expect((await (await typed("zebra")).json()) as object).toMatchObject({ rows: [{ number }] })
  expect(await asked("zebra")).toMatchObject({ data: [] })
  expect(await asked("note:zebra")).toMatchObject({ data: [], ignored: [{ text: "note:zebra" }] })
})
