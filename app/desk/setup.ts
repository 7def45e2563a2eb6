import { defineCommand } from "citty"
import { deskNow } from "../clock.server.ts"
import { setUpDesk } from "../models/people/first-run.server.ts"
import { asJson, every, tell } from "./flags.ts"
import { unlessRefused } from "./refused.ts"

/** The first visit without a browser. */
export const setup = defineCommand({
  meta: { name: "desk setup", description: "Make the first admin and the first mailboxes of a new desk" },
  args: {
    name: { type: "string", required: true, description: "Your name, as customers see it" },
    email: { type: "string", required: true, description: "Your address, to sign in with" },
    password: { type: "string", required: true, description: "At least 12 characters" },
    desk: { type: "string", required: true, description: "The desk's name, as customers see it" },
    mailbox: { type: "string", required: true, description: "An address to answer; may be given more than once" },
    zone: { type: "string", description: "Time zone, such as Europe/Berlin; this machine's unless given" },
    ...asJson,
  },
  async run({ args, rawArgs }) {
    const { name, email, password } = args
    const mailboxes = every(rawArgs, "mailbox")
    const timeZone = args.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
    const desk = { deskName: args.desk, timeZone, mailboxes, name, email, password, wantsDemo: false }
    const { agentId } = unlessRefused(await setUpDesk(desk, deskNow()))
    tell(
      args,
      { agentId, email, mailboxes, timeZone },
      `${args.desk} is set up: ${email} answers ${mailboxes.join(", ")}`,
    )
  },
})
