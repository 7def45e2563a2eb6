import { idsOf, textOf } from "./form.ts"
import { isRole, type Role } from "./models/people/agent.ts"

/** A person as the settings' form sends them. A role that is none becomes the smallest; verbs refuse the rest. */
export function personFrom(form: FormData) {
  const given = form.get("role")
  const role: Role = isRole(given) ? given : "agent"
  return {
    name: textOf(form, "name"),
    role,
    loadLimit: Number(textOf(form, "limit")),
    mailboxIds: idsOf(form, "mailbox"),
  }
}
