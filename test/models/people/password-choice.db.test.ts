import { expect, test } from "vitest"
import { changePassword } from "#app/models/people/account.server.ts"
import { addAgent } from "#app/models/people/agent.server.ts"
import { commonPasswords } from "#app/models/people/common-passwords.server.ts"
import { acceptInvitation, invite } from "#app/models/people/invitation.server.ts"
import { bo, noon } from "#test/fixtures/desk.ts"

const first = "That password is too easy to guess"
const own = "A password must be more than your name, your address and the desk's name"
const gil = { email: "gil.haas@harbour-works.example", name: "Gil Haas", role: "agent" } as const
const plain = { loadLimit: 20, mailboxIds: [], skills: [], mailboxLimits: [] }

test("the list has a million passwords, by how often they are used", async () => {
  const isCommon = await commonPasswords()
  expect([isCommon("123456", 1), isCommon("password", 2), isCommon("password", 1)]).toEqual([true, true, false])
  expect(
    ["1q2w3e4r5t6y", "qwertyuiop123", "welcome12345"].map((text) => isCommon(text, Number.POSITIVE_INFINITY)),
  ).toEqual([true, true, true])
  for (const text of ["", "vier Pferde im Regen", "no line of it", "\n", "123456\npassword"])
    expect(isCommon(text, Number.POSITIVE_INFINITY)).toBe(false)
})

test.each([
  ["1q2w3e4r5t6y", first],
  ["Qwertyuiop123", first],
  ["P@ssw0rd-2026", first],
  ["GilHaas-2026!", own],
  ["harbour-works", own],
  ["Bo.Diaz@desk.example", null],
])("somebody new cannot be given %s", async (password, refused) => {
  const made = await addAgent({ ...gil, ...plain, password }, noon)
  expect("refused" in made ? made.refused : null).toBe(refused)
})

test("an invitation and a change of password refuse the same", async () => {
  const token = (await invite(bo.id, noon)) ?? ""
  for (const [password, refused] of [
    ["1q2w3e4r5t6y", first],
    ["Bo.Diaz@desk.example", own],
  ] as const) {
    expect(await acceptInvitation(token, password, noon)).toEqual({ refused })
    expect(await changePassword(bo.id, password, "none")).toEqual({ refused })
  }
})

test("the list is read and looked through in a moment", async () => {
  const started = performance.now()
  const isCommon = await commonPasswords()
  const loaded = performance.now()
  for (let n = 0; n < 20; n++) isCommon(`nothing like it ${n}`, Number.POSITIVE_INFINITY)
  expect([loaded - started < 2000, (performance.now() - loaded) / 20 < 100]).toEqual([true, true])
})
