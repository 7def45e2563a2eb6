import { defineCommand } from "citty"
import { deskNow } from "../clock.server.ts"
import { makeToken, type Scope } from "../models/people/api-token.server.ts"
import { asJson, tell } from "./flags.ts"
import { Refused } from "./refused.ts"

const create = defineCommand({
  meta: { name: "desk token create", description: "Make a token for the API; it is printed once" },
  args: {
    name: { type: "string", required: true, description: "What it is for" },
    scopes: { type: "string", default: "read", description: "read, or read,write" },
    ...asJson,
  },
  async run({ args }) {
    if (args.name.trim() === "") throw new Refused("A token needs a name that says what it is for")
    const scopes = args.scopes.split(",").map((scope) => scopeFrom(scope.trim()))
    const token = await makeToken(args.name, scopes, deskNow())
    tell(args, { name: args.name, scopes, token }, token)
  },
})

export const token = defineCommand({
  meta: { name: "desk token", description: "Tokens for the API" },
  subCommands: { create },
})

function scopeFrom(text: string): Scope {
  if (text === "read" || text === "write") return text
  throw new Refused(`${text || "Nothing"} is no scope: scopes are read and write`)
}
