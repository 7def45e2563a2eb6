import { idFrom, idsOf, numberIn, textOf } from "./form.ts"
import type { MailboxLimit } from "./models/people/agent.server.ts"
import { isRole, type Role } from "./models/people/agent.ts"
import { skillsFrom } from "./models/people/skills.ts"

/** A person as the settings' form sends them. A role that is none becomes the smallest; verbs refuse the rest. */
export function personFrom(form: FormData) {
  const given = form.get("role")
  const role: Role = isRole(given) ? given : "agent"
  return {
    name: textOf(form, "name"),
    role,
    loadLimit: numberIn(textOf(form, "limit")),
    mailboxIds: idsOf(form, "mailbox"),
    skills: skillsFrom(textOf(form, "skills")),
    mailboxLimits: limitsFrom(form),
  }
}

/** A field `limit-7` for each mailbox; an empty one is no limit of its own there. */
const limitsFrom = (form: FormData): MailboxLimit[] =>
  [...form.keys()].flatMap((key) => {
    const mailboxId = key.startsWith("limit-") ? idFrom(key.slice(6)) : null
    if (mailboxId === null) return []
    const typed = textOf(form, key).trim()
    return [{ mailboxId, limit: typed === "" ? null : numberIn(typed) }]
  })
