import { expect, test } from "vitest"
import { setting } from "#app/models/people/settings.server.ts"
import { action, loader } from "#app/routes/settings.mail.tsx"
import { action as senders } from "#app/routes/settings.senders.tsx"
import { bo, ida } from "#test/fixtures/desk.ts"
import { requestAs, thrown } from "#test/support/signed-in.ts"

const typed = {
  ...{ "mail.acknowledge": "on", "mail.acknowledgeText": "It is {number}.", "mail.reopenDays": "30" },
  ...{ "mail.holdAfter": "20", "mail.floodCases": "0", "mail.trustedHops": "mx.desk.example" },
  ...{ "mail.trustedRelays": "", "mail.trustedForwarders": "", "mail.dnsServers": "" },
}
const press = async (form: Record<string, string>, who: { id: number } = ida) =>
  (await action({ request: await requestAs(who, "/settings/mail", { form }), params: {}, context: {} })) as Response

test("an admin sets how mail is taken, a switch left out is off, and nonsense changes nothing", async () => {
  expect((await press(typed)).status).toBe(200)
  expect([await setting("mail.acknowledge"), await setting("mail.agentForwards")]).toEqual([true, false])
  expect(await setting("mail.reopenDays")).toBe(30)
  const wrong = await press({ ...typed, "mail.reopenDays": "soon", "mail.holdAfter": "5" })
  expect(wrong.status).toBe(422)
  expect(await setting("mail.holdAfter")).toBe(20)
})

test("nobody but an admin sees or changes it", async () => {
  const request = await requestAs(bo, "/settings/mail")
  expect((await thrown(Promise.resolve(loader({ request, params: {}, context: {} })))).status).toBe(403)
  expect((await thrown(press(typed, bo))).status).toBe(403)
})

test("what is no sender cannot be blocked, and says how one is written", async () => {
  const request = await requestAs(ida, "/settings/senders", { form: { sender: "nonsense", rule: "block" } })
  const answer = (await senders({ request, params: {}, context: {} })) as Response
  expect([answer.status, (await answer.json()) as unknown]).toEqual([
    422,
    expect.objectContaining({ sender: "nonsense" }),
  ])
})
