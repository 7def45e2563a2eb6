import { defineCommand } from "citty"
import { deskNow } from "../clock.server.ts"
import { acceptFiles, acceptSecret } from "../models/people/node-check.server.ts"
import { asJson, tell } from "./flags.ts"

const secret = defineCommand({
  meta: { name: "desk accept secret", description: "Take the secret of this machine as the desk's from now on" },
  args: asJson,
  async run({ args }) {
    await acceptSecret(deskNow())
    const words =
      "The desk's secret is this one now. Passwords of mail servers and signing keys have to be entered again, and links in emails already sent lead nowhere"
    tell(args, { secret: "accepted" }, words)
  },
})

const files = defineCommand({
  meta: { name: "desk accept files", description: "Take the files of this machine as the desk's from now on" },
  args: asJson,
  async run({ args }) {
    await acceptFiles(deskNow())
    tell(
      args,
      { files: "accepted" },
      "The desk's attachments are kept here from now on. Those that are not here are missing",
    )
  },
})

export const accept = defineCommand({
  meta: { name: "desk accept", description: "Say that another secret or file store is the desk's from now on" },
  subCommands: { secret, files },
})
