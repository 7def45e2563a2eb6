import { defineCommand } from "citty"
import { deskNow } from "../clock.server.ts"
import { agentByEmail } from "../models/people/agent.server.ts"
import { makeToken } from "../models/people/api-token.server.ts"
import { expiryFrom } from "../models/people/expiry.ts"
import { mailboxOf } from "../models/people/mailbox.server.ts"
import { isScope, scopes as known, type Scope } from "../models/people/scope.ts"
import { asJson, every, tell } from "./flags.ts"
import { Refused } from "./refused.ts"

const create = defineCommand({
  meta: { name: "desk token create", description: "Make a token for the API; it is printed once" },
  args: {
    name: { type: "string", required: true, description: "What it is for" },
    scopes: { type: "string", default: "read", description: `Some of ${known.join(",")}; admin is all of them` },
    mailbox: { type: "string", description: "One it reaches, may be repeated; all of them when left out" },
    expires: { type: "string", description: "A day, days such as 90d, or never; in a year when left out" },
    owner: { type: "string", description: "Whose it is: it reaches no more than they do, and ends when they leave" },
    ...asJson,
  },
  async run({ args, rawArgs }) {
    const name = args.name.trim()
    if (name === "") throw new Refused("A token needs a name that says what it is for")
    const scopes = [...new Set(args.scopes.split(",").map((scope) => scopeFrom(scope.trim())))]
    const expiresAt = expiryFrom(args.expires ?? "", deskNow())
    if (expiresAt !== null && "refused" in expiresAt) throw new Refused(expiresAt.refused)
    const mailboxes = every(rawArgs, "mailbox")
    const mailboxIds = mailboxes.length > 0 ? await mailboxesNamed(mailboxes) : null
    const ownerId = args.owner ? await ownerNamed(args.owner) : null
    const token = await makeToken(name, scopes, deskNow(), { ownerId, mailboxIds, expiresAt })
    tell(args, { name, scopes, mailboxes: mailboxIds && mailboxes, expiresAt, token }, token)
  },
})

export const token = defineCommand({
  meta: { name: "desk token", description: "Tokens for the API" },
  subCommands: { create },
})

function scopeFrom(text: string): Scope {
  if (isScope(text)) return text
  throw new Refused(`${text || "Nothing"} is no scope: scopes are ${known.join(", ")}`)
}

async function mailboxesNamed(addresses: string[]) {
  const found = await Promise.all(addresses.map(mailboxOf))
  return found.map((box, place) => {
    if (box) return box.id
    throw new Refused(`There is no mailbox ${addresses[place]}`)
  })
}

async function ownerNamed(email: string) {
  const person = await agentByEmail(email)
  if (!person || person.deactivatedAt) throw new Refused(`There is nobody with the address ${email}`)
  return person.id
}
