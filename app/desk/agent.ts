import { defineCommand } from "citty"
import { deskNow } from "../clock.server.ts"
import { addAgent } from "../models/people/agent.server.ts"
import { isRole, roles } from "../models/people/agent.ts"
import { allMailboxIds, mailboxOf } from "../models/people/mailbox.server.ts"
import { asJson, every, tell } from "./flags.ts"
import { Refused, unlessRefused } from "./refused.ts"

const add = defineCommand({
  meta: { name: "desk agent add", description: "Add somebody who answers" },
  args: {
    email: { type: "string", required: true, description: "Their address, to sign in with" },
    name: { type: "string", required: true, description: "Their name, as customers see it" },
    role: { type: "string", default: "agent", description: roles.join(", ") },
    limit: { type: "string", default: "20", description: "Cases they take at once, 1 to 100" },
    mailbox: { type: "string", description: "One they answer, may be given more than once; all of them unless given" },
    password: { type: "string", required: true, description: "At least 12 characters" },
    ...asJson,
  },
  async run({ args, rawArgs }) {
    const { email, name, role, password } = args
    if (!isRole(role)) throw new Refused(`${role} is no role: it is one of ${roles.join(", ")}`)
    const mailboxIds = await mailboxesNamed(every(rawArgs, "mailbox"))
    const limits = { loadLimit: Number(args.limit), mailboxLimits: [], skills: [] }
    const person = { email, name, role, password, mailboxIds, ...limits }
    const { id } = unlessRefused(await addAgent(person, deskNow()))
    tell(args, { id, email, name, role, limit: person.loadLimit }, `${name} <${email}> is on the desk as ${role}`)
  },
})

export const agent = defineCommand({
  meta: { name: "desk agent", description: "The people who answer" },
  subCommands: { add },
})

async function mailboxesNamed(addresses: string[]): Promise<number[]> {
  if (addresses.length === 0) return allMailboxIds()
  const found = await Promise.all(addresses.map(async (address) => [address, await mailboxOf(address)] as const))
  const missing = found.find(([, box]) => box === null)
  if (missing) throw new Refused(`There is no mailbox ${missing[0]}`)
  return [...new Set(found.flatMap(([, box]) => box?.id ?? []))]
}
