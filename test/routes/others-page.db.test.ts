import { expect, test } from "vitest"
import { action as draft } from "#app/routes/cases.$number.draft.ts"
import { action as note } from "#app/routes/cases.$number.notes.ts"
import { action as reply } from "#app/routes/cases.$number.replies.ts"
import { action as files } from "#app/routes/cases.new_.files.ts"
import { action as formDraft } from "#app/routes/form-drafts.ts"
import { db } from "#db/connection.server.ts"
import { drafts, messages, notes } from "#db/tables/cases.ts"
import { formDrafts } from "#db/tables/form-drafts.ts"
import { bo, cy } from "#test/fixtures/desk.ts"
import { caseOf } from "#test/support/cases.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

const doors = {
  reply: [reply, { text: "Mine" }],
  note: [note, { body: "Mine" }],
  draft: [draft, { body: "Mine" }],
  files: [files, {}],
  "form draft": [formDraft, { page: "/me", form: "/me", name: "signature", value: "Mine" }],
} as const

const kept = async () =>
  (await Promise.all([db.$count(messages), db.$count(notes), db.$count(drafts), db.$count(formDrafts)])).join()

test.each(Object.keys(doors) as (keyof typeof doors)[])(
  "a %s on a page drawn for somebody else is neither sent nor kept under the name of whoever signed in after them",
  async (door) => {
    const number = await caseOf("Where?")
    const [action, form] = doors[door]
    const send = async (opId: string) => {
      const request = await requestAs(bo, `/cases/${number}/${door}`, { form: { ...form, opId } })
      return action({ request, params: { number: String(number) }, context: {} } as never)
    }
    const before = await kept()
    const refused = await thrown(send(`${cy.id}.0f1e:r1:`))
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining("Bo Diaz is signed in now")])
    expect(await kept()).toBe(before)
    await send(`${bo.id}.0f1e:r1:`)
    if (door !== "files") expect(await kept()).not.toBe(before)
  },
)
